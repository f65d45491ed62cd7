"""Character F1 of the headline (Cui et al., CMRC 2018: overlap of characters, best reference)."""

from collections import Counter

from eval.cases import Case
from eval.measures import Given
from eval.measures.texts import bare


def measure(case: Case, given: Given) -> float | None:
    """Best harmonic mean of character precision and recall against an accepted answer."""
    if not case.accept or case.polar:
        return None
    said = bare(given.get("short_answer"))
    return max(_f1(said, bare(accepted)) for accepted in case.accept)


def _f1(said: str, accepted: str) -> float:
    shared = sum((Counter(said) & Counter(accepted)).values())
    if not shared:
        return 0.0
    precision, recall = shared / len(said), shared / len(accepted)
    return 2 * precision * recall / (precision + recall)
