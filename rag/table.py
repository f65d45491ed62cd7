"""A table over reports: a row a report, its figure as written, the citation it stands in."""

from collections.abc import Mapping
from dataclasses import dataclass

_HEADS = ("地区", "年份", "写法", "数值", "上限", "单位", "原文")


@dataclass(frozen=True, slots=True)
class Row:
    """What one report says: `value` as it is written, its `low` and `high` ends in `unit`.

    `size` is the middle of the figure in its smallest unit, so that rows compare. `n` is the number
    of the citation it stands in.
    """

    place: str
    year: int | None
    value: str
    low: float | None
    high: float | None
    unit: str
    n: int
    document_id: str
    size: float | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """Rows in the order in which they were asked for, and the places that give no such figure."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    missing: tuple[str, ...] = ()


Cell = str | int | float


def cells(table: Table, quotes: Mapping[int, str]) -> list[tuple[Cell, ...]]:
    """Return a table as rows under a head of Chinese names, each with its sentence."""
    told = [
        (r.place, r.year or "", r.value, "" if r.low is None else r.low,
         "" if r.high is None else r.high, r.unit, quotes[r.n])
        for r in table.rows
    ]  # fmt: skip
    return [_HEADS, *told, *((place, "", "没有给出", "", "", "", "") for place in table.missing)]
