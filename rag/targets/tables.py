"""Targets and comparisons as tables to take along: CSV for programs, XLSX for people."""

import csv
from collections.abc import Sequence
from io import BytesIO, StringIO

from xlsxwriter import Workbook

from rag.table import Cell
from rag.targets.comparison import Row
from rag.targets.target import KINDS, Target

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"  # its media type

Table = list[tuple[Cell, ...]]

_HEADS = ("指标", "数值", "单位", "限定", "类别", "章节", "原文", "文档", "起", "止",
          "上限", "写法", "年份", "地区")  # fmt: skip
_WIDEST = 60  # characters of a column


def listing(found: Sequence[Target]) -> Table:
    """Return targets as rows under a head of Chinese names, each with its source."""
    return [_HEADS, *map(_listed, found)]


def comparing(rows: Sequence[Row], titles: Sequence[str]) -> Table:
    """Return a comparison as rows: the indicator, and for each document figure and words."""
    heads = [head for title in titles for head in (title, f"{title}（原文）")]
    return [("指标", *heads), *map(_compared, rows)]


def as_csv(table: Table) -> str:
    """Return a table as CSV; no cell is one that a spreadsheet takes for a formula."""
    written = StringIO()
    csv.writer(written).writerows([_safe(cell) for cell in row] for row in table)
    return written.getvalue()


def as_xlsx(table: Table, name: str) -> bytes:
    """Return a table as a workbook of one sheet: head row fixed, columns to be filtered."""
    written = BytesIO()
    plain = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(written, plain) as book:
        sheet = book.add_worksheet(name)
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        bold = book.add_format({"bold": True, "bottom": 1})
        for number, row in enumerate(table):
            sheet.write_row(number, 0, row, wrapped if number else bold)
        for number, column in enumerate(zip(*table, strict=True)):
            sheet.set_column(number, number, min(_WIDEST, 2 + max(map(_wide, column))))
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, len(table) - 1, len(table[0]) - 1)
    return written.getvalue()


def _listed(t: Target) -> tuple[Cell, ...]:
    value, high, year = ("" if n is None else n for n in (t.value, t.high, t.year))
    return (t.indicator, value, t.unit, t.qualifier, KINDS[t.kind], " › ".join(t.section),
            t.quote, t.document_id, t.start, t.end, high, t.written, year, t.place)  # fmt: skip


def _compared(row: Row) -> tuple[Cell, ...]:
    told = [
        text
        for cell in row.cells
        for text in ("、".join(t.shown for t in cell), "\n".join(t.quote for t in cell))
    ]
    return (row.indicator, *told)


def _safe(cell: Cell) -> str:
    text = cell if isinstance(cell, str) else f"{cell:.15g}"
    risky = isinstance(cell, str) and text.startswith(("=", "+", "-", "@", "\t", "\r"))
    return f"'{text}" if risky else text


def _wide(cell: Cell) -> int:
    """Return the width of a cell, a Han character being two wide."""
    return sum(1 if char.isascii() else 2 for char in str(cell))
