"""Exact match of the headline (SQuAD, Rajpurkar et al., 2016; CMRC 2018 for Chinese)."""

from eval.cases import Case
from eval.measures import Given
from eval.measures.texts import bare


def measure(case: Case, given: Given) -> float | None:
    """Share of headlines that are an accepted answer and nothing else, marks aside."""
    if not case.accept or case.polar:
        return None
    return float(bare(given.get("short_answer")) in {bare(accepted) for accepted in case.accept})
