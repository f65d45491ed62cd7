"""The one place that picks concrete classes and puts them together."""

from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

from index.build import Watch
from index.contents import documents_of, unpack
from index.embedders import Embedder, EmbedderChoice, load_embedder
from index.search import Searcher
from index.store import Store
from index.upkeep import Upkeep
from rag.assistant import Assistant
from rag.targets.finder import targets
from rag.targets.target import Target
from rag.wording.checker import Checker


@dataclass(frozen=True, slots=True)
class Config:
    """Where things live and which embedding model is used."""

    home: Path
    embedder: EmbedderChoice = field(default_factory=EmbedderChoice)


class Assembly:
    """Everything a face needs, made when first asked for; safe to share between threads."""

    def __init__(self, config: Config) -> None:
        self.config = config
        self.store = Store(config.home / "index")
        self._lock = Lock()
        self._embedder: Embedder | None = None
        self._searcher: Searcher | None = None
        self._checker: tuple[str, Checker] | None = None  # with the version it reads
        self._targets: tuple[str, list[Target]] | None = None

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
                self._searcher = Searcher(unpack(self.store.read(name)), embedder)
            return self._searcher

    def checker(self) -> Checker:
        """Return the wording check of the version in use; it needs no embedding model."""
        name = self.store.current()
        with self._lock:
            if self._checker is None or self._checker[0] != name:
                self._checker = name, Checker(documents_of(self.store, name))
            return self._checker[1]

    def targets(self) -> list[Target]:
        """Return the targets of the version in use; they need no embedding model."""
        name = self.store.current()
        with self._lock:
            if self._targets is None or self._targets[0] != name:
                self._targets = name, targets(documents_of(self.store, name))
            return self._targets[1]

    def assistant(self) -> Assistant:
        """Return the assistant."""
        return Assistant(self.searcher)

    def upkeep(self, watch: Watch | None = None) -> Upkeep:
        """Return the writing side; `watch(done, total)` is told of embedding progress."""
        return Upkeep(self.store, self.embedder(), watch)
