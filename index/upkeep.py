"""Changing what is in the index: build, add, remove, roll back, each as one new whole version."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from corpus.documents import Document
from corpus.errors import CorpusError, NewerError, StoreError, UnreadableError
from corpus.identity import given, identify
from corpus.library import shipped
from index.build import Watch, build
from index.embedders import Embedder
from index.manifest import MAKE
from index.merging import Fate, merge, name_of, with_facts_of
from index.versions import Versions


@dataclass(frozen=True, slots=True)
class Change:
    """What a writer did: the version it published and the ids it added or removed.

    `lost` names documents that the damaged version before listed and that no version still holds;
    `repeated` are files left out, each with the document whose text it has; `unchanged` documents
    that were given again as they are; `fates` what became of each that was given, in order.
    When nothing changes no version is published.
    """

    version: str
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    repeated: tuple[tuple[str, str], ...] = ()
    unchanged: tuple[str, ...] = ()
    fates: tuple[Fate, ...] = field(default=(), compare=False)


class Upkeep:
    """The writing side of a home; every call takes the writer's lock and publishes a version."""

    def __init__(self, store: Versions, embedder: Embedder, watch: Watch | None = None) -> None:
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
            added = [_read_anew(d) for d in before or () if d.id not in {o.id for o in ours}]
            known = {document.id: document for document in before or ()}
            kept = [with_facts_of(document, known.get(document.id)) for document in ours]
            documents = [*kept, *added] if with_shipped else added
            lost = self._lost([*ours, *documents])
            return Change(self._publish(documents), tuple(d.id for d in documents), lost=lost)

    def replace(self, documents: Sequence[Document]) -> Change:
        """Build from exactly these documents."""
        with self._store.writing("index build"):
            version = self._publish(list(documents))
        return Change(version, tuple(document.id for document in documents))

    def add(self, documents: Sequence[Document]) -> Change:
        """Add documents to those there are; a file that was added before takes its old place.

        Another file of the same name gets an id of its own; one whose text is there under another
        name is left out. Where all is as it was, no version is published. Raises CorpusError when
        an id belongs to a shipped report.
        """
        ours = shipped()
        taken = {document.id for document in ours}
        for document in documents:
            if document.id in taken:
                raise CorpusError(f"编号“{document.id}”属于随附报告，请改用别的文件名或 id")
        with self._store.writing("index add"):
            before = newest_documents(self._store)
            merged = merge(documents, ours if before is None else before)
            lost = self._lost([*ours, *merged.documents])
            version = self._same(merged.documents) or self._publish(merged.documents)
        return Change(
            version, merged.taken, (), lost, merged.repeated, merged.unchanged, merged.fates
        )

    def set(self, document_id: str, facts: Mapping[str, object]) -> Change:
        """Set facts of a document by field; raises CorpusError when it is not there."""
        with self._store.writing("index set"):
            before = self._store.documents(self._store.current())
            if document_id not in {document.id for document in before}:
                raise CorpusError(f"没有文档“{document_id}”，可用 jinwen index list 查看")
            after = [given(d, facts, name_of(d)) if d.id == document_id else d for d in before]
            return Change(self._publish(after))

    def remove(self, document_id: str) -> Change:
        """Remove one document; raises CorpusError when it is not there."""
        with self._store.writing("index remove"):
            before = self._store.documents(self._store.current())
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

    def _same(self, documents: list[Document]) -> str:
        """Return the version in use if it is whole, of this model and holds just these, else ''."""
        try:
            version = self._store.current()
            manifest = self._store.check(version)
            same = self._store.documents(version) == documents
        except StoreError:
            return ""
        return version if same and manifest.has_vectors_of(self._embedder) else ""

    def _publish(self, documents: list[Document]) -> str:
        return build(self._store, documents, self._embedder, self._watch)


def _read_anew(document: Document) -> Document:
    """Return a document with what this program reads of what it is."""
    return identify(document, name_of(document))


def roll_back(store: Versions, version: str) -> None:
    """Make an earlier version the one in use, after checking it whole.

    Raises StoreError also for one that another program made, which could not be searched.
    """
    with store.writing("index rollback"):
        if (made := store.make(version)) != MAKE:
            raise StoreError(
                f"版本“{version}”是另一版程序建的（格式 {made[0]}，切分 {made[1]}），不能回到它；"
                "要回到旧程序，请恢复升级前的备份"
            )
        store.check(version)
        store.switch(version)


def newest_documents(store: Versions) -> list[Document] | None:
    """Return the documents of the version in use, or of the newest that is whole, or None.

    Added documents live only in versions: when the one in use is damaged, the one before it is
    the best that is left. One that the disk does not give is not passed over, for what was added
    since would be lost: raises UnreadableError. Raises NewerError when a newer program made the
    one in use.
    """
    current = store.pointed()
    for name in dict.fromkeys([current, *reversed(store.names())]):
        try:
            return store.documents(name)
        except UnreadableError:
            raise
        except NewerError:
            if name == current:
                raise
        except StoreError:
            continue
    return None


def is_outdated(store: Versions) -> bool:
    """Tell whether an earlier program made the version in use, and its documents are whole.

    They can be built anew without anybody's help; what is damaged is for its owner to see.
    """
    try:
        version = store.current()
        if store.make(version) == MAKE:
            return False
        store.documents(version)
    except StoreError:
        return False
    return True
