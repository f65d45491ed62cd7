"""What a question asks of a table: which year and stage, which kind of cell, under which heading.

Years, 目标 against 完成 and words as they are in a cell are exact, so they are matched, not read.
"""

import re
from collections.abc import Sequence

from corpus.documents import Document
from corpus.quantities import quantities
from corpus.rows import Field, Row
from index.folding import fold
from rag.years import asked_year, named_in, plan_year

_PLANNED = re.compile(r"目标|计划|预期|任务数|预算|安排|打算|预计|力争|要达到")
_REACHED = re.compile(r"完成(?![时期率]|目标)|实际|实绩|执行数|达到|实现|决算|已经?|了多少|了吗")
_YEAR = re.compile(r"(?:19|20)\d\d(?:\s*[-—~至]\s*(?:19|20)?\d\d)?年?度?|今年|去年|上年|本年|明年")
# Ways to ask for a column and to head it: who is to do it, until when.
_SAME = (
    re.compile(r"责任|牵头|负责|主管|承办|谁|哪个(?:部门|单位)"),
    re.compile(
        r"时限|期限|时间|日期|完工|竣工|什么时候|何时|哪一?[年月天日]|几月|几号|几点|多久|多长时间"
    ),
    re.compile(r"合计|总计|小计|全市|全年|一共|总共|共计|累计"),
)
_DATE = re.compile(r"\d年|\d月|\d日|\d季度|\d[:：]\d\d|年底|月底|长期|全年")
_SHORT = re.compile(r"\d{1,2}(?:年|月|日|个|项)?|(?:19|20)\d\d年?")  # stand anywhere by chance
_HOW_MANY = re.compile(r"多少|几|多[大高长少]")
_ASKS_WHICH = re.compile(r"哪|什么|谁|几项")


def is_in(plain: str, field: Field) -> bool:
    """Tell whether a question, without commas in figures, has the words of a cell as they are."""
    text = fold(field.told).replace(",", "")
    if len(text) < 2 or text not in plain:
        return False
    if _SHORT.fullmatch(text) and not share(fold(field.name), plain):
        return False
    return not (text[0].isdigit() and re.search(rf"[\d.]{re.escape(text)}", plain))


def has_numbers(plain: str, said: str) -> bool:
    """Tell whether what a question calls by its number is told of: 4号线 is not 3号线."""
    for told in quantities(plain):
        name = plain[told.start : told.end]
        if told.kind == "ordinal" and not told.unit:
            name = plain[told.start : told.end + 1].removeprefix("第")
        if told.kind in ("label", "ordinal") and name not in said:
            return False
    return True


def wanted(plain: str) -> str:
    """Return what a question asks for: a date, a figure, a name; "" where it does not say."""
    if _SAME[1].search(plain):
        return "date"
    if _HOW_MANY.search(plain):
        return "figure"
    return "name" if _ASKS_WHICH.search(plain) else ""


def kind_of(text: str) -> str:
    """Return what a cell holds."""
    if _DATE.search(text):
        return "date"
    return "figure" if any(c.isdigit() for c in text) else "name"


def share(name: str, plain: str) -> float:
    """Return how much of a name a question has, by pairs of characters; all of its figures."""
    if any(run not in re.findall(r"\d+", plain) for run in re.findall(r"\d+", name)):
        return 0.0  # 4号线 is not 3号线
    if name in plain or len(name) < 2:
        return float(name in plain)
    return sum(name[i : i + 2] in plain for i in range(len(name) - 1)) / (len(name) - 1)


def headed(field: Field, rest: str) -> float:
    """Return how much of a cell's heading the rest of a question has, 1 for another way to ask."""
    bare = _bare(field.name)
    same = any(p.search(bare) and p.search(rest) for p in _SAME)
    return max(float(same), share(bare, rest) if bare else 0.0)


def of_year(question: str, row: Row, document: Document) -> list[Field]:
    """Return the fields of the year that is asked; of all years where none is."""
    headed = set[int]().union(*(named_in(f.heading, None) for f in row.fields))
    plan = plan_year(document) or max(headed, default=None)
    asked = asked_year(question, plan)
    if not isinstance(asked, int):
        return list(row.fields)
    around = named_in(f"{row.group}{row.caption}", plan) or ({plan} if plan else set())
    of_row = named_in(row.name, plan)
    years = [named_in(f.heading, plan) or of_row or around for f in row.fields]
    return [f for f, known in zip(row.fields, years, strict=True) if asked in known or not known]


def of_stage(rest: str, fields: list[Field]) -> list[Field]:
    """Return the fields of what is planned, or of what was reached, where one of both is asked."""
    asked = _stage(rest)
    if not asked or not any(_stage(f.heading) for f in fields):
        return fields
    return [f for f in fields if _stage(f.heading) in (asked, "")]


def _stage(text: str) -> str:
    if _PLANNED.search(text):
        return "planned"
    return "reached" if _REACHED.search(text) else ""


def _bare(heading: str) -> str:
    """Return a heading without year and stage."""
    told = fold(heading)
    for pattern in (_YEAR, _PLANNED, _REACHED):
        told = pattern.sub("", told)
    return told.removesuffix("名称")


def without(question: str, row: Row, given: Sequence[Field] = ()) -> str:
    """Return a question without the words that name the row, or that it gives of it."""
    for field in (*row.labels, *given):
        question = question.replace(fold(field.text), "")
    for name in (fold(field.name) for field in given):
        ends = (name[i:] for i in range(len(name) - 1))
        question = question.replace(next((end for end in ends if end in question), name), "")
    return question
