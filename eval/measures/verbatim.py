"""Verbatim: the promise that nothing is invented; anything under 1 is a defect."""

from eval.cases import Case
from eval.measures import Given


def measure(case: Case, given: Given) -> float | None:
    """Share of citations whose quote is the document's own text at its offsets."""
    cited = given.get("citations") or []
    return sum(c["verbatim"] for c in cited) / len(cited) if cited else None
