"""Comparisons: the figures of two things, or of two years, side by side, and which is more."""

import re
from collections.abc import Sequence
from dataclasses import replace

from rag.evidence import Evidence
from rag.language.matching import Wanted
from rag.questions import Question
from rag.quoting import around
from rag.readers import Finding
from rag.readers.claims import fact
from rag.readers.figure import Candidate, candidates
from rag.years import Year, named_years

_JOINTS = ("还是", "比", "和", "跟", "与", "、", "，", ",", "同")
_ASKS = re.compile(
    r"(?:[,，][^,，]{0,6}?)?(?:两[种个类者]|二者|今年|去年|明年|计划|目标|当中|里|之间|的)*(?:哪|谁).*$"
    r"|(?:更|差|相差)(?:多|少|大|长|高|短|几).*$|(?:多少|几)(?:倍|公里|家|个).*$|[吗呢?？]+.*$"
    r"|(?<=..)(?:新建|新增|改造)?的?(?:多|少|大|长|高|短)(?:吗|些|一些|一点)?[?？,，]?$"
)
_LESS = re.compile(r"更?(?:少|短|小|低|慢)")
_MORE = re.compile(r"更?[多长大高]")


def read(
    question: Question, wanted: Wanted, evidence: Sequence[Evidence], year: Year
) -> Finding | None:
    """Return the thing with the greater (or, asked so, smaller) figure, both quoted."""
    both = _by_year(question, wanted, evidence) or _by_name(question, wanted, evidence, year)
    if both is None:
        return None
    (a, first), (b, second) = both
    quotes = tuple(dict.fromkeys(around(c.evidence, c.clause_span) for c in (first, second)))
    said = wanted.coverage(f"{first.figure.said} {second.figure.said}")
    values = [c.figure.quantity.value or 0 for c in (first, second)]
    if values[0] == values[1]:
        short = f"一样多，{fact(first)}，{fact(second)}"
        return Finding(short, quotes, first.evidence, said)
    if re.search(r"(?:差|相差|多|少)(?:多少|几)|几倍|多少倍", question.plain):
        short = f"{fact(first)}、{fact(second)}"
        return Finding(short, quotes, first.evidence, said)
    less = bool(_LESS.search(question.plain)) and not _MORE.search(question.plain)
    name, winner = (a, first) if (values[0] > values[1]) != less else (b, second)
    told = fact(winner)
    return Finding(told if name in told else f"{name}，{told}", quotes, winner.evidence, said)


Side = tuple[str, Candidate]


def _by_year(
    question: Question, wanted: Wanted, evidence: Sequence[Evidence]
) -> tuple[Side, Side] | None:
    """Return the figures of the two years a question names, each with the word for its year."""
    years = named_years(question.plain, evidence[0].document) if evidence else []
    if len(years) < 2:
        return None
    found = [(word, candidates(question, wanted, evidence, year)) for word, year in years[:2]]
    if not all(figures for _, figures in found):
        return None
    (a, first), (b, second) = [(word, figures[0]) for word, figures in found]
    return (a, first), (b, second)


def _by_name(
    question: Question, wanted: Wanted, evidence: Sequence[Evidence], year: Year
) -> tuple[Side, Side] | None:
    """Return the figures of the two things a question names."""
    named = sides(question.plain)
    if named is None:
        return None
    first, second = (
        _side(question, wanted, evidence, year, *pair) for pair in (named, named[::-1])
    )
    if first is None or second is None or first.span == second.span:
        return None
    return (named[0], first), (named[1], second)


def sides(plain: str) -> tuple[str, str] | None:
    """Return the two things a question compares, or None."""
    for joint in _JOINTS:
        left, found, right = plain.partition(joint)
        if found:
            first, second = _clean(left), _clean(right)
            if len(first) > 1 and len(second) > 1:
                return first, second
    return None


def _side(
    question: Question, wanted: Wanted, evidence: Sequence[Evidence], year: Year, this: str,
    other: str,
) -> Candidate | None:  # fmt: skip
    """Return the figure said of one side; words that are of both sides do not count."""
    words = frozenset(word for word in wanted.weights if word in other)
    asked = replace(question, plain=this, figures=(), slot=replace(question.slot, unit=""))
    found = candidates(asked, wanted.without(words), evidence, year)
    return found[0] if found else None


def _clean(text: str) -> str:
    return _ASKS.sub("", text).strip(" ,，?？的")
