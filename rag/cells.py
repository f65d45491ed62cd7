"""Cells: which field of a table's row a question asks for, by the headings above it.

Years, 目标 against 完成 and the other headings are exact, so they are matched and not read. Where
no column is the asked one there is no answer.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.documents import Document, Span
from corpus.quantities import quantities
from corpus.rows import Field, Row, rows, without_unit
from index.folding import fold
from rag.findings import Finding, Quote
from rag.language.matching import holds
from rag.polarity import holds as is_true
from rag.polarity import is_polar
from rag.questions import GENERIC, Question, content_words
from rag.reader import Read
from rag.reader.windows import Page
from rag.years import asked_year, named_in, plan_year, without_years

_HEADLINE_CHARS = 120
_PLANNED = re.compile(r"目标|计划|预期|任务数|预算|安排|打算|预计|力争|要达到")
_REACHED = re.compile(r"完成(?![时期率]|目标)|实际|实绩|执行数|达到|实现|决算|已经?|了多少|了吗")
_YEAR = re.compile(r"(?:19|20)\d\d(?:\s*[-—~至]\s*(?:19|20)?\d\d)?年?度?|今年|去年|上年|本年|明年")
# What tables have columns of; a question with one of these words asks for that column.
_COLUMN = re.compile(
    r"增[速幅]|增长率|增减|同比|环比|占比|比重|[完达]成率|排名|位次|名次|责任|牵头|负责|时限|期限"
    r"|单价|金额|数量|面积|地点|地址|备注|电话|联系人"
)
# The ways to ask for a column and to head it: who is to do it, until when.
_SAME = (
    re.compile(r"责任|牵头|负责|主管|承办|谁|哪个(?:部门|单位)"),
    re.compile(r"时限|期限|时间|日期|什么时候|何时|哪一?[年月天]|几月"),
)
_ASKS_WHICH = re.compile(r"哪|什么|谁|几项")
_HOW_MANY = re.compile(r"多少|几|多[大高长少]")


def fitting(question: str, row: Row, document: Document) -> list[Field]:
    """Return the fields of a row that a question may ask for; none where no column is asked."""
    rest = _without(question, row)
    found = _of_year(question, row, document)
    found = _of_stage(rest, found)
    return _named(rest, found, row)


def cell_finding(question: Question, row: Row, leaf: Page, read: Read) -> Finding | None:
    """Return what a row says to a question, None where it has no such column."""
    if turned := _labels(question.plain, row, leaf):
        return turned
    chosen = fitting(question.plain, row, leaf.document)
    if not chosen:
        return None
    alone = len(chosen) == 1
    told = "、".join(f.told if alone else f"{without_unit(f.heading)}{f.told}" for f in chosen)
    fact = "，".join(f"{row.name}{without_unit(f.heading)}{f.told}" for f in chosen)
    if is_polar(question, read):
        told = f"{'是' if is_true(question.plain, fact, read) else '否'}，{fact}"
    short = told if len(told) <= _HEADLINE_CHARS else None
    cell = chosen[0].cell
    mark = Span(cell.start, cell.end) if alone and row.start <= cell.start < row.end else None
    return Finding(short, _quotes(row, leaf), fact, focus=mark, said=row.spoken()[0])


def is_named(question: Question, row: Row, document: Document) -> bool:
    """Tell whether all that is asked is said of a row in so many words: no reading is needed."""
    rest = without_years(question.plain)
    words = [w for w in content_words(rest) if w not in GENERIC and not _is_of_column(w, row)]
    said = fold(f"{document.label} {row.caption} {row.spoken()[0]}")
    named = (f.text for f in row.fields if _is_name(f.text))
    name = fold(" ".join((row.group, row.name, *named)))
    return any(holds(name, w) for w in words) and all(holds(said, w) for w in words)


def _is_of_column(word: str, row: Row) -> bool:
    """Tell whether a word asks for a stage or a column that the row has."""
    if _stage(word):
        return True
    return any(p.search(word) and any(p.search(f.heading) for f in row.fields) for p in _SAME)


def _of_year(question: str, row: Row, document: Document) -> list[Field]:
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


def _of_stage(rest: str, fields: list[Field]) -> list[Field]:
    """Return the fields of what is planned, or of what was reached, where one of both is asked."""
    asked = _stage(rest)
    if not asked or not any(_stage(f.heading) for f in fields):
        return fields
    return [f for f in fields if _stage(f.heading) in (asked, "")]


def _stage(text: str) -> str:
    if _PLANNED.search(text):
        return "planned"
    return "reached" if _REACHED.search(text) else ""


def _named(rest: str, fields: list[Field], row: Row) -> list[Field]:
    """Return the fields whose heading a question names, else those under a year or stage alone."""
    scores = [_shared(f.heading, rest) for f in fields]
    if best := max(scores, default=0):
        return [f for f, score in zip(fields, scores, strict=True) if score == best]
    if _COLUMN.search(rest):
        return []  # a column that is not there
    plain = [f for f in fields if not _COLUMN.search(f.heading)]
    if not _HOW_MANY.search(rest):
        return plain or fields
    return [f for f in plain if _counts(f.told)] or _counted(row)


def _counts(text: str) -> bool:
    return any(q.kind != "date" for q in quantities(text))


def _counted(row: Row) -> list[Field]:
    """Return the figures in the name of a row (新建学校20所) as fields of their own."""
    return [
        Field(replace(cell, start=cell.start + at.start, end=cell.start + at.end), at.of(text), "")
        for cell, text in ((label.cell, label.text) for label in row.labels)
        for at in (q.qualified for q in quantities(text) if q.kind != "date")
    ]


def _shared(heading: str, rest: str) -> int:
    """Return how many pairs of characters of a heading a question has, or ways to ask for it."""
    bare = _bare(heading)
    same = sum(bool(p.search(bare) and p.search(rest)) for p in _SAME)
    return same + sum(bare[i : i + 2] in rest for i in range(len(bare) - 1))


def _bare(heading: str) -> str:
    """Return a heading without year, stage and unit."""
    told = fold(re.sub(r"[（(][^（）()]*[）)]", "", heading))
    for pattern in (_YEAR, _PLANNED, _REACHED):
        told = pattern.sub("", told)
    return told


def _without(question: str, row: Row) -> str:
    """Return a question without the words that name the row."""
    for label in row.labels:
        question = question.replace(fold(label.text), "")
    return question


def _labels(question: str, row: Row, leaf: Page) -> Finding | None:
    """Return the rows that have what a question names in a field: 市教委负责哪些任务."""
    named = next((f for f in row.fields if _is_name(f.text) and fold(f.text) in question), None)
    if named is None or not _ASKS_WHICH.search(question) or fold(row.name) in question:
        return None
    same = [r for r in _table(row, leaf.document) if any(f.text == named.text for f in r.fields)]
    told = "、".join(dict.fromkeys(r.name for r in same))
    quotes = tuple(dict.fromkeys(q for r in same for q in _quotes(r, leaf)))
    said = "，".join(r.spoken()[0] for r in same)
    return Finding(told, quotes, f"{named.text}：{told}", said=said)


def _is_name(text: str) -> bool:
    return len(text) > 1 and not any(c.isdigit() for c in text)


def _table(row: Row, document: Document) -> Sequence[Row]:
    return [r for r in rows(document).values() if r and r.table == row.table]


def _quotes(row: Row, leaf: Page) -> tuple[Quote, ...]:
    """Return the row to be cited, and the rows of headings that say what its cells are."""
    section = leaf.sentences[leaf.at(row.start)].section
    spans = (*row.headings, (row.start, row.end))
    return tuple(Quote(leaf.document, section, Span(start, end)) for start, end in spans)
