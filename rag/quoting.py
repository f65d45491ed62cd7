"""What to quote: the clauses an answer rests on, at most what a reader needs."""

from collections.abc import Sequence

from corpus.documents import Span
from rag.evidence import Clause, Evidence
from rag.readers import Quote
from rag.years import is_report

_MARKS = "，,；;：:、 "
_WHOLE_CHARS, _SENTENCE_CHARS, _PROSE_CHARS = 130, 80, 200
_FOCUS_CHARS = 45


def quoted(evidence: Evidence, *spans: Span) -> Quote:
    """Return the clauses of the sentence from the first span to the last as one quote."""
    touched = [evidence.clauses[i].span for i in _touched(evidence, *spans)]
    found = touched or list(spans) or [evidence.span]
    return trimmed(evidence, Span(found[0].start, found[-1].end))


def around(evidence: Evidence, *spans: Span) -> Quote:
    """Return the sentence, of a long one the clauses of the spans and some beside them."""
    if evidence.span.end - evidence.span.start <= _longest(evidence) or not evidence.clauses:
        return trimmed(evidence, evidence.span)
    touched = _touched(evidence, *spans) or [0]
    return trimmed(evidence, _window(evidence.clauses, touched[0], touched[-1], _SENTENCE_CHARS))


def focus(evidence: Evidence, span: Span) -> Span:
    """Return the clauses of a span and a few beside them: what to show first of a long quote."""
    touched = _touched(evidence, span)
    if not touched:
        return span
    return _window(evidence.clauses, touched[0], touched[-1], _FOCUS_CHARS)


def whole(evidence: Evidence) -> Quote:
    """Return the sentence, or of a long one the clauses around the one that fits best."""
    if evidence.span.end - evidence.span.start <= _longest(evidence) or not evidence.clauses:
        return trimmed(evidence, evidence.span)
    best = evidence.clauses.index(evidence.best)
    return trimmed(evidence, _window(evidence.clauses, best, best, _WHOLE_CHARS))


def _touched(evidence: Evidence, *spans: Span) -> list[int]:
    """Return the numbers of the clauses that share a character with a span."""
    return [i for i, c in enumerate(evidence.clauses) if any(c.span.overlaps(s) for s in spans)]


def _longest(evidence: Evidence) -> int:
    """Return how long a sentence may be to be quoted whole: reports string much together."""
    return _SENTENCE_CHARS if is_report(evidence.document) else _PROSE_CHARS


def trimmed(evidence: Evidence, span: Span) -> Quote:
    """Return a span as a quote without the commas at its end."""
    stripped = span.stripped(evidence.document.text, _MARKS)
    return Quote(evidence.document, evidence.section, stripped)


def _window(clauses: Sequence[Clause], first: int, last: int, most: int) -> Span:
    """Return clauses and neighbours up to a number of characters, the better neighbour first."""
    while True:
        sides = [i for i in (first - 1, last + 1) if 0 <= i < len(clauses)]
        if not sides:
            break
        side = max(sides, key=lambda i: (clauses[i].coverage, i))
        span = Span(clauses[min(first, side)].span.start, clauses[max(last, side)].span.end)
        if span.end - span.start > most:
            break
        first, last = min(first, side), max(last, side)
    return Span(clauses[first].span.start, clauses[last].span.end)
