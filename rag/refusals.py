"""Why there is no answer: nothing about it, not this detail of it, or of another year."""

from collections.abc import Sequence

from rag.answers import Refusal
from rag.evidence import Evidence
from rag.questions import Question
from rag.slots import DETAILS
from rag.years import Year, plan_year

_TOPIC = 0.45  # of the question's words in one sentence and its headings: the topic is there
_NEAR_MARGIN = 0.02


def reason(question: Question, evidence: Sequence[Evidence], year: Year, near: bool) -> Refusal:
    """Return why a question is refused; `near` tells whether the documents speak of its topic."""
    if not evidence:
        return "not_in_documents" if question.words else "off_topic"
    best = evidence[0]
    if not near:
        return "off_topic" if best.everyday else "not_in_documents"
    topical = best.place >= _TOPIC or best.margin >= _NEAR_MARGIN
    plan = plan_year(best.document)
    if topical and year is not None and plan is not None and all(e.year != year for e in evidence):
        return "other_year"
    if topical and question.slot.kind in DETAILS:
        return "no_such_figure"
    return "not_in_documents"
