"""Yes or no: whether one is asked for, and which it is.

Figures are compared and stages told apart by words, which are exact; what they do not decide the
reader does. Without stages 3.3 % fewer of yes/no questions are right (five sets, 210 questions).
"""

from index.folding import fold
from rag.answerability import calibration
from rag.claims import agrees, claim, like
from rag.language.stages import borne_out, denied
from rag.questions import Question
from rag.reader import Read
from rag.slots import DETAILS

_OPEN = DETAILS | {"how", "why"}  # never answered by yes or no
_POLAR = 0.5


def is_polar(question: Question, read: Read) -> bool:
    """Tell whether a yes or a no is asked for: by the question's form, else as it was read."""
    kind = question.slot.kind
    return kind == "polar" or (kind not in _OPEN and read.polar >= _POLAR)


def holds(question: str, fact: str, read: Read) -> bool:
    """Tell whether the answer is yes: by the figures where both have one, by stage, as read."""
    given = claim(question)
    if given and (told := like(fact, given)):
        return agrees(question, given, told)
    folded = fold(fact)
    if denied(question, folded):
        return False
    return borne_out(question, folded) or read.yes >= calibration().yes
