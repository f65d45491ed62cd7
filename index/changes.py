"""What changed from one version of the index to another: documents, their facts, their words."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from rapidfuzz.distance import Indel

from corpus.documents import Document
from index.versions import Versions

FACTS = ("title", "place", "plan_year", "date", "meeting", "issuer", "kind", "note")
_CLOSE_CHARS = 3_000  # of longer paragraphs no characters are compared
_ALIKE = 0.3  # paragraphs less alike than this are another, not the same one changed
_LEAST_SAME = 2  # characters: a single one the same between two changes only disturbs
_MOST_CELLS = 20_000**2  # lines before x lines after: compared in 0.2 s and 50 MB on one core

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
    """Yield the paragraphs that are gone, new or changed, in reading order.

    Of texts too long to be laid side by side only what comes or goes altogether is told, not what
    has moved.
    """
    before, after = _trimmed(_paragraphs(old), _paragraphs(new))
    if len(before) * len(after) > _MOST_CELLS:
        gone, come = Counter(before) - Counter(after), Counter(after) - Counter(before)
        yield from _replaced(list(gone.elements()), list(come.elements()))
        return
    for away, fresh, _ in _stretches(before, after):
        yield from _replaced(away, fresh)


def _trimmed(before: list[str], after: list[str]) -> tuple[list[str], list[str]]:
    """Return both without the lines they begin with and the lines they end with alike."""
    head = _shared(before, after)
    before, after = before[head:], after[head:]
    tail = _shared(before[::-1], after[::-1])
    return before[: len(before) - tail], after[: len(after) - tail]


def _shared(before: Sequence[str], after: Sequence[str]) -> int:
    pairs = enumerate(zip(before, after, strict=False))
    return next((n for n, (a, b) in pairs if a != b), min(len(before), len(after)))


def _stretches(
    was: Sequence[str], now: Sequence[str], least: int = 1
) -> Iterator[tuple[Sequence[str], Sequence[str], Sequence[str]]]:
    """Yield what is gone, what came for it, and what then is the same, to the end of both.

    Of the same are the longest two subsequences, which bit-parallel arithmetic finds: 20,000 lines
    that all repeat take 0.1 s. What is the same for fewer than `least` characters between two
    changes has changed with them.
    """
    a = b = 0
    for block in Indel.opcodes(was, now).as_matching_blocks():
        same = was[block.a : block.a + block.size]
        end = (block.a + block.size, block.b + block.size)
        first, last = not block.a and not block.b, end == (len(was), len(now))
        if not first and not last and sum(map(len, same)) < least:
            continue
        yield was[a : block.a], now[b : block.b], same
        a, b = end


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
    stretches = [*_stretches(was, now, _LEAST_SAME)]
    if 2 * sum(len(same) for *_, same in stretches) < _ALIKE * (len(was) + len(now)):
        return ()
    hows: tuple[How, ...] = ("gone", "new", "same")
    told = (pair for stretch in stretches for pair in zip(hows, stretch, strict=True))
    return tuple((how, "".join(units)) for how, units in told if units)


def _paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]
