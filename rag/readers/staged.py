"""Two things at different stages: which of them is built this year, and which goes on."""

import re
from collections.abc import Sequence

from index.folding import fold
from rag.evidence import Clause, Evidence
from rag.language.names import MARKS
from rag.language.stages import clash, stages
from rag.questions import Question
from rag.quoting import around
from rag.readers import Finding
from rag.readers.comparing import sides

_WHICH = re.compile(r"哪一?[个条项处段家座]")


def read(question: Question, evidence: Sequence[Evidence]) -> Finding | None:
    """Return the thing at the stage asked, or both; what is told of each is quoted."""
    which = len(_WHICH.findall(question.plain))
    named = sides(question.plain) if which and stages(question.plain) else None
    told = [(name, *place) for name in named or () if (place := _naming(name, evidence))]
    if len(told) < 2:
        return None
    agreeing = [t for t in told if which > 1 or not clash(question.plain, t[2].folded)]
    if not agreeing or len(agreeing) > which:
        return None
    quotes = tuple(dict.fromkeys(around(each, clause.span) for _, each, clause in told))
    short = "；".join(dict.fromkeys(_told(*t) for t in agreeing))
    return Finding(short, quotes, told[0][1], 1.0)


def _naming(name: str, evidence: Sequence[Evidence]) -> tuple[Evidence, Clause] | None:
    """Return the clause that names a thing, the best first."""
    clauses = ((each, clause) for each in evidence for clause in each.clauses)
    return next(((e, c) for e, c in clauses if name in c.folded), None)


def _told(name: str, each: Evidence, clause: Clause) -> str:
    text = clause.span.of(each.document.text).strip(MARKS)
    return text if name in fold(text) else f"{name}，{text}"
