"""Why there is no answer: nothing about it, not this detail of it, or of another year."""

from collections.abc import Sequence

from rag.answers import Refusal
from rag.evidence import Evidence
from rag.questions import Question
from rag.slots import DETAILS
from rag.years import Year

# Cosines of the trained retriever, on our questions: far-off ones reach .35 to .45, near misses
# and answerable ones .5 to .8. Of another embedder's, which are compressed, all count as near.
_FAR, NEAR = 0.4, 0.5


def reason(
    question: Question, evidence: Sequence[Evidence], year: Year, plan: int | None
) -> Refusal:
    """Return why a question is refused; `plan` is the year the nearest report plans."""
    if not evidence:
        worded = any(c.isalnum() for c in question.plain)
        return "not_in_documents" if worded else "off_topic"
    nearest = max(e.cosine for e in evidence)
    if nearest < _FAR:
        return "off_topic"
    if nearest < NEAR:
        return "not_in_documents"
    if year is not None and plan is not None and all(e.year != year for e in evidence):
        return "other_year"
    return "no_such_figure" if question.slot.kind in DETAILS else "not_in_documents"
