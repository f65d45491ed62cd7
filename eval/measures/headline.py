"""Headline right: the short answer alone is what was asked."""

from eval.cases import Case
from eval.measures import Given, citation_recall, polarity
from eval.measures.texts import says


def measure(case: Case, given: Given) -> float | None:
    """Share of answerable questions whose short answer is right; a passage must be the evidence.

    The short answer says an accepted answer (all items of a list, the right polarity). Where no
    short answer is expected there may be none, and all the evidence must be cited.
    """
    if not case.answerable:
        return None
    if not given.get("answered"):
        return 0.0
    if case.polar:
        return polarity.measure(case, given)
    short = given.get("short_answer")
    if case.items:
        return float(all(says(short, item) for item in case.items))
    if case.accept:
        return float(any(says(short, accepted) for accepted in case.accept))
    return float(citation_recall.measure(case, given) == 1.0)
