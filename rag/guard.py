"""The last look before an answer leaves: every figure of our own words stands in what is cited.

Quotes are slices of the documents and need no guard; the headline and the remarks do.
"""

import re
from collections.abc import Iterable
from dataclasses import replace

from corpus.quantities import quantities, same
from rag.answers import Answer

_DROPPED = "有一处自拟的表述与原文不符，已略去。"


def unsupported(text: str, quotes: Iterable[str]) -> list[str]:
    """Return the figures of a text that stand in none of the quotes."""
    told = [quantity for quote in quotes for quantity in quantities(quote)]
    return [
        text[q.start : q.end]
        for q in quantities(text)
        if q.kind != "label" and not any(same(q, other) for other in told)
    ]


def guarded(answer: Answer, said: Iterable[str] = ()) -> Answer:
    """Return the answer, without a headline whose figures its citations do not hold.

    `said` is what of the citations was read with more than their characters: rows with headings.
    """
    quotes = [*(citation.quote for citation in answer.citations), *said]
    if not answer.short_answer or not unsupported(answer.short_answer, quotes):
        return answer
    kept = [line for line in answer.answer.splitlines() if not unsupported(_unmarked(line), quotes)]
    return replace(
        answer, short_answer=None, answer="\n".join(kept), warnings=(*answer.warnings, _DROPPED)
    )


def _unmarked(line: str) -> str:
    """Return a line without its [n] marks, which are no figures."""
    return re.sub(r"\[\d+\]", "", line)
