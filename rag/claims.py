"""The figure that a question gives (只改造100公里吗), beside what the report says: arithmetic."""

import re
from decimal import Decimal

from corpus.quantities import Quantity, quantities, same
from rag.years import is_year

_KINDS = ("amount", "ratio", "ordinal", "duration")
_THESE = re.compile("(?:这|那|哪|其[他它余]|另外?|前|后|上[面述])$")
_NAMES = ("期", "届", "级", "号", "次", "批")  # 机场三期, 第二批: part of a name
_ASKS = re.compile(r"多少|几(?![内何乎率])|哪")
_ASKING = re.compile(
    r"^(?:请问|听说|据说|报告(?:里)?(?:说|写|提)?(?:的)?|既然)|为什么|为何|凭什么|怎么(?:才|只|就|这么)?"
    r"|是不是|是否|有没有|够不够|只(?=[改新建有增是定])|才(?=[有是定新建改])|对不对|对吧|对吗|是吗|是吧|真的吗|没错吧?"
    r"|[吗吧呀啊呢?？]+$"
)
_FROM_TO = re.compile(r"[从由].*(?:到|至|为)[^，,]{0,6}$")
_OVER = re.compile(
    r"超过|突破|多于|(?<!不)高于|不止|大于|以上|往上|过(?=\d)|超(?=\d)|至少|不少于|不低于|达到|够|破(?=\d)"
)
_BEYOND = re.compile(r"超过?(?=\d)|超过|突破|多于|(?<!不)高于|不止|大于")
_SHORT_OF = re.compile(r"不到|不足|(?<!不)低于|(?<!不)少于|小于")
_UNDER = re.compile(r"不到|不足|(?<!不)低于|(?<!不)少于|小于|以内|以下|不超过|不高于|最多")


def claim(question: str) -> Quantity | None:
    """Return the one figure that a question gives, None where it gives none or several."""
    if _ASKS.search(question):
        return None
    given = [
        q for q in quantities(question)
        if q.kind in _KINDS and q.value is not None and q.unit and not is_year(q)
        and not _THESE.search(question[: q.start]) and q.unit not in _NAMES
    ]  # fmt: skip
    return given[0] if len(given) == 1 else None


def opened(question: str, given: Quantity) -> str:
    """Return the question that asks for the figure instead of giving it."""
    unit = {"%": "百分之多少", "个百分点": "多少个百分点"}.get(given.unit)
    asked = f"第几{given.unit}" if given.kind == "ordinal" else unit or f"多少{given.unit}"
    told = f"{question[: given.qualified.start]}{asked}{question[given.qualified.end :]}"
    return f"{_ASKING.sub('', told).strip(' ，,。?？')}？"


def like(text: str, given: Quantity) -> Quantity | None:
    """Return the one figure of a text that measures the same, None for none or several.

    Of 从51%提升到70% the last is meant.
    """
    found = [
        q for q in quantities(text)
        if q.kind == given.kind and (q.unit == given.unit or not q.unit or given.unit == "个")
    ]  # fmt: skip
    if len(found) == 2 and _FROM_TO.search(text[: found[1].start]):
        return found[1]
    return found[0] if len(found) == 1 else None


def agrees(question: str, given: Quantity, told: Quantity) -> bool:
    """Tell whether the report's figure is the question's, or over or under it as it says."""
    value, has = given.value or Decimal(0), told.value or Decimal(0)
    around = question[max(0, given.start - 5) : given.end + 3]
    if same(given, told) or (given.unit == "个" and value == has):
        beyond = _BEYOND.search(around) and not _BEYOND.search(told.qualifier)
        return not beyond and not _SHORT_OF.search(around)
    if _UNDER.search(around):
        return has < value
    return bool(_OVER.search(around)) and has > value
