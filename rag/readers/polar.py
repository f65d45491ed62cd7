"""Yes or no, with the fact: compares figures, pairs, stages and directions, else the words."""

import re
from collections.abc import Sequence

import rjieba

from corpus.quantities import quantities, same
from index.folding import fold
from rag.evidence import Clause, Evidence
from rag.language.matching import Wanted
from rag.language.names import MARKS, names
from rag.language.pairs import pairs
from rag.language.stages import (
    asks_forbidden,
    clash,
    contrary,
    forbidden,
    opposed,
    ordered,
    reordered,
)
from rag.questions import Question
from rag.quoting import around, focus, quoted
from rag.readers import Finding
from rag.readers.claims import fact, figured, holds, is_claim
from rag.readers.figure import SUM
from rag.years import Year

_EVIDENCE = 3
_SHORTEST = 6
_ORDERED = 3.0
_HAVING = re.compile(r"(?:有没有|有无|包不包括|是否包括|包括|里有)([^,，?？]{2,})")
_PROPER = ("ns", "nr", "nt", "nz")  # tags of names of places, people, bodies and other names
# Words that exclude each other: what is asked of one is not true of the other.
_RIVALS = tuple(
    frozenset(group.split())
    for group in (
        "国家级 省级 市级 区级 县级", "上半年 下半年", "一季度 二季度 三季度 四季度",
        "第一 第二 第三 第四 第五 第六 第七 第八", "一期 二期 三期 四期",
        "东段 西段 南段 北段 中段", "新增 累计", "燃气 供热 供水",
    )
)  # fmt: skip


def read(
    question: Question, wanted: Wanted, evidence: Sequence[Evidence], year: Year
) -> Finding | None:
    """Return yes or no with the clause it rests on; None where nothing is said of it."""
    if not evidence or names_missing(question, evidence):
        return None
    for given in question.figures:
        if found := figured(question, wanted, evidence, given, year):
            told = fold(found.clause_span.of(found.evidence.document.text))
            summed = found.figure.each and bool(SUM.search(question.plain))
            verdict = holds(question, given, found.figure.quantity) and not (
                summed or denied(question.plain, told)
            )
            short = f"{'是' if verdict else '否'}，{fact(found)}"
            quote = around(found.evidence, found.clause_span)
            return Finding(short, (quote,), found.evidence, found.said)
    return _by_words(question, evidence)


def denied(asked: str, told: str) -> bool:
    """Tell whether a clause says otherwise than a question: stage, direction, pair, rival, ban."""
    if (otherwise := contrary(asked, told)) is not None:
        return otherwise
    return (
        clash(asked, told) or opposed(asked, told) or reordered(asked, told)
        or mispaired(asked, told) is not None
        or _rivals(asked, told) or forbidden(told) != asks_forbidden(asked)
    )  # fmt: skip


def mispaired(asked: str, told: str) -> int | None:
    """Return which pair of 分别 the question's thing belongs to, when it joins it to another's."""
    found = pairs(told)
    lefts = {i for i, p in enumerate(found) if _core(p.left.of(told)) in asked}
    rights = {i for i, p in enumerate(found) if _core(p.right.of(told)) in asked}
    return min(rights) if lefts and rights and not lefts & rights else None


def _by_words(question: Question, evidence: Sequence[Evidence]) -> Finding:
    found, clause = max(
        ((e, c) for e in evidence[:_EVIDENCE] for c in e.clauses),
        key=lambda pair: _fit(*pair) + _ORDERED * ordered(question.plain, pair[1].folded),
    )
    told = fold(clause.span.of(found.document.text))
    quote = around(found, clause.span)
    text = quoted(found, clause.span).span.of(found.document.text).strip(MARKS)
    short = f"{'否' if denied(question.plain, told) else '是'}，{text}"
    claimed = [
        given for given in question.figures
        if is_claim(question, given) and question.plain[given.start].isdecimal()
    ]  # fmt: skip
    if any(not any(same(given, q) for q in quantities(told)) for given in claimed):
        return Finding(None, (quote,), found, clause.coverage)  # the figure is not spoken of
    return Finding(short, (quote,), found, clause.coverage, focus=focus(found, clause.span))


def names_missing(question: Question, evidence: Sequence[Evidence]) -> bool:
    """Tell whether a question asks for a name (有没有河西区的) that is not in the best sentence."""
    asked = _HAVING.search(question.plain)
    if question.slot.kind != "polar" or not asked or not evidence:
        return False
    tagged: list[tuple[str, str]] = rjieba.tag(asked[1])
    proper = [word for word, tag in tagged if tag.startswith(_PROPER) and len(word) > 1]
    return any(word not in evidence[0].folded for word in proper)


def _fit(found: Evidence, clause: Clause) -> float:
    scrap = clause.span.end - clause.span.start < _SHORTEST
    return found.score + 12 * clause.cosine + 3 * clause.coverage - 2 * scrap


def _rivals(asked: str, told: str) -> bool:
    """Tell whether the question says one of words that exclude each other, the clause another."""
    for group in _RIVALS:
        wanted = {word for word in group if word in asked}
        said = {word for word in group if word in told}
        if wanted and said and not wanted & said:
            return True
    return False


def _core(text: str) -> str:
    """Return the name in one side of a pair, without verbs and marks."""
    name = max((n.of(text) for n in names(text)), key=len, default=text)
    return re.sub(r"[“”\"]", "", fold(name))
