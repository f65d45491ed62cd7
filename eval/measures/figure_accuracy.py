"""Figure accuracy: value and unit of the headline, however they are written."""

from corpus.quantities import quantities, same
from eval.cases import Case
from eval.measures import Given


def measure(case: Case, given: Given) -> float | None:
    """Share of questions that expect figures whose headline holds all of them and no other."""
    expected = [found for accepted in case.accept if (found := list(quantities(accepted)))]
    if case.kind == "list" or len(expected) < len(case.accept) or not expected:
        return None
    given_ones = list(quantities(given.get("short_answer") or ""))
    for wanted in expected:
        if len(wanted) == len(given_ones) and all(
            any(same(want, got) for got in given_ones) for want in wanted
        ):
            return 1.0
    return 0.0
