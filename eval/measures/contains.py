"""Contains: an accepted answer stands somewhere in the answer."""

from eval.cases import Case
from eval.measures import Given
from eval.measures.texts import says


def measure(case: Case, given: Given) -> float | None:
    """Share of questions with an accepted answer whose answer says one, all its parts."""
    if not case.accept or case.polar:
        return None
    said = given.get("answer") if given.get("answered") else ""
    return float(any(says(said, accepted) for accepted in case.accept))
