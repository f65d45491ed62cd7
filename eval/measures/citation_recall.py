"""Citation recall, by overlap of character spans (cf. ALCE, Gao et al., 2023, without a judge)."""

from eval.cases import Case
from eval.measures import Given
from eval.measures.spans import overlap


def measure(case: Case, given: Given) -> float | None:
    """Share of the known evidence spans of a question that some citation overlaps."""
    if not case.evident:
        return None
    spans, cited = given["spans"], given.get("citations") or []
    if not spans:
        return 0.0
    return sum(any(overlap(span, c) for c in cited) for span in spans) / len(spans)
