"""Passages: what the report says of a topic, in its own words."""

import re
from collections.abc import Sequence

from index.folding import fold
from rag.evidence import Evidence
from rag.language.matching import Wanted
from rag.questions import Question
from rag.quoting import focus, quoted, whole
from rag.readers import Finding, Quote
from rag.years import is_report

_MOST = 3
_NEAR = 0.92  # of the best score
_SAME = 2.0  # in scores; CMRC trial: the answer is quoted for 81 % instead of 80 %
_HEADED = 0.6  # of the question's words in a heading: all that stands under it is meant
_SHORT_CHARS = 40
_STAGE = re.compile(
    r"进度|进展|什么(?:安排|态度|程度)|怎么安排|还是|(?:怎么(?:弄|搞|推|办|样)|怎样)(?:呢|了)?[,，?？]?$"
)


def read(question: Question, wanted: Wanted, evidence: Sequence[Evidence]) -> Finding | None:
    """Return the sentences that speak of the topic, those under its heading when it has one."""
    if not evidence:
        return None
    best = evidence[0]
    if question.slot.kind == "topic" or _STAGE.search(question.plain):
        quote = quoted(best, best.best.span)
        text = quote.span.of(best.document.text)
        short = text if len(text) <= _SHORT_CHARS else None
        return Finding(short, (quote,), best, best.best.coverage)
    if best.section and wanted.coverage(fold(best.section[-1])) >= _HEADED:
        chosen = [e for e in evidence if e.section == best.section][:_MOST]
    else:
        chosen = [best, *_adding(wanted, best, evidence[1:_MOST])]
    prose = not is_report(best.document)
    quotes: list[Quote] = [whole(e) for e in sorted(chosen, key=lambda e: e.span.start)]
    shown = focus(best, best.best.span) if prose else None
    return Finding(None, tuple(quotes), best, best.coverage, focus=shown)


def _adding(wanted: Wanted, best: Evidence, others: Sequence[Evidence]) -> list[Evidence]:
    """Return further sentences that score near the best and hold words it lacks.

    In other prose than reports the next sentence is taken when it scores nearly the same: what is
    asked is often told in two.
    """
    if not is_report(best.document):
        return [
            e for e in others[:1]
            if e.document.id == best.document.id and best.score - e.score < _SAME
        ]  # fmt: skip
    lacking = wanted.missing(best.folded)
    return [
        e for e in others
        if e.score >= _NEAR * best.score and lacking - wanted.missing(e.folded)
    ]  # fmt: skip
