"""List completeness: recall of the items that a list question asks for."""

from eval.cases import Case
from eval.measures import Given
from eval.measures.texts import says


def measure(case: Case, given: Given) -> float | None:
    """Share of a list's items that stand in the answer."""
    if not case.items:
        return None
    said = given.get("answer") if given.get("answered") else ""
    return sum(says(said, item) for item in case.items) / len(case.items)
