"""Changing what is in the index: build, add, remove, roll back, each as one new whole version."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from corpus.documents import Document
from corpus.errors import CorpusError, StoreError
from corpus.identity import given, identify, set_by_hand
from corpus.library import shipped
from index.build import Watch, build
from index.contents import documents_of
from index.embedders import Embedder
from index.store import Store


@dataclass(frozen=True, slots=True)
class Change:
    """What a writer did: the version it published and the ids it added or removed.

    `lost` names documents that the damaged version before listed and that no version still holds;
    `repeated` are files left out, each with the document whose text it has.
    """

    version: str
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    repeated: tuple[tuple[str, str], ...] = ()


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
            added = [_read_anew(d) for d in before or () if d.id not in {o.id for o in ours}]
            known = {document.id: document for document in before or ()}
            kept = [_with_facts_of(document, known.get(document.id)) for document in ours]
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
        name is left out. Raises CorpusError when an id belongs to a shipped report.
        """
        ours = shipped()
        taken = {document.id for document in ours}
        for document in documents:
            if document.id in taken:
                raise CorpusError(f"编号“{document.id}”属于随附报告，请改用别的文件名或 id")
        with self._store.writing("index add"):
            before = newest_documents(self._store)
            before = ours if before is None else before
            merged = {document.id: document for document in before}
            fresh, repeated = _new(documents, merged)
            lost = self._lost([*ours, *merged.values()])
            version = self._publish(list(merged.values()))
        return Change(version, added=tuple(fresh), lost=lost, repeated=tuple(repeated))

    def set(self, document_id: str, facts: Mapping[str, object]) -> Change:
        """Set facts of a document by field; raises CorpusError when it is not there."""
        with self._store.writing("index set"):
            before = documents_of(self._store, self._store.current())
            if document_id not in {document.id for document in before}:
                raise CorpusError(f"没有文档“{document_id}”，可用 jinwen index list 查看")
            after = [given(d, facts, _name_of(d)) if d.id == document_id else d for d in before]
            return Change(self._publish(after))

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


def _new(
    documents: Sequence[Document], merged: dict[str, Document]
) -> tuple[list[str], list[tuple[str, str]]]:
    """Merge documents in; return the ids of those taken, and what was there under another name."""
    taken: list[str] = []
    repeated: list[tuple[str, str]] = []
    for document in documents:
        document = replace(document, id=_own_id(document, merged))
        twin = next((d for d in merged.values() if _is_twin(document, d)), None)
        if twin:
            repeated.append((document.origin, twin.id))
        else:
            merged[document.id] = _with_facts_of(document, merged.get(document.id))
            taken.append(document.id)
    return taken, repeated


def _own_id(document: Document, merged: Mapping[str, Document]) -> str:
    """Return the id of the file's document of before, else one that no other file has."""
    for known in merged.values():
        if document.format != "jsonl" and document.source and known.source == document.source:
            return known.id
    other = merged.get(document.id)
    if other is None or not (other.source and document.source):
        return document.id
    return f"{document.id}-{sha256(document.source.encode()).hexdigest()[:8]}"


def _is_twin(document: Document, known: Document) -> bool:
    """Tell whether another file has the very same text; lines of a .jsonl file may."""
    both_files = "jsonl" not in (document.format, known.format)
    return both_files and known.id != document.id and known.text == document.text


def _read_anew(document: Document) -> Document:
    """Return a document with what this program reads of what it is."""
    return identify(document, _name_of(document))


def _name_of(document: Document) -> str:
    """Return the name of a document's file without its ending, "" for a line of one."""
    return "" if document.format == "jsonl" else document.origin.rpartition(".")[0]


def _with_facts_of(document: Document, known: Document | None) -> Document:
    """Return a document with what was set by hand of the one whose place it takes."""
    facts = {field: getattr(known, field) for field in set_by_hand(known)} if known else {}
    kept = {field: value for field, value in facts.items() if field not in set_by_hand(document)}
    return given(document, kept, _name_of(document))


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
