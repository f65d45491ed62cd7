"""Definitions: for 什么是X the sentence that says what X is, not one that only speaks of it."""

import re
from collections.abc import Sequence

from rag.evidence import Evidence
from rag.language.matching import Wanted
from rag.questions import Question
from rag.quoting import whole
from rag.readers import Finding

_ASKED = re.compile(
    r"^(?:什么是|何谓|何为|什么叫|所谓)\"?(?P<of>[^的,?]+?)\"?(?:是什么)?[?]*$"
    r"|^\"?(?P<thing>[^的,?]+?)\"?(?:是|指)(?:的是)?(?:一?个|一种)?什么[?]*$"
)
_IS = r"[\"》]?(?:\([^)]*\))?,?(?:是(?!否)|为|指|又[称名]|也[称叫]|即)"


def read(question: Question, wanted: Wanted, evidence: Sequence[Evidence]) -> Finding | None:
    """Return the best sentence that defines what the question asks the meaning of, or None."""
    asked = _ASKED.match(question.plain)
    if not asked:
        return None
    thing = re.escape((asked["of"] or asked["thing"]).strip('“”" '))
    defining = re.compile(rf"{thing}{_IS}|所谓[“\"]?{thing}|^[^,，]{{0,4}}{thing}\(")
    found = next((e for e in evidence if defining.search(e.folded)), None)
    return Finding(None, (whole(found),), found, found.coverage) if found else None
