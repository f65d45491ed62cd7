"""What to quote: the clauses an answer rests on, at most what a reader needs."""

from collections.abc import Sequence

from corpus.documents import Span
from corpus.sentences import clauses
from rag.evidence import Evidence
from rag.findings import Quote
from rag.reader.windows import Page
from rag.years import is_report

_MARKS = "，,；;：:、 "
_SENTENCE_CHARS, _PROSE_CHARS, _WHOLE_CHARS, _FOCUS_CHARS = 80, 200, 130, 45


def around(page: Page, number: int, spans: Sequence[Span]) -> Quote:
    """Return a sentence; of a long one the clauses of the spans and some beside them."""
    longest = _SENTENCE_CHARS if is_report(page.document) else _PROSE_CHARS
    sentence = page.span(number)
    if sentence.end - sentence.start <= longest:
        return _quote(page, number, sentence)
    return _quote(page, number, _widened(page, number, spans, longest))


def focus(page: Page, number: int, spans: Sequence[Span]) -> Span:
    """Return the clauses of spans and a few beside them: what to show first of a long quote."""
    return _widened(page, number, spans, _FOCUS_CHARS)


def whole(evidence: Evidence) -> Quote:
    """Return the sentence, or of a long one the clauses around the passage that fits best."""
    if evidence.span.end - evidence.span.start <= _WHOLE_CHARS:
        return _quote(evidence.page, evidence.number, evidence.span)
    spans = _widened(evidence.page, evidence.number, [evidence.best], _WHOLE_CHARS)
    return _quote(evidence.page, evidence.number, spans)


def clause_of(page: Page, number: int, span: Span) -> Span:
    """Return the clause or clauses of a sentence that hold a span, without marks at the ends."""
    held = [c for c in clauses(page.document.text, page.span(number)) if c.overlaps(span)]
    found = Span(held[0].start, held[-1].end) if held else span
    return found.stripped(page.document.text, _MARKS + "。！？")


def _widened(page: Page, number: int, spans: Sequence[Span], most: int) -> Span:
    """Return the clauses that hold the spans, and neighbours up to a number of characters."""
    parts = list(clauses(page.document.text, page.span(number)))
    held = [i for i, part in enumerate(parts) if any(part.overlaps(span) for span in spans)] or [0]
    first, last = held[0], held[-1]
    while first > 0 or last + 1 < len(parts):
        sides = [i for i in (first - 1, last + 1) if 0 <= i < len(parts)]
        side = min(sides, key=lambda i: parts[i].end - parts[i].start)
        low, high = min(first, side), max(last, side)
        if parts[high].end - parts[low].start > most:
            break
        first, last = low, high
    return Span(parts[first].start, parts[last].end)


def _quote(page: Page, number: int, span: Span) -> Quote:
    section = page.sentences[number].section
    return Quote(page.document, section, span.stripped(page.document.text, _MARKS))
