"""A second world: the report of a city that we made up, with two years and full-width marks."""

import pytest

from eval.askers import searcher_of
from eval.sets import open_set
from index.embedders import Embedder
from index.search import Searcher


@pytest.fixture(scope="session")
def binlan(embedder: Embedder, tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    (world,) = open_set("binlan").worlds
    return searcher_of(world.documents, embedder, tmp_path_factory.mktemp("binlan"))
