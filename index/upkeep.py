"""Changing what is in the index: build, add, remove, roll back, each as one new whole version."""

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.documents import Document
from corpus.errors import CorpusError, StoreError
from corpus.library import shipped
from index.build import Watch, build
from index.contents import documents_of
from index.embedders import Embedder
from index.store import Store


@dataclass(frozen=True, slots=True)
class Change:
    """What a writer did: the version it published and the ids it added or removed.

    `lost` names documents that the damaged version before listed and that no version still holds.
    """

    version: str
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()


class Upkeep:
    """The writing side of a home; every call takes the writer's lock and publishes a version."""

    def __init__(self, store: Store, embedder: Embedder, watch: Watch | None = None) -> None:
        self._store, self._embedder, self._watch = store, embedder, watch

    def rebuild(self, *, with_shipped: bool | None = None) -> Change:
        """Build from the shipped corpus and the documents added before.

        A home that was started or left without the shipped report stays so, unless told otherwise.
        """
        ours = shipped()
        with self._store.writing("index build"):
            before = newest_documents(self._store)
            if with_shipped is None:
                with_shipped = before is None or any(o.id == d.id for o in ours for d in before)
            added = [d for d in before or () if d.id not in {o.id for o in ours}]
            documents = [*ours, *added] if with_shipped else added
            lost = self._lost([*ours, *documents])
            return Change(self._publish(documents), tuple(d.id for d in documents), lost=lost)

    def replace(self, documents: Sequence[Document]) -> Change:
        """Build from exactly these documents."""
        with self._store.writing("index build"):
            version = self._publish(list(documents))
        return Change(version, tuple(document.id for document in documents))

    def add(self, documents: Sequence[Document]) -> Change:
        """Add documents to those there are; one with a known id takes the old one's place.

        Raises CorpusError when an id belongs to a shipped report.
        """
        ours = shipped()
        taken = {document.id for document in ours}
        for document in documents:
            if document.id in taken:
                raise CorpusError(f"编号“{document.id}”属于随附报告，请改用别的文件名或 id")
        with self._store.writing("index add"):
            before = newest_documents(self._store)
            before = ours if before is None else before
            merged = {document.id: document for document in [*before, *documents]}
            lost = self._lost([*ours, *merged.values()])
            version = self._publish(list(merged.values()))
        return Change(version, added=tuple(document.id for document in documents), lost=lost)

    def remove(self, document_id: str) -> Change:
        """Remove one document; raises CorpusError when it is not there."""
        with self._store.writing("index remove"):
            before = documents_of(self._store, self._store.current())
            kept = [document for document in before if document.id != document_id]
            if len(kept) == len(before):
                raise CorpusError(f"没有文档“{document_id}”，可用 jinwen index list 查看")
            return Change(self._publish(kept), removed=(document_id,))

    def _lost(self, kept: list[Document]) -> tuple[str, ...]:
        """Return what the version in use lists and is not kept; nothing where it cannot be told."""
        try:
            listed = self._store.listed_documents(self._store.current())
        except StoreError:
            return ()
        return tuple(sorted(listed - {document.id for document in kept}))

    def _publish(self, documents: list[Document]) -> str:
        return build(self._store, documents, self._embedder, self._watch)


def roll_back(store: Store, version: str) -> None:
    """Make an earlier version the one in use, after checking it whole."""
    with store.writing("index rollback"):
        store.read(version)
        store.switch(version)


def newest_documents(store: Store) -> list[Document] | None:
    """Return the documents of the version in use, or of the newest that is whole, or None.

    Added documents live only in versions: when the one in use is damaged, the one before it is
    the best that is left.
    """
    for name in dict.fromkeys([store.pointed(), *reversed(store.names())]):
        try:
            return documents_of(store, name)
        except StoreError:
            continue
    return None
