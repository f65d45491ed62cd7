"""Documents put among those there are: new, in the place of one, as it was, or there already."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Literal

from corpus.documents import Document
from corpus.identity import given, set_by_hand

What = Literal["new", "replaced", "unchanged", "repeated"]


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of a document that is added; `id` is that of the twin of a repeated one."""

    what: What
    id: str
    origin: str


@dataclass(frozen=True, slots=True)
class Merged:
    """All documents in order, and a fate for each that was added, in the order given."""

    documents: list[Document]
    fates: tuple[Fate, ...]

    @property
    def taken(self) -> tuple[str, ...]:
        """Return the ids of the documents that are new or in the place of one."""
        return self._ids("new", "replaced")

    @property
    def unchanged(self) -> tuple[str, ...]:
        """Return the ids of those that are as they were."""
        return self._ids("unchanged")

    @property
    def repeated(self) -> tuple[tuple[str, str], ...]:
        """Return the files left out, each with the document whose text it has."""
        return tuple((fate.origin, fate.id) for fate in self.fates if fate.what == "repeated")

    def _ids(self, *whats: What) -> tuple[str, ...]:
        return tuple(dict.fromkeys(fate.id for fate in self.fates if fate.what in whats))


def merge(documents: Sequence[Document], before: Sequence[Document]) -> Merged:
    """Return `before` with `documents` put in; what was set by hand of them is kept.

    A file that was added before takes its old place; another file of the same name gets an id of
    its own; one whose text is there under another name is left out.
    """
    merged = {document.id: document for document in before}
    fates = tuple(_put(document, merged) for document in documents)
    return Merged(list(merged.values()), fates)


def _put(document: Document, merged: dict[str, Document]) -> Fate:
    document = replace(document, id=_own_id(document, merged))
    twin = next((d for d in merged.values() if _is_twin(document, d)), None)
    if twin:
        return Fate("repeated", twin.id, document.origin)
    known = merged.get(document.id)
    merged[document.id] = document = with_facts_of(document, known)
    what: What = "new" if known is None else "unchanged" if known == document else "replaced"
    return Fate(what, document.id, document.origin)


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


def name_of(document: Document) -> str:
    """Return the name of a document's file without its ending, "" for a line of one."""
    return "" if document.format == "jsonl" else document.origin.rpartition(".")[0]


def with_facts_of(document: Document, known: Document | None) -> Document:
    """Return a document with what was set by hand of the one whose place it takes."""
    facts = {field: getattr(known, field) for field in set_by_hand(known)} if known else {}
    kept = {field: value for field, value in facts.items() if field not in set_by_hand(document)}
    return given(document, kept, name_of(document))
