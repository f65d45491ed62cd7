"""Refusals: an honest no, no needless one, and the right reason.

One minus their means are the rates of false answers and false refusals, which are always read
together: either alone is easily bought with the other (cf. RGB's negative rejection).
"""

from eval.cases import Case
from eval.measures import Given


def refused_rightly(case: Case, given: Given) -> float | None:
    """Share of unanswerable questions that were refused; a crash is no refusal."""
    if case.answerable:
        return None
    return float(not given.get("answered") and "crash" not in given)


def answered_rightly(case: Case, given: Given) -> float | None:
    """Share of answerable questions that were answered at all."""
    return float(bool(given.get("answered"))) if case.answerable else None


def reason(case: Case, given: Given) -> float | None:
    """Share of unanswerable questions refused for the expected reason."""
    if case.answerable or case.refusal is None:
        return None
    return float(not given.get("answered") and given.get("refusal") == case.refusal)
