"""Figures of a table compared: which has most, which of two has more, which are over a limit.

哪个县区到位资金最多 asks of every row what 高新区到位资金多少 asks of one; that cell is found as
any other, and its column is what is compared. A row that the question names is compared along
itself; rows or columns that it names are the only ones compared.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from corpus.documents import Span
from corpus.figures.units import in_base
from corpus.quantities import quantities
from corpus.rows import Field, Row
from index.folding import fold
from rag.cells.asking import is_in
from rag.cells.candidates import quotes, table
from rag.cells.choosing import Choice, choose
from rag.evidence import Evidence
from rag.findings import Finding
from rag.questions import Question, understand
from rag.reader import Reader

_MUCH, _LITTLE = "高多大长快好贵早强重", "低少小短慢差便晚弱轻"
_RANKED = r"(?:排名?|位居|列)(?:第一|首位)|末位|倒数第一"
_MOST = re.compile(
    rf"最[{_MUCH}{_LITTLE}]|{_RANKED}|[哪谁][^,。?？]{{0,14}}?[{_MUCH}{_LITTLE}]的?[?？]?$"
)
_BARE = re.compile(rf"(?:更|最)?[{_MUCH}{_LITTLE}]的?[?？]?$|最[{_MUCH}{_LITTLE}]")
_LEAST = re.compile(rf"最?[{_LITTLE}]的?[?？]?$|最[{_LITTLE}]|末位|倒数第一")
_WHICH = re.compile(r"(?:是)?(?:哪一?[个家座项条种类款片处所些]?|什么|谁)")
_JOINT = r"\s*(?:和|与|跟|同|、|还是|比|以及)\s*"
_TOTAL = re.compile(r"合计|总计|小计|共计|平均|全[市省区县国年]|累计")
_UNDER = re.compile(r"[低少小]于|不足|不到|不超过|不[高多大]于|以下|以内|之内")
_OVER = re.compile(r"超过|[高多大]于|不[低少小]于|达到|突破|以上")
_WAY = re.compile(r"(?:在|要|能|有)?(?:不?超过|不?[高多大低少小]于|达到|突破|不足|不到)?了?$")
_TABLES = 4  # that are tried


@dataclass(frozen=True, slots=True)
class _Limit:
    """A figure that others are held against: over it or under, and what of a question it ends."""

    size: float
    unit: str
    over: bool
    start: int
    said: str

    def holds(self, one: "_One") -> bool:
        """Tell whether a figure is on the asked side; one that is just as great counts as in it."""
        apart = one.size - self.size
        return one.unit == self.unit and (apart >= 0 if self.over else apart <= 0)


@dataclass(frozen=True, slots=True)
class _One:
    """A row or a column that is compared: its name, its cell, and how great its figure is."""

    name: str
    field: Field
    row: Row
    size: float
    unit: str


def compared(
    question: Question, evidence: Sequence[Evidence], reader: Reader
) -> tuple[Finding, Choice] | None:
    """Return what a comparison gives, and the cell it was found by; None for other questions."""
    limit = _limit(question.plain)
    if not (_WHICH.search(question.plain) and (limit or _MOST.search(question.plain))):
        return None
    choices = [c for each in _one_a_table(evidence)
               if (c := _probed(question.plain, limit, each, reader))]  # fmt: skip
    if not choices:
        return None
    best = max(choices, key=lambda c: (_is_of_these(question.plain, c.candidate.row), c.sure))
    among = _among(question.plain, best)
    found = _over(limit, among, best) if limit else _most(question.plain, among, best)
    return (found, best) if found else None


def _one_a_table(evidence: Sequence[Evidence]) -> list[Evidence]:
    """Return the best row of each table, those that tell a sum left out."""
    first: dict[tuple[str, int], Evidence] = {}
    for each in evidence:
        if each.row and not _TOTAL.search(each.row.name):
            first.setdefault((each.document.id, each.row.table), each)
    return list(first.values())[:_TABLES]


def _limit(plain: str) -> _Limit | None:
    """Return the figure that a question gives as a limit, None where it gives none."""
    for told in quantities(plain):
        around = plain[max(0, told.start - 4) : told.qualified.end]
        under = _UNDER.search(around)
        if told.kind in ("amount", "ratio") and told.unit and (under or _OVER.search(around)):
            size, unit = in_base(told.value or Decimal(0), told.unit)
            way = _WAY.search(plain[: told.start])
            start = way.start() if way else told.start
            return _Limit(float(size), unit, not under, start, plain[start : told.qualified.end])
    return None


def _probed(plain: str, limit: _Limit | None, each: Evidence, reader: Reader) -> Choice | None:
    """Return the cell of a row that would answer if the question asked for that row alone."""
    row = each.row
    assert row is not None
    if limit:
        asked = f"{plain[: limit.start]}多少"
    else:
        asked = re.sub(_RANKED, "多少", _BARE.sub("多少", plain, count=1))
    named = _named(plain, [r.labels[-1] for r in table(row, each.document)])
    label = fold(row.labels[-1].text)
    if len(named) > 1:
        asked = re.sub(_JOINT.join(map(re.escape, named)), label, asked)
        asked = _WHICH.sub("", asked, count=1)
    elif label in named:
        asked = _WHICH.sub("", asked, count=1)
    else:
        noun = re.escape(_noun(row))
        asked = re.sub(f"{_WHICH.pattern}(?:{noun})?", label, asked, count=1)
    choice = choose(understand(asked), [each], reader)
    return choice if choice and not choice.candidate.lent else None


def _named(plain: str, fields: Sequence[Field]) -> list[str]:
    """Return the texts that a question has of some labels, in its order."""
    found = {fold(field.text) for field in fields if is_in(plain, field)}
    return sorted(found, key=plain.index)


def _noun(row: Row) -> str:
    return fold(row.labels[-1].heading).removesuffix("名称")


def _is_of_these(plain: str, row: Row) -> bool:
    """Tell whether a question says what the rows of a table are: 哪个景区 of 景区名称."""
    return bool(_noun(row)) and _noun(row) in plain


def _among(plain: str, choice: Choice) -> list[_One]:
    """Return what is compared: down the column of the chosen cell, or along a row named alone."""
    row, asked, each = choice.candidate.row, choice.candidate.field, choice.candidate.evidence
    same = list(table(row, each.document))
    named = _named(plain, [r.labels[-1] for r in same])
    if named == [fold(row.labels[-1].text)]:
        told = [(f.name, f, row) for f in row.fields if f.unit == asked.unit]
        only = [one for one in told if fold(one[0]) in plain]
    else:
        told = [(r.labels[-1].text, f, r) for r in same for f in r.fields
                if f.heading == asked.heading and not _TOTAL.search(r.name)]  # fmt: skip
        only = [one for one in told if fold(one[0]) in named]
    kept = only if len(only) > 1 else told
    return [_One(name, f, r, *size) for name, f, r in kept
            if not _TOTAL.search(name) and (size := _size(f))]  # fmt: skip


def _most(plain: str, among: Sequence[_One], choice: Choice) -> Finding | None:
    """Return what has most, or least where that is asked."""
    if len(among) < 2:
        return None
    size = (min if _LEAST.search(plain) else max)(one.size for one in among)
    winners = [one for one in among if one.size == size]
    remark = f"{winners[0].field.told}，按表中 {len(among)} 项比较得出。"
    return _told(winners, choice, remark)


def _over(limit: _Limit, among: Sequence[_One], choice: Choice) -> Finding | None:
    """Return what is on the asked side of a limit."""
    held = [one for one in among if limit.holds(one)]
    if not held:
        return None
    remark = f"按表中 {len(among)} 项，{limit.said}的有 {len(held)} 项。"
    return _told(held, choice, remark)


def _told(held: Sequence[_One], choice: Choice, remark: str) -> Finding:
    names = "、".join(dict.fromkeys(one.name for one in held))
    page = choice.candidate.evidence.page
    cited = tuple(dict.fromkeys(q for one in held for q in quotes(one.row, page)))
    fact = "，".join(f"{one.name}{choice.candidate.field.name}{one.field.told}" for one in held)
    cell = held[0].field.cell
    mark = Span(cell.start, cell.end) if len(held) == 1 else None
    said = "，".join(one.row.spoken()[0] for one in held)
    return Finding(names, cited, fact, remark=remark, focus=mark, said=said)


def _size(field: Field) -> tuple[float, str] | None:
    """Return the figure that a cell begins with, in the smallest unit of its kind."""
    told = next((q for q in quantities(field.told) if q.kind != "date"), None)
    if told is None or told.value is None:
        return None
    size, unit = in_base(told.value, told.unit)
    return float(size), unit
