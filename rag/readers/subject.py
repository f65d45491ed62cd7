"""Subjects: what the figure that a question gives is said of (120万吨指的是什么)."""

import re
from collections.abc import Iterator, Sequence

from corpus.quantities import same
from rag.evidence import Evidence
from rag.language.figures import figures
from rag.language.matching import Wanted
from rag.language.names import MARKS
from rag.questions import GENERIC, Question
from rag.quoting import around
from rag.readers import Finding
from rag.readers.claims import fact
from rag.readers.figure import Candidate, candidate

_ASKED = re.compile(
    r"(?:指|说|讲|是|对应|代表)(?:的|了)*(?:是|到)?(?:什么|哪)|(?:哪|什么)[^,，]{1,12}\d"
)
_MOST = 3
_HELD = 0.4  # of what else the question says


def read(question: Question, wanted: Wanted, evidence: Sequence[Evidence]) -> Finding | None:
    """Return the clauses that have the figure, and all else that the question says of it."""
    given = question.figures[0] if len(question.figures) == 1 else None
    if not given or given.kind not in ("amount", "ratio") or not _ASKED.search(question.plain):
        return None
    rest = wanted.without(question.unfigured() | GENERIC)
    having = list(_having(question, rest, evidence))
    most = max((c.said for c in having), default=0.0)
    if not having or (rest.weights and most < _HELD):
        return None
    found = [c for c in having if c.said >= most][:_MOST]
    quotes = tuple(dict.fromkeys(around(c.evidence, c.clause_span) for c in found))
    short = "；".join(dict.fromkeys(map(_told, found)))
    return Finding(short, quotes, found[0].evidence, 1.0)


def _having(question: Question, rest: Wanted, evidence: Sequence[Evidence]) -> Iterator[Candidate]:
    for each in evidence:
        for figure in figures(each.text):
            if same(question.figures[0], figure.quantity):
                yield candidate(question, rest, each, figure)


def _told(found: Candidate) -> str:
    """Return what holds the figure; its whole clause where its part leaves out of what it is."""
    clause = found.clause_span.of(found.evidence.document.text)
    return clause.strip(MARKS) if found.figure.about else fact(found)
