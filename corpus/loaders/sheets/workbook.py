"""XLSX: the sheets that can be seen, cells as they are shown, read by openpyxl.

python-calamine is faster, but tells no number formats: 36.5% comes out as 0.365.
"""

import re
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from typing import Any

from openpyxl import load_workbook
from openpyxl.styles.numbers import is_date_format

from corpus.loaders import archive
from corpus.loaders.parsed import Box, Parsed, Scribe
from corpus.loaders.sheets import grids

_MOST_CELLS = 1_000_000
_QUOTED = re.compile(r'"([^"]*)"|\\(.)|\[[^\]]*\]|[_*].')
_DIGITS = re.compile(r"[#0?,]+(?:\.([0#?]+))?")


def parse(data: bytes) -> Parsed:
    """Return the sheets, each under its name where there are several, as titles, tables, notes."""
    archive.check(data)
    book = load_workbook(BytesIO(data), data_only=True, rich_text=True)
    scribe = Scribe()
    shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    for sheet in shown:
        if sheet.max_row * sheet.max_column > _MOST_CELLS:
            raise ValueError("the sheet claims too many cells")
        if len(shown) > 1:
            scribe.line(sheet.title, level=1)
        grids.write(scribe, _grid(sheet, scribe))
        for kind, things in (("张图片", sheet._images), ("张图表", sheet._charts)):
            if things:
                scribe.leave_out(kind, len(things))
    for sheet in book.sheetnames:
        if book[sheet].sheet_state != "visible":
            scribe.leave_out(f"隐藏的工作表“{sheet}”")
    _note_formulas(data, book, shown, scribe)
    return scribe.done()


def _grid(sheet: Any, scribe: Scribe) -> grids.Grid:
    """Return the cells that are shown; of a merged one the text where it begins, and its size."""
    rows = [n for n in range(1, sheet.max_row + 1) if not sheet.row_dimensions[n].hidden]
    hidden = _hidden_columns(sheet)
    columns = [n for n in range(1, sheet.max_column + 1) if n not in hidden]
    for count, what in ((sheet.max_row - len(rows), "隐藏的行"), (len(hidden), "隐藏的列")):
        if count:
            scribe.leave_out(f"处{what}", count)
    spans = {(r.min_row, r.min_col): r for r in sheet.merged_cells.ranges}
    covered = {cell for r in sheet.merged_cells.ranges for cell in r.cells} - spans.keys()
    return [
        [None if (r, c) in covered else _box(sheet, r, c, spans.get((r, c)), rows, columns)
         for c in columns]
        for r in rows
    ]  # fmt: skip


def _box(
    sheet: Any, row: int, column: int, span: Any, rows: list[int], columns: list[int]
) -> Box | None:
    cell = sheet._cells.get((row, column))
    text = shown(cell.value, cell.number_format) if cell is not None else ""
    if span is None:
        return Box(text) if text else None
    high = sum(span.min_row <= r <= span.max_row for r in rows)
    wide = sum(span.min_col <= c <= span.max_col for c in columns)
    return Box(text, high, wide)


def _hidden_columns(sheet: Any) -> set[int]:
    return {
        n
        for d in sheet.column_dimensions.values() if d.hidden
        for n in range(d.min or 0, min(d.max or 0, sheet.max_column) + 1)
    }  # fmt: skip


def shown(value: object, form: str = "General") -> str:
    """Return a value as a sheet shows it: 36.5% for 0.365 under 0.0%, 1,234 under #,##0."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime | date | time):
        return _dated(value, form)
    if isinstance(value, int | float):
        return _number(value, form)
    return str(value)


def _number(value: int | float, form: str) -> str:
    plain = _plain(value)
    sections = form.split(";")
    used = sections[1] if value < 0 and len(sections) > 1 else sections[0]
    affixed = _QUOTED.sub(lambda m: m[1] or m[2] or "", used)
    digits = _DIGITS.search(affixed)
    if form in ("General", "@", "") or digits is None or is_date_format(form) or "E" in affixed:
        return plain
    percent = "%" in affixed
    places = digits[1] or ""
    size = Decimal(plain) * (100 if percent else 1)
    told = f"{abs(size) if len(sections) > 1 else size:,.{len(places)}f}"
    for _ in range(places.count("#")):  # an optional place
        told = told.removesuffix("0").removesuffix(".") if "." in told else told
    told = told if "," in digits[0] else told.replace(",", "")
    return f"{affixed[: digits.start()]}{told}{affixed[digits.end() :]}".strip()


def _plain(value: int | float) -> str:
    """Return a number without the noise of floats, as a cell of no format shows it."""
    return str(value) if isinstance(value, int) else f"{Decimal(f'{value:.11g}'):f}"


def _dated(value: datetime | date | time, form: str) -> str:
    if isinstance(value, time):
        return f"{value:%H:%M}"
    has_day = "d" in form.lower() or form == "General"
    if "年" in form or '"年"' in form:
        return f"{value.year}年{value.month}月" + (f"{value.day}日" if has_day else "")
    day = f"{value:%Y-%m-%d}" if has_day else f"{value:%Y-%m}"
    timed = isinstance(value, datetime) and (value.hour or value.minute)
    return f"{day} {value:%H:%M}" if timed else day


def _note_formulas(data: bytes, book: Any, sheets: list[Any], scribe: Scribe) -> None:
    """Note formulas that were never worked out: a file that no spreadsheet program has saved."""
    if b"<f>" not in data and not any(c.value is None for s in sheets for c in s._cells.values()):
        return
    formulas = load_workbook(BytesIO(data))
    lacking = sum(
        cell.data_type == "f" and book[sheet.title]._cells[place].value is None
        for sheet in formulas.worksheets if sheet.sheet_state == "visible"
        for place, cell in sheet._cells.items()
    )  # fmt: skip
    if lacking:
        scribe.leave_out("个没有算出结果的公式", lacking)
