"""Claims: a figure that a question gives, beside what the documents say of the same thing."""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from corpus.quantities import Quantity, same
from rag.evidence import Evidence
from rag.language.matching import Wanted
from rag.language.names import MARKS
from rag.questions import Question
from rag.readers.figure import Candidate, candidates
from rag.slots import Dimension, dimension_of
from rag.years import Year

_NEAR = 1.0  # in scores of figures: the very figure of the question is meant, if it is not far off
_OVER = re.compile(
    r"超过|突破|多于|高于|不止|大于|以上|过(?=\d)|超(?=\d)|至少|不少于|不低于|达到|够"
)
_OF_TARGETS = re.compile(r"突破|达到|以上|至少|不少于|不低于")
_UNDER = re.compile(r"不到|不足|低于|少于|小于|以内|以下|不超过|最多")
_THESE = ("这", "那", "哪", "其他", "其它", "其余", "另外", "另", "前", "后", "上面", "上述")
_STATED = re.compile(r"目标|指标|任务|定的|定为|写的|说的|提的|计划")
_CHANGE = re.compile(r"新增|累计|净增|新建|提升|增加|减少|增长|下降")
_GOING_ON = ("到", "至", "为", "由", "从")
_ONLY = re.compile(r"(?:分别)?(?:为|是|达到?|到)(?=\d)")  # says the figure and not of what


def is_claim(question: Question, given: Quantity) -> bool:
    """Tell whether a figure of a question is claimed of something, not part of a name."""
    if given.kind not in ("amount", "ratio", "duration", "ordinal") or given.value is None:
        return False
    if given.kind == "ordinal" and given.unit in ("期", "届", "级"):
        return False  # 机场三期 is a name
    return not question.plain[: given.start].endswith(_THESE)  # 除了这两个 counts what was said


def figured(
    question: Question, wanted: Wanted, evidence: Sequence[Evidence], given: Quantity, year: Year
) -> Candidate | None:
    """Return the figure of the documents that one of the question's is to be compared with."""
    if not is_claim(question, given):
        return None
    ordinal = given.kind == "ordinal"
    slot = replace(
        question.slot, dimension="rank" if ordinal else _dimension(question, given),
        unit="" if ordinal else given.unit,
    )  # fmt: skip
    asked = replace(question, figures=(), slot=slot)
    left = wanted.without(question.unfigured())
    found = candidates(asked, left, evidence, year)
    if not found or not (found[0].said or not left.weights):
        return None
    things = left.without(frozenset(w for w in left.weights if _CHANGE.fullmatch(w)))
    held = [things.coverage(c.figure.said) for c in found]
    near = (
        c for c, share in zip(found, held, strict=True)
        if c.score >= found[0].score - _NEAR and share >= held[0]
    )  # fmt: skip
    return next((c for c in near if same(given, c.figure.quantity)), found[0])


def fact(found: Candidate) -> str:
    """Return the part of the clause that holds a figure, as it stands."""
    start, item = found.evidence.span.start, found.figure.item
    text = found.evidence.document.text[start + item.start : start + item.end]
    told = text.strip(MARKS)
    if told.endswith(_GOING_ON):  # 由985元提高到: the other figure belongs to it
        told = found.clause_span.of(found.evidence.document.text).strip(MARKS)
    return found.text if _ONLY.match(told) else told


def holds(question: Question, given: Quantity, told: Quantity) -> bool:
    """Tell whether what is told agrees with the figure asked, over or under it as asked."""
    value, has = given.value or Decimal(0), told.value or Decimal(0)
    around = question.plain[max(0, given.start - 5) : given.end + 3]
    if same(given, told):
        return "超过" not in around or "突破" in told.qualifier or "超过" in told.qualifier
    if _UNDER.search(around):
        return has < value
    over = _OVER.search(around)
    if over and _STATED.search(question.plain) and _OF_TARGETS.fullmatch(over[0]):
        return False  # the target is 突破1500亿元: the very figure is asked
    return bool(over) and has > value


def _dimension(question: Question, given: Quantity) -> Dimension:
    """Return what a figure measures; 亿 without a unit is money."""
    money = not given.unit and question.plain[: given.end].endswith("亿")
    return "money" if money else dimension_of(given.unit)
