"""Rows among the evidence: which have the asked column, which come first, how far they are trusted.

The reader was trained on sentences; it reads a row with its headings well, but takes what is near
for an answer more easily. A row answers if it says all that is asked in so many words, or if the
reader is sure.
"""

from collections.abc import Sequence

from rag.cells import fitting, is_named
from rag.evidence import Evidence
from rag.questions import Question
from rag.reading import SURE, Sight


def tabled(question: Question, evidence: Sequence[Evidence]) -> list[Evidence]:
    """Return the evidence without rows that lack the asked column, those named outright first."""
    kept = [e for e in evidence if not e.row or fitting(question.plain, e.row, e.document)]
    return sorted(kept, key=lambda e: not _is_named(question, e))


def named_first(question: Question, sights: Sequence[Sight]) -> list[Sight]:
    """Return what was read, rows that are named outright before all else."""
    return sorted(sights, key=lambda sight: not _is_named(question, sight.evidence))


def outright(question: Question, sights: Sequence[Sight]) -> list[Sight]:
    """Return what was read of rows that are named outright."""
    return [sight for sight in sights if _is_named(question, sight.evidence)]


def trust(question: Question, sight: Sight, least: float) -> float:
    """Return how likely what was read answers; of a row that is not sure to, 0."""
    answered = sight.read.answered
    if sight.evidence.row is None:
        return answered
    if _is_named(question, sight.evidence):
        return max(answered, least)
    return answered if answered >= SURE else 0.0


def _is_named(question: Question, evidence: Evidence) -> bool:
    return evidence.row is not None and is_named(question, evidence.row, evidence.document)
