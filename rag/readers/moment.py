"""Moments: the date that is said of what is asked; the stage it is a date of has to fit."""

import re
from collections.abc import Sequence

from corpus.documents import Span
from corpus.quantities import quantities
from index.folding import fold
from rag.evidence import Clause, Evidence
from rag.language.stages import clash
from rag.questions import Question
from rag.quoting import around, focus
from rag.readers import Finding

_EVIDENCE = 3
_DATELINE = re.compile(r"[^，,。]{0,2}(?:电|讯|报道|消息)")  # when the news was sent
_SPOKEN = 0.5  # of the question's words in the best sentence: the same thing
_PERIOD = re.compile(
    r"(?:今年|年)?[上下]半年|年内|年底前?|[一二三四]季度|\d{1,2}月(?:底|初|中旬)?前?"
)


def read(question: Question, evidence: Sequence[Evidence]) -> Finding | None:
    """Return the date of the best clause, the clause alone where it only says that it will be."""
    given = question.plain
    dated = [
        (_fit(found, clause, fold(span.of(found.document.text))), found, clause, span)
        for found in evidence[:_EVIDENCE]
        for clause in found.clauses
        for span in moments(found, clause)
        if fold(span.of(found.document.text)) not in given
    ]
    if dated:
        _, found, clause, span = max(dated, key=lambda d: d[0])
        fits = found.coverage >= _SPOKEN * evidence[0].coverage
        if fits and not clash(question.plain, clause.folded):
            text = span.of(found.document.text)
            quote, shown = around(found, clause.span), focus(found, clause.span)
            return Finding(text, (quote,), found, clause.coverage, focus=shown)
    return None


def _fit(found: Evidence, clause: Clause, date: str) -> float:
    """Return how well a date fits: as its clause does, better with a month or day in it."""
    precise = 0.5 * ("月" in date or "半年" in date or "年内" in date)
    return 12 * clause.cosine + 3 * clause.coverage + found.score + precise


def moments(found: Evidence, clause: Clause) -> list[Span]:
    """Return the dates of a clause with what narrows them (前, 底), in the document's offsets."""
    text, start = clause.span.of(found.document.text), clause.span.start
    dates = [
        q.qualified for q in quantities(text)
        if q.kind == "date" and not _DATELINE.match(text, q.end)
    ]  # fmt: skip
    periods = [Span(m.start(), m.end()) for m in _PERIOD.finditer(text)]
    apart = [p for p in periods if not any(p.overlaps(d) for d in dates)]
    return [Span(start + s.start, start + s.end) for s in (*dates, *apart)]
