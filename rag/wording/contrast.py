"""Writing differences out: what was pasted and what stands there, step by step, both verbatim."""

from collections.abc import Iterator, Sequence

from corpus.documents import Span
from rag.wording.checks import Diff
from rag.wording.gravity import is_grave
from rag.wording.widening import Change
from rag.wording.wordform import Words


def contrast(
    pasted: Words, pasted_span: Span, source: Words, source_span: Span, found: Sequence[Change]
) -> tuple[Diff, ...]:
    """Return the steps from the source to the paste; their parts add up to the two spans.

    Marks between words that agree and words that differ go with those that agree.
    """
    steps: list[Diff] = []
    left, right = pasted_span.start, source_span.start
    for change in found:
        ours = _cut(pasted, change.p1, change.p2)
        theirs = _cut(source, change.s1, change.s2)
        steps += _equal(pasted.text[left : ours.start], source.text[right : theirs.start])
        grave = change.grave if change.moved else _is_grave(pasted, source, change)
        steps += _changed(ours.of(pasted.text), theirs.of(source.text), grave, change.moved)
        left, right = ours.end, theirs.end
    steps += _equal(pasted.text[left : pasted_span.end], source.text[right : source_span.end])
    return tuple(steps)


def _cut(words: Words, start: int, end: int) -> Span:
    """Return the span of words, without the marks around them; an empty one has its place."""
    if start < end:
        return Span(words.offset(start), int(words.at[end - 1]) + 1)
    at = words.offset(start) if start < len(words.at) else int(words.at[-1]) + 1
    return Span(at, at)


def _equal(pasted: str, source: str) -> Iterator[Diff]:
    if pasted or source:
        yield Diff("equal", pasted, source)


def _changed(pasted: str, source: str, grave: bool, moved: bool) -> Iterator[Diff]:
    if pasted and source and not moved:
        yield Diff("replace", pasted, source, grave)
        return
    if pasted:
        yield Diff("insert", pasted, "", grave)
    if source:
        yield Diff("delete", "", source, grave)


def _is_grave(pasted: Words, source: Words, change: Change) -> bool:
    ours = pasted.stream[change.p1 : change.p2]
    theirs = source.stream[change.s1 : change.s2]
    if ours == theirs:  # a point or a blank makes it another figure
        return any(map(str.isdigit, ours))
    return is_grave(ours, theirs)
