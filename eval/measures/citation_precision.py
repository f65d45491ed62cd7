"""Citation precision, by overlap of character spans (cf. ALCE, Gao et al., 2023)."""

from eval.cases import Case
from eval.measures import Given
from eval.measures.spans import overlap


def measure(case: Case, given: Given) -> float | None:
    """Share of the citations of a question that overlap its known evidence."""
    cited = given.get("citations") or []
    if not case.evident or not cited:
        return None
    return sum(any(overlap(span, c) for span in given["spans"]) for c in cited) / len(cited)
