"""The one place that picks concrete classes and puts them together."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from corpus.documents import Document
from corpus.errors import StoreError
from index.build import Watch
from index.embedders import Embedder, EmbedderChoice, load_embedder
from index.scope import EVERYTHING, Scope
from index.search import Searcher
from index.store import Store
from index.upkeep import Upkeep
from index.versions import Versions
from rag.assistant import Assistant
from rag.drafts import Writing
from rag.generation.choice import ChatChoice
from rag.hints import Hinting
from rag.reader import Reader
from rag.targets.kept import Kept
from rag.targets.target import Target
from rag.wording.checker import Checker

if TYPE_CHECKING:
    from rag.generation.opening import Opening


@dataclass(frozen=True, slots=True)
class Config:
    """Where things live, which embedding model is used, and which language model, if any.

    `index_url` is the PostgreSQL database of the index, or the Milvus of its vectors; with none it
    lives in the home.
    """

    home: Path
    embedder: EmbedderChoice = field(default_factory=EmbedderChoice)
    chat: ChatChoice | None = None
    index_url: str = ""

    @property
    def database_url(self) -> str:
        """Return the URL of the PostgreSQL database that machines share, "" where there is none."""
        return "" if self.index_url.startswith("milvus") else self.index_url


def versions(config: Config) -> Versions:
    """Return where the versions of the index are kept: in the home, or in a database."""
    if not config.index_url:
        return Store(config.home / "index")
    if config.database_url:
        with driver("postgres"):
            from index.postgres.store import PostgresStore
        return PostgresStore(config.database_url)
    with driver("milvus"):
        from index.milvus import MilvusStore
    return MilvusStore(config.home / "index", config.index_url)


@contextmanager
def driver(extra: str) -> Iterator[None]:
    """Import what an extra brings, which few install; raises StoreError telling how to."""
    try:
        yield
    except ImportError as error:
        raise StoreError(
            f"设了 JINWEN_INDEX_URL 但没有装它的驱动，请运行 pip install 'jinwen[{extra}]'"
        ) from error


class Assembly:
    """Everything a face needs, made when first asked for; safe to share between threads."""

    def __init__(self, config: Config) -> None:
        self.config = config
        self.store = versions(config)
        self._lock = Lock()
        self._embedder: Embedder | None = None
        self._reader: Reader | None = None
        self._searcher: Searcher | None = None
        self._checker: tuple[str, Checker] | None = None  # with the version it reads
        self._listing = Lock()  # its own, for finding targets takes seconds and others go on
        self._documents: tuple[str, list[Document]] | None = None
        self._targets: tuple[str, list[Target]] | None = None
        self._opening: Opening | None = None
        self._ends: list[Callable[[], None]] = []

    def embedder(self) -> Embedder:
        """Return the embedding model, loaded on first use."""
        with self._lock:
            if self._embedder is None:
                self._embedder = load_embedder(self.config.embedder)
            return self._embedder

    def searcher(self) -> Searcher:
        """Return a searcher of the version in use; a newly published one is opened here."""
        name = self.store.current()
        embedder = self.embedder()
        with self._lock:
            if self._searcher is None or self._searcher.contents.version != name:
                self._searcher = Searcher(self.store.open(name), embedder)
            return self._searcher

    def checker(self) -> Checker:
        """Return the wording check of the version in use; it needs no embedding model."""
        name = self.store.current()
        documents = self._documents_of(name)
        with self._lock:
            if self._checker is None or self._checker[0] != name:
                self._checker = name, Checker(documents)
            return self._checker[1]

    def targets(self, scope: Scope = EVERYTHING) -> list[Target]:
        """Return the targets of the version in use that count; they need no embedding model."""
        name = self.store.current()
        documents = self._documents_of(name)
        with self._listing:
            if self._targets is None or self._targets[0] != name:
                kept = Kept(self.config.home / "targets")
                self._targets = name, kept.targets(documents)
            found = self._targets[1]
        if not scope:
            return found
        ids = {document.id for document in scope.of(documents)}
        return [target for target in found if target.document_id in ids]

    def documents(self) -> list[Document]:
        """Return the documents of the version in use; they need no embedding model."""
        return self._documents_of(self.store.current())

    def _documents_of(self, name: str) -> list[Document]:
        with self._lock:
            if self._searcher is not None and self._searcher.contents.version == name:
                return list(self._searcher.contents.documents.values())
            if self._documents is None or self._documents[0] != name:
                self._documents = name, self.store.documents(name)
            return self._documents[1]

    def assistant(self, generate: bool = True, hint: bool = True) -> Assistant:
        """Return the assistant; with a language model if one is set and may be used."""
        return self.assistant_of(self.searcher, generate, hint)

    def assistant_of(
        self, searcher: Callable[[], Searcher], generate: bool = True, hint: bool = True
    ) -> Assistant:
        """Return the assistant of a searcher of one's own, say one held for a whole question."""
        if not generate:
            return Assistant(searcher, self.reader())
        hints = self.hinter() if hint else None
        return Assistant(searcher, self.reader(), writer=self.writer(), hints=hints)

    def reader(self) -> Reader:
        """Return the reader, loaded on first use; search and wording check do without."""
        with self._lock:
            if self._reader is None:
                from rag.reader.trained import TrainedReader  # ONNX Runtime

                self._reader = TrainedReader(self.config.embedder.models)
            return self._reader

    def writer(self) -> Writing | None:
        """Return who words answers, None where no language model is set; nothing is loaded yet."""
        opening = self._model()
        return opening.writer if opening else None

    def hinter(self) -> Hinting | None:
        """Return who gives hints on where to look, None unless a language model is to."""
        opening = self._model()
        return opening.hinter if opening else None

    def start_model(self, wait_seconds: float = 0.0) -> None:
        """Make the language model ready, if one is set; raises ModelError telling why it is not.

        One that is served here is waited for.
        """
        if opening := self._model():
            opening.start(wait_seconds)

    def model_faults(self) -> int:
        """Return how many calls of the language model have failed since the start."""
        return self._opening.faults if self._opening else 0

    def before_close(self, end: Callable[[], None]) -> None:
        """Have something ended with this."""
        self._ends.append(end)

    def close(self) -> None:
        """Stop what was started, and keep nobody waiting for a language model."""
        while self._ends:
            self._ends.pop()()
        if self._opening:
            self._opening.close()

    def _model(self) -> Opening | None:
        if self.config.chat is None:
            return None
        with self._lock:
            if self._opening is None:
                from rag.generation.opening import Opening  # LangChain: a second that few need

                self._opening = Opening(self.config.chat, self.config.embedder.threads)
            return self._opening

    def upkeep(self, watch: Watch | None = None) -> Upkeep:
        """Return the writing side; `watch(done, total)` is told of embedding progress."""
        return Upkeep(self.store, self.embedder(), watch)
