"""Correct and cited: the answer is right and a reader can see it in what is cited."""

from eval.cases import Case
from eval.measures import Given, citation_recall, right


def measure(case: Case, given: Given) -> float | None:
    """Share of questions with known evidence answered rightly with all of it cited."""
    if not case.evident:
        return None
    cited = citation_recall.measure(case, given) == 1.0
    return float(cited and right.measure(case, given) == 1.0)
