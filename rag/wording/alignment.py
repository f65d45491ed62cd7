"""Laying pasted words beside source words: what differs, in words that a person reads."""

import re
from collections.abc import Iterator
from itertools import accumulate

from rapidfuzz.distance import Levenshtein

from rag.wording.characters import is_blank, narrow
from rag.wording.gravity import pieces
from rag.wording.ordering import in_other_order
from rag.wording.widening import Change, joined, slide, widened, word_edges
from rag.wording.wordform import Words

_NEAR = 12  # characters before a digit in which a mark is looked for, blanks skipped
_STOPS = tuple("。.!?")
_SHORTEST = 2  # characters of agreement between two differences; less is chance
_INSIDE = re.compile(r"\d\.?(?=\d)")
_FIRST = re.compile(r"(?<![\d.])\d")


def changes(pasted: Words, source: Words) -> list[Change]:
    """Return what differs in words, in order; nothing when only marks, width or script do."""
    found = list(_differences(pasted, source))
    if not found:
        return []
    if other := in_other_order(pasted, source, found, changes):
        return other
    ours, theirs = word_edges(pasted), word_edges(source)
    slide(found, pasted.stream, source.stream, ours, theirs)
    whole = widened(joined(found, _SHORTEST), ours, theirs, len(pasted.stream))
    return [c for c in joined(whole, 1) if not _reads_the_same(pasted, source, c)]


def conflicts(pasted: Words, source: Words) -> list[tuple[int, int]]:
    """Return where words of equal streams are not the same to a reader after all, start and end.

    Points without a nought (.5 is not 5), figures that only a blank keeps apart in the source, and
    Traditional characters that only Simplified script merges (發, 髮).
    """
    found = []
    for match in _INSIDE.finditer(pasted.stream):
        if _is_apart(source, *match.span()) and not _is_apart(pasted, *match.span()):
            found.append((match.start(), match.end() + 1))
    for match in _FIRST.finditer(pasted.stream):
        if _pointed_otherwise(pasted, source, match.start()):
            found.append(match.span())
    if pasted.traditional and source.traditional:
        written = (narrow("".join(w.text[at] for at in w.at)) for w in (pasted, source))
        found += [(k, k + 1) for k, (p, s) in enumerate(zip(*written, strict=True)) if p != s]
    return sorted(found)


def _differences(pasted: Words, source: Words) -> Iterator[Change]:
    ours, theirs = pieces(pasted.stream), pieces(source.stream)
    p_at, s_at = _starts(ours), _starts(theirs)
    for op in Levenshtein.opcodes(theirs, ours):
        p1, p2 = p_at[op.dest_start], p_at[op.dest_end]
        s1, s2 = s_at[op.src_start], s_at[op.src_end]
        if op.tag != "equal":
            yield Change(p1, p2, s1, s2)
            continue
        for start, end in conflicts(pasted.part(p1, p2), source.part(s1, s2)):
            yield Change(p1 + start, p1 + end, s1 + start, s1 + end)


def _starts(parts: list[str]) -> list[int]:
    return [0, *accumulate(map(len, parts))]


def _is_apart(words: Words, start: int, end: int) -> bool:
    """Tell whether a blank stands between word characters `start` and `end`."""
    return any(any(map(is_blank, words.gap(k))) for k in range(start + 1, end + 1))


def _pointed_otherwise(pasted: Words, source: Words, k: int) -> bool:
    """Tell whether a point makes the figure at `k` another one in only one of the texts.

    Where the other has a full stop, the point is one too.
    """
    (point, stop), (other_point, other_stop) = _before(pasted, k), _before(source, k)
    return (point and not other_stop) or (other_point and not stop)


def _before(words: Words, k: int) -> tuple[bool, bool]:
    """Tell whether a point stands right before word character `k`, and whether any stop does."""
    place = int(words.at[k])
    near = narrow(words.text[max(place - _NEAR, 0) : place])
    return near.endswith("."), near.rstrip()[-1:] in _STOPS


def _reads_the_same(pasted: Words, source: Words, change: Change) -> bool:
    left, right = pasted.raw(change.p1, change.p2), source.raw(change.s1, change.s2)
    return narrow(left).split() == narrow(right).split()
