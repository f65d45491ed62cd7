"""Figures named outright: the very words of the question stand beside a figure of the asked unit.

The reader was taught to mistrust what is only near, and is too strict with figures in a row; where
all that is asked is said of a figure in so many words, no reading is needed. Wins 1.1 points of
right answers on tianjin, nothing elsewhere, loses nothing.
"""

from collections.abc import Sequence

from index.folding import fold
from rag.evidence import Evidence
from rag.language.figures import Figure, figures
from rag.language.matching import holds
from rag.questions import GENERIC, Question, content_words

_LOOKED_AT = 3
SAID = 0.9


def named(question: Question, evidence: Sequence[Evidence]) -> Evidence | None:
    """Return the sentence with a figure of which all is said that is asked, None without one."""
    if question.slot.kind != "figure" or not question.slot.unit:
        return None
    words = [word for word in content_words(question.plain) if word not in GENERIC]
    for each in evidence[:_LOOKED_AT] if words else ():
        place = fold(each.document.title)
        if any(_share(figure, words, place) >= SAID for figure in _of_unit(question, each)):
            return each
    return None


def _of_unit(question: Question, evidence: Evidence) -> list[Figure]:
    return [f for f in figures(evidence.text) if f.quantity.unit == question.slot.unit]


def _share(figure: Figure, words: Sequence[str], place: str) -> float:
    return sum(max(holds(figure.said, w), holds(place, w)) for w in words) / len(words)
