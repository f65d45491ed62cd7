"""Choosing: which of the proposed spans answer, by the reader's marks.

A span scores the sum of its marks' log-odds of being inside an answer; the answer is the set of
spans that do not overlap with the highest total (weighted interval scheduling). So lists come
whole, and what the marks break is joined where an exact span holds it.
"""

import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.documents import Span
from rag.reader import Mark

_MOST = 3.0  # log-odds of one mark; no single one decides
_EACH = 1.0  # what every further span costs: a whole is better than its parts
_RAGGED = 2.0  # what a span costs that only the marks propose
_INSIDE = 0.5


@dataclass(frozen=True, slots=True)
class Chosen:
    """A span of the document that answers, or helps to, and its score."""

    span: Span
    score: float


def choose(marks: Sequence[Mark], proposed: Sequence[Span]) -> list[Chosen]:
    """Return the spans that answer together, in text order; the best one where none is likely.

    `proposed` are spans of the document, as the marks' are; the marks' own are offered too.
    """
    offered = scored(marks, proposed)
    offered += [replace(c, score=c.score - _RAGGED) for c in scored(marks, runs(marks))]
    offered.sort(key=lambda c: c.span.end)
    best = _schedule([c for c in offered if c.score > 0])
    return best or ([max(offered, key=lambda c: c.score)] if offered else [])


def scored(marks: Sequence[Mark], proposed: Sequence[Span]) -> list[Chosen]:
    """Return the spans that begin where a mark does, each with its score."""
    found = [Chosen(span, _score(marks, span) - _EACH) for span in proposed]
    return [c for c in found if c.score > -math.inf]


def runs(marks: Sequence[Mark]) -> list[Span]:
    """Return what the marks alone take for answers: likely marks in a row."""
    found: list[Span] = []
    last: Mark | None = None
    for mark in marks:
        if mark.inside >= _INSIDE:
            goes_on = last is not None and mark.begins < _INSIDE
            start = found.pop().start if goes_on else mark.span.start
            found.append(Span(start, mark.span.end))
        last = mark if mark.inside >= _INSIDE else None
    return found


def _score(marks: Sequence[Mark], span: Span) -> float:
    """Return the sum of the log-odds of the marks inside a span; none for a span without marks."""
    held = [m for m in marks if m.span.start < span.end and span.start < m.span.end]
    if not held or held[0].span.start < span.start - 1:
        return -math.inf
    return sum(max(-_MOST, min(_MOST, _odds(mark.inside))) for mark in held)


def _odds(p: float) -> float:
    p = min(max(p, 1e-6), 1 - 1e-6)
    return math.log(p / (1 - p))


def _schedule(offered: Sequence[Chosen]) -> list[Chosen]:
    """Return the spans without overlap that score highest together; `offered` by their end."""
    ends = [chosen.span.end for chosen in offered]
    best: list[tuple[float, list[Chosen]]] = [(0.0, [])]
    for i, chosen in enumerate(offered):
        before = best[bisect_right(ends, chosen.span.start, 0, i)]
        taken = (before[0] + chosen.score, [*before[1], chosen])
        best.append(max(best[i], taken, key=lambda pair: pair[0]))
    return best[-1][1]
