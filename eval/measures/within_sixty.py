"""Within sixty: a reader who reads no further knows the answer.

The budget of 60 characters is the one that RGB's noise figures are compared under (Chen et al.,
Benchmarking Large Language Models in Retrieval-Augmented Generation, AAAI 2024).
"""

import re

from eval.cases import Case
from eval.measures import Given
from eval.measures.texts import says

_CHARS = 60


def measure(case: Case, given: Given) -> float | None:
    """Share of questions whose answer says an accepted one in its first 60 characters."""
    if not case.accept or case.polar:
        return None
    said = re.sub(r"\[\d+\]|\s", "", given.get("answer") or "") if given.get("answered") else ""
    return float(any(says(said[:_CHARS], accepted) for accepted in case.accept))
