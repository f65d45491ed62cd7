from collections.abc import Iterator

import pytest

from index.search import Searcher
from rag.assistant import Assistant
from rag.drafts import Draft
from rag.generation.writer import Writer
from rag.reader import Reader
from tests.scripted import Served, scripted, writer


@pytest.fixture
def served() -> Iterator[Served]:
    with scripted() as told:
        yield told


@pytest.fixture
def write(served: Served) -> Writer:
    """A writer whose model is the scripted server."""
    return writer(served.address)


@pytest.fixture(scope="session")
def draft(searcher: Searcher, reader: Reader) -> Draft:
    return Assistant(lambda: searcher, reader).draft("今年要改造多少公里燃气管网？")
