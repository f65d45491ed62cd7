"""Measures: each takes a case and what came back for it, and gives 0 to 1, or None if not asked.

A question that crashed or was not answered gets the default of the measure; it never vanishes.
"""

from collections.abc import Callable, Mapping
from typing import Any

from eval.cases import Case

Given = Mapping[str, Any]
Measure = Callable[[Case, Given], float | None]


def registry() -> dict[str, Measure]:
    """Return every measure by the name it has in reports, in their order."""
    from eval.measures import answers, citations, refusals

    return {
        "right": answers.right,
        "contains": answers.contains,
        "exact": answers.exact,
        "char_f1": answers.char_f1,
        "items": answers.items,
        "polarity": answers.polarity,
        "citation_recall": citations.recall,
        "citation_precision": citations.precision,
        "verbatim": citations.verbatim,
        "evidence_rank": citations.reciprocal_rank,
        "refused_rightly": refusals.refused_rightly,
        "answered_rightly": refusals.answered_rightly,
    }
