"""Shared fixtures: the prepared models, the bundled embedder, a toy one for faults, the report."""

import os
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
import pytest

from corpus.documents import Document
from corpus.library import shipped
from index.bundled import crossencoder, session
from index.bundled.folder import model_folder
from index.embedders import Embedder, EmbedderChoice, Progress, Prompts, Vectors, bundled
from index.search import Searcher
from rag.assembly import Assembly, Config
from rag.reader import Reader
from tests.clusters import Cluster, clusters
from tests.provinces import REPORTS

CHECKOUT = Path(__file__).parents[1]
PROMPTS = Prompts("问：", "文：")
os.environ.setdefault("HF_HUB_OFFLINE", "1")  # a model that is not here is not looked for


@dataclass(frozen=True)
class Toy:
    """Character bigrams hashed into 64 numbers: texts that share words are near each other."""

    name: str = "toy"
    dimension: int = 64
    prompts: Prompts = PROMPTS

    def embed_query(self, text: str) -> Vectors:
        return self._vector(self.prompts.query + text)

    def embed_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        rows = [self._vector(self.prompts.passage + text) for text in texts]
        if progress:
            progress(len(rows))
        return np.array(rows, np.float32).reshape(len(rows), self.dimension)

    def _vector(self, text: str) -> Vectors:
        places = [crc32((a + b).encode()) % self.dimension for a, b in pairwise(f"^{text}$")]
        counts = np.bincount(places, minlength=self.dimension).astype(np.float32)
        return np.asarray(counts / np.linalg.norm(counts), np.float32)


@pytest.fixture(scope="session")
def models() -> Path:
    folder = Path(os.environ.get("JINWEN_MODELS") or CHECKOUT / "var" / "models")
    model_folder(folder)
    return folder


@pytest.fixture(scope="session", autouse=True)
def _graphs_are_opened_once(models: Path) -> Iterator[None]:
    """Those of the folder that no test changes: each takes a second and a hundred megabytes."""
    kept = cache(session.open_graph)

    def opened(folder: Path, graph: Path) -> Any:
        return kept(folder, graph) if folder == models else session.open_graph(folder, graph)

    with pytest.MonkeyPatch.context() as patch:
        for module in (crossencoder, bundled):
            patch.setattr(module, "open_graph", opened)
        yield


@pytest.fixture(scope="session")
def assembly(models: Path, tmp_path_factory: pytest.TempPathFactory) -> Assembly:
    """A home with the shipped report, indexed for real. Copy its folder before changing it."""
    made = Assembly(Config(tmp_path_factory.mktemp("home"), EmbedderChoice(models=models)))
    made.upkeep().rebuild()
    return made


def home_with(assembly: Assembly, home: Path, documents: Sequence[Document]) -> Assembly:
    """Return a copy of an indexed home, at a path where there is none, with more documents."""
    shutil.copytree(assembly.config.home, home)
    made = Assembly(Config(home, assembly.config.embedder))
    made.upkeep().add(documents)
    return made


@pytest.fixture(scope="session")
def provinces(models: Path, tmp_path_factory: pytest.TempPathFactory) -> Assembly:
    """A home with reports of several places, two of them of one place, indexed for real."""
    made = Assembly(Config(tmp_path_factory.mktemp("provinces"), EmbedderChoice(models=models)))
    made.upkeep().replace(REPORTS)
    return made


@pytest.fixture(scope="session")
def embedder(assembly: Assembly) -> Embedder:
    return assembly.embedder()


@pytest.fixture(scope="session")
def searcher(assembly: Assembly) -> Searcher:
    return assembly.searcher()


@pytest.fixture(scope="session")
def reader(assembly: Assembly) -> Reader:
    return assembly.reader()


@pytest.fixture(scope="session")
def toy() -> Embedder:
    return Toy()


@pytest.fixture(scope="session")
def report() -> Document:
    return shipped()[0]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A PostgreSQL server with pgvector."""
    with clusters() as (made,):
        made.create()
        made.start()
        yield made
