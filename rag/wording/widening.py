"""Differences that a person can read: put where words begin and widened to whole words."""

import re
from collections.abc import Set
from itertools import accumulate
from typing import NamedTuple

import rjieba

from rag.wording.gravity import FIGURE
from rag.wording.wordform import Words

_WIDEST = 12  # characters a difference grows on either side to reach the edge of a word
_UNUSABLE = re.compile(r"[\x00-\x1f\ud800-\udfff]")


class Change(NamedTuple):
    """Pasted words `p1` to `p2` stand for source words `s1` to `s2`; either may be empty.

    `moved`: the others stand elsewhere in the text. `altered`: and not in quite the same words,
    `grave` in their figures, verbs and the like.
    """

    p1: int
    p2: int
    s1: int
    s2: int
    moved: bool = False
    altered: bool = False
    grave: bool = False

    def later(self, pasted: int, source: int) -> "Change":
        """Return the change for words that begin so much later in the two texts."""
        p1, p2, s1, s2 = self[:4]
        return self._replace(p1=p1 + pasted, p2=p2 + pasted, s1=s1 + source, s2=s2 + source)


class Edges(NamedTuple):
    """Before which characters of a stream a word begins, and before which a mark stands."""

    words: Set[int]
    marks: Set[int]


def word_edges(words: Words) -> Edges:
    """Return where words and marks begin in a stream; figures with their units are one word."""
    marks = words.seams()
    spaced = "".join(f" {c}" if k in marks else c for k, c in enumerate(words.stream))
    cuts: list[str] = []
    for k, piece in enumerate(re.split(f"({FIGURE.pattern})", _UNUSABLE.sub("□", spaced))):
        cuts += [piece] if k % 2 else rjieba.cut(piece)
    lengths = (len(cut.replace(" ", "")) for cut in cuts)
    return Edges({0, *accumulate(lengths)}, marks | {0, len(words.stream)})


def slide(found: list[Change], pasted: str, source: str, ours: Edges, theirs: Edges) -> None:
    """Move each pure insertion and deletion, in place, to where it begins and ends with words.

    管网150公里、供 was dropped from 供热管网150公里、供水 as much as 供热管网150公里、 was.
    """
    for k, change in enumerate(found):
        p1, p2, s1, s2 = change[:4]
        back = p1 - (found[k - 1].p2 if k else 0)
        on = (found[k + 1].p1 if k + 1 < len(found) else len(pasted)) - p2
        if s1 == s2:
            by = _best_shift(pasted, p1, p2, (back, on), ours, s1, theirs)
        elif p1 == p2:
            by = _best_shift(source, s1, s2, (back, on), theirs, p1, ours)
        else:
            continue
        found[k] = Change(p1 + by, p2 + by, s1 + by, s2 + by)


def joined(found: list[Change], least: int) -> list[Change]:
    """Return the changes, those with fewer than `least` characters between them made one."""
    together: list[Change] = []
    for change in found:
        if together and change.p1 - together[-1].p2 < least:
            last = together.pop()
            change = Change(last.p1, change.p2, last.s1, change.s2)
        together.append(change)
    return together


def widened(found: list[Change], ours: Edges, theirs: Edges, length: int) -> list[Change]:
    """Return the changes grown over agreeing characters until they begin and end with words."""
    ends = [0, *(change.p2 for change in found)]
    starts = [*(change.p1 for change in found), length]
    grown = []
    for k, (p1, p2, s1, s2) in enumerate(change[:4] for change in found):
        before = _growth(p1, s1, -1, p1 - ends[k], ours, theirs)
        after = _growth(p2, s2, 1, starts[k + 1] - p2, ours, theirs)
        grown.append(Change(p1 - before, p2 + after, s1 - before, s2 + after))
    return grown


def _best_shift(
    stream: str,
    start: int,
    end: int,
    room: tuple[int, int],
    inside: Edges,
    point: int,
    other: Edges,
) -> int:
    """Return by how much to move a piece that only one text has, `point` its place in the other."""

    def fit(by: int) -> tuple[int, int]:
        cuts = start + by, end + by
        words = sum(cut in inside.words for cut in cuts) + (point + by in other.words)
        return words + sum(cut in inside.marks for cut in cuts), -abs(by)

    return max(_shifts(stream, start, end, *room), key=fit)


def _shifts(stream: str, start: int, end: int, back: int, on: int) -> list[int]:
    """Return by how much the piece `start` to `end` may move and leave the same rest."""
    shifts = [0]
    while -shifts[-1] < back and stream[start - 1 + shifts[-1]] == stream[end - 1 + shifts[-1]]:
        shifts.append(shifts[-1] - 1)
    forward = 0
    while forward < on and stream[start + forward] == stream[end + forward]:
        forward += 1
        shifts.append(forward)
    return shifts


def _growth(p: int, s: int, way: int, room: int, ours: Edges, theirs: Edges) -> int:
    """Return how many characters away, in one direction, a word begins in both texts.

    Without one before the next difference, that is as far as to it, and the two become one.
    """
    for far in range(min(room, _WIDEST) + 1):
        if p + way * far in ours.words and s + way * far in theirs.words:
            return far
    return room if room < _WIDEST else 0
