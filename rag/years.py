"""Which year a question asks about, and which year a sentence of a report speaks of.

A work report looks back on the year before and plans its own: a heading or the sentence names the
year, else it is the plan's. Other documents have no plan year, and years there are plain words.
Without it 4.8, 2.9 and 4.2 points fewer are rightly refused on three sets.
"""

import re
from functools import lru_cache
from typing import Literal

from corpus.documents import Document
from corpus.quantities import Quantity

Year = int | Literal["now"] | None

_REPORT = re.compile(r"工作报告")
_FULL = re.compile(r"(?<!\d)((?:19|20)\d\d)(?=年|[^一-鿿\d]|$)")
_THROUGH = re.compile(r"\d{4}年?\s*(?:[-—~～]|至|到)\s*\d{4}")
_YEAR_WORD = re.compile(r"(?<!\d)(?:19|20)\d\d年?")
_LOOKING_BACK = re.compile(r"回顾|过去(?:的)?一年|一年来|上年工作|去年工作|主要成绩|工作总结")
_RELATIVE = (
    (re.compile(r"大?前年"), -2),
    (re.compile(r"去年|上一?年(?!度计划)|上年|刚过去的一年|过去一年"), -1),
    (re.compile(r"明年|下一?年|来年"), 1),
    (re.compile(r"后年"), 2),
    (re.compile(r"今年|本年|年内|这一?年"), 0),
)
_PLANNED = re.compile(
    "目标|计划|任务|打算|预期(?!寿命)|预计|力争|准备|安排|今年|明年|想|要(?!求)|将"
)
_NOW = re.compile(
    r"(?:现在|目前|眼下|当前|如今|至今|迄今)[^,，?？]{0,8}(?:已经?|有|是|多少|几)"
    r"|已经?(?:有|建成|达到)了?(?:多少|几)|已经?[一-鿿]{1,4}了(?:多少|几)|截至(?:目前|现在)|现有"
)


@lru_cache(maxsize=10_000)
def plan_year(document: Document) -> int | None:
    """Return the year a work report plans, None for any other document."""
    if document.plan_year:
        return document.plan_year
    named = _FULL.findall(f"{document.title} {document.text[:80]} {document.date}")
    return int(named[0]) if named and _REPORT.search(document.title + document.text[:80]) else None


def is_report(document: Document) -> bool:
    """Tell whether a document is a work report: it looks back on a year and plans its own."""
    return plan_year(document) is not None


def asked_year(plain: str, plan: int | None) -> Year:
    """Return the year a question names, "now" for the present state, None when it names none."""
    named = _FULL.findall(plain)
    if named:
        return int(named[-1])
    if plan is not None:
        said = [(m.start(), plan + shift) for p, shift in _RELATIVE if (m := p.search(plain))]
        if said:
            return min(said)[1]  # 去年比前年多了多少 asks about the first
        if _NOW.search(plain):
            return "now"
    return None


def spoken_year(section: tuple[str, ...], sentence: str, plan: int | None) -> int | None:
    """Return the year a sentence of a report speaks of."""
    if plan is None:
        return None
    for text in (sentence, *reversed(section)):
        named = _FULL.findall(text)
        if named:
            return int(named[-1])
        if text is not sentence and _LOOKING_BACK.search(text):
            return plan - 1
    return plan


def named_in(text: str, plan: int | None) -> set[int]:
    """Return the years that a heading names: 2024, 2021 to 2025, the last one (上年)."""
    found = {int(year) for year in _FULL.findall(text)}
    if len(found) == 2 and _THROUGH.search(text):
        found = set(range(min(found), max(found) + 1))
    if not found and plan is not None:
        found = {plan + shift for pattern, shift in _RELATIVE if pattern.search(text)}
    return found


def is_year(quantity: Quantity) -> bool:
    """Tell whether a quantity is a year without the word for it (2022春节档)."""
    return not quantity.unit and quantity.value is not None and 1900 <= quantity.value < 2100


def clause_year(spoken: int | None, clause: str, document: Document) -> int | None:
    """Return the year a clause speaks of: the one it names, else that of its sentence."""
    plan = plan_year(document)
    if plan is None:
        return None
    named = _FULL.findall(clause)
    if named:
        return int(named[-1])
    return plan if "今年" in clause or "年内" in clause else spoken


def is_planned(plain: str) -> bool:
    """Tell whether a question asks for what is planned, not for what has been reached."""
    return bool(_PLANNED.search(plain))


def without_years(plain: str) -> str:
    """Return a question without the years it names."""
    for pattern in (_YEAR_WORD, *(pattern for pattern, _ in _RELATIVE)):
        plain = pattern.sub("", plain)
    return plain


def named_years(plain: str, document: Document) -> list[tuple[str, int]]:
    """Return the years a question names, each with the word of a report's reader for it (去年)."""
    plan = plan_year(document)
    if plan is None:
        return []
    words = {plan: "今年", plan - 1: "去年", plan - 2: "前年", plan + 1: "明年"}
    found = [int(year) for year in _FULL.findall(plain)]
    found += [plan + shift for pattern, shift in _RELATIVE if pattern.search(plain)]
    return [(words[year], year) for year in dict.fromkeys(found) if year in words]
