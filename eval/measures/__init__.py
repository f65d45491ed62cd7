"""Measures: each takes a case and what came back for it, and gives 0 to 1, or None if not asked.

One measure a file, its definition and source in the docstring. A question that crashed or was not
answered gets the default of the measure, 0; it never vanishes. `given` is an Answer as JSON with
`spans` (the evidence as (document, start, end)) and `hits`, as `eval.run` records them.
"""

from collections.abc import Callable, Mapping
from typing import Any

from eval.cases import Case

Given = Mapping[str, Any]
Measure = Callable[[Case, Given], float | None]


def registry() -> dict[str, Measure]:
    """Return every measure by the name it has in reports, in their order."""
    from eval.measures import (
        char_f1,
        citation_precision,
        citation_recall,
        contains,
        correct_and_cited,
        exact_match,
        figure_accuracy,
        headline,
        list_completeness,
        polarity,
        refusal,
        retrieval,
        right,
        verbatim,
        within_sixty,
    )  # fmt: skip

    return {
        "right": right.measure,
        "headline": headline.measure,
        "contains": contains.measure,
        "within_60": within_sixty.measure,
        "exact_match": exact_match.measure,
        "char_f1": char_f1.measure,
        "figure_accuracy": figure_accuracy.measure,
        "list_completeness": list_completeness.measure,
        "polarity": polarity.measure,
        "correct_and_cited": correct_and_cited.measure,
        "citation_recall": citation_recall.measure,
        "citation_precision": citation_precision.measure,
        "verbatim": verbatim.measure,
        **retrieval.measures(),
        "refused_rightly": refusal.refused_rightly,
        "answered_rightly": refusal.answered_rightly,
        "reason": refusal.reason,
    }


def definitions() -> dict[str, str]:
    """Return what each measure means: the first line of its docstring."""
    from eval.measures import targets, wording

    every = {**wording.registry(), **targets.registry(), **registry()}
    return {name: (each.__doc__ or "").split("\n")[0] for name, each in every.items()}
