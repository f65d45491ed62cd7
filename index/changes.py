"""What changed from one version of the index to another: documents, their facts, their words."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from corpus.documents import Document
from index.versions import Versions

FACTS = ("title", "place", "plan_year", "date", "meeting", "issuer", "kind", "note")
_CLOSE_CHARS = 3_000  # of longer paragraphs no characters are compared
_ALIKE = 0.3  # paragraphs less alike than this are another, not the same one changed

_UNITS = re.compile(r"\d+(?:\.\d+)?|.")
How = Literal["same", "gone", "new"]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph that changed, in pieces: what is the same, gone and new, in reading order."""

    pieces: tuple[tuple[How, str], ...]


@dataclass(frozen=True, slots=True)
class Changed:
    """A document that is in both versions and is not as it was.

    `facts` are (field, before, after); `paragraphs` those of its text that changed.
    """

    document: Document
    facts: tuple[tuple[str, str, str], ...]
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed; passages are counted by their document and words."""

    added: tuple[Document, ...]
    removed: tuple[Document, ...]
    changed: tuple[Changed, ...]
    passages_added: int
    passages_removed: int

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed)


def changes(store: Versions, before: str, after: str) -> Changes:
    """Return what changed between two versions; raises StoreError when one cannot be read."""
    old = {document.id: document for document in store.documents(before)}
    new = {document.id: document for document in store.documents(after)}
    had, has = _passages(store, before, old), _passages(store, after, new)
    both = [(old[id_], new[id_]) for id_ in new if id_ in old]
    return Changes(
        tuple(new[id_] for id_ in new if id_ not in old),
        tuple(old[id_] for id_ in old if id_ not in new),
        tuple(made for pair in both if (made := _changed(*pair))),
        (has - had).total(), (had - has).total(),
    )  # fmt: skip


def _passages(store: Versions, version: str, documents: Mapping[str, Document]) -> Counter[str]:
    """Return the passages of a version, by document and words."""
    return Counter(
        f"{passage.document_id} {passage.text(documents[passage.document_id])}"
        for passage in store.passages(version)
    )


def _changed(old: Document, new: Document) -> Changed | None:
    facts = tuple(
        (name, str(getattr(old, name) or ""), str(getattr(new, name) or ""))
        for name in FACTS
        if getattr(old, name) != getattr(new, name)
    )
    paragraphs = () if old.text == new.text else tuple(paragraphs_changed(old.text, new.text))
    return Changed(new, facts, paragraphs) if facts or old.text != new.text else None


def paragraphs_changed(old: str, new: str) -> Iterator[Paragraph]:
    """Yield the paragraphs that are gone, new or changed, in reading order."""
    before, after = _paragraphs(old), _paragraphs(new)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for operation, a, b, c, d in matcher.get_opcodes():
        if operation != "equal":
            yield from _replaced(before[a:b], after[c:d])


def _replaced(gone: Sequence[str], come: Sequence[str]) -> Iterator[Paragraph]:
    """Yield paragraphs in the place of others: each beside the one it was, where it is like it."""
    for old, new in zip(gone, come, strict=False):
        pieces = _pieces(old, new)
        if pieces:
            yield Paragraph(pieces)
        else:
            yield from (Paragraph((("gone", old),)), Paragraph((("new", new),)))
    yield from (Paragraph((("gone", old),)) for old in gone[len(come) :])
    yield from (Paragraph((("new", new),)) for new in come[len(gone) :])


def _pieces(old: str, new: str) -> tuple[tuple[How, str], ...]:
    """Return a paragraph that became another, piece by piece; none where they are not alike.

    A number stands or falls whole, all else by its characters.
    """
    if max(len(old), len(new)) > _CLOSE_CHARS:
        return ()
    was, now = _UNITS.findall(old), _UNITS.findall(new)
    matcher = SequenceMatcher(None, was, now, autojunk=False)
    if matcher.ratio() < _ALIKE:
        return ()
    pieces: list[tuple[How, str]] = []
    for operation, a, b, c, d in matcher.get_opcodes():
        told = (("same", was[a:b]),) if operation == "equal" else (
            ("gone", was[a:b]), ("new", now[c:d]),
        )  # fmt: skip
        pieces += [(how, "".join(units)) for how, units in told if units]  # type: ignore[misc]
    return tuple(pieces)


def _paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]
