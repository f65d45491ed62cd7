"""False premises: a question that takes for true what the report says otherwise is put right."""

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.documents import Span
from corpus.quantities import Quantity, same
from index.folding import fold
from rag.evidence import Evidence
from rag.language.matching import Wanted
from rag.language.names import names
from rag.language.pairs import pairs
from rag.questions import Question, content_words
from rag.quoting import around, quoted
from rag.readers import Finding
from rag.readers.claims import fact, figured
from rag.readers.figure import Candidate
from rag.readers.polar import denied, mispaired
from rag.years import Year

_PREMISE = re.compile(
    r"为什么|为何|既然|怎么(?:才|就|这么|还|又|反而|只|会|比)|凭什么|有必要|原因|吗|才|只|都|以后"
)
_SAID, _SAID_ALONE = 0.35, 0.6  # of the question's words beside the figure: the same thing for sure
_FACT_CHARS = 24
_OTHERWISE = "报告的说法与问题里的不同。"


def corrected(
    question: Question, wanted: Wanted, evidence: Sequence[Evidence], year: Year
) -> Finding | None:
    """Return what the report says instead, or None where the question takes nothing false for true.

    Figures: the one said of the same thing with the same unit differs. Words: another stage,
    direction or pair than the report's.
    """
    found = [
        (given, best)
        for given in question.figures
        if (best := _said_of(question, wanted, evidence, given, year))
    ]
    wrong = [(given, best) for given, best in found if not same(given, best.figure.quantity)]
    if wrong:
        return _figures_put_right(question, wrong)
    if question.slot.kind != "why":
        return None
    best = found[0][1] if found else None
    sentence = best.evidence if best else evidence[0]
    clause = best.clause_span if best else evidence[0].best.span
    told = clause.of(sentence.document.text)
    if (i := mispaired(question.plain, fold(told))) is not None:
        return _pair_put_right(sentence, clause, told, i)
    if denied(question.plain, fold(told)):
        quote = quoted(sentence, clause)
        short = fact(best) if best else quote.span.of(sentence.document.text)
        return Finding(short, (quote,), sentence, 1.0, _OTHERWISE)
    return None


def _said_of(
    question: Question, wanted: Wanted, evidence: Sequence[Evidence], given: Quantity, year: Year
) -> Candidate | None:
    """Return the report's figure for what the question says beside one of its own."""
    start, part = _part(question.plain, given)
    here = replace(given, start=given.start - start, end=given.end - start)
    words = frozenset(content_words(part))
    local = wanted.without(frozenset(w for w in wanted.weights if w not in words))
    asked = replace(question, plain=part, figures=(here,))
    best = figured(asked, local if local.weights else wanted, evidence, here, year)
    needed = _SAID if _PREMISE.search(question.plain) else _SAID_ALONE
    return best if best and best.said >= needed and not best.conflict else None


def _part(plain: str, given: Quantity) -> tuple[int, str]:
    """Return the part of the question between commas that holds the figure, and where it starts."""
    start = max(plain.rfind(mark, 0, given.start) for mark in ",，。;；?？") + 1
    ends = [at for mark in ",，。;；?？" if (at := plain.find(mark, given.end)) >= 0]
    return start, plain[start : min(ends, default=len(plain))]


def _figures_put_right(question: Question, wrong: list[tuple[Quantity, Candidate]]) -> Finding:
    given = "、".join(question.plain[g.start : g.end] for g, _ in wrong)
    shorts = [told if len(told := fact(best)) <= _FACT_CHARS else best.text for _, best in wrong]
    quotes = tuple(dict.fromkeys(around(best.evidence, best.clause_span) for _, best in wrong))
    first = wrong[0][1]
    short = "、".join(dict.fromkeys(shorts))
    return Finding(short, quotes, first.evidence, first.said, f"报告写的不是{given}。")


def _pair_put_right(sentence: Evidence, clause: Span, told: str, i: int) -> Finding:
    """Return what 分别 really pairs with the thing the question names."""
    left = pairs(told)[i].left.of(told)
    name = max((n.of(left) for n in names(left)), key=len, default=left)
    return Finding(name, (quoted(sentence, clause),), sentence, 1.0, _OTHERWISE)
