"""The rows of tables: what each is of, and how it reads as a sentence.

城镇新增就业⇥36.2⇥35 under 指标, 2024年完成（万人）, 2025年目标（万人） reads 城镇新增就业，
2024年完成36.2万人，2025年目标35万人. What is read is never quoted: every character of it
leads to one of the row.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from corpus.documents import Document
from corpus.layout import Cell, Table

_BARE = re.compile(r"[-+−±约超]?\d[\d,]*(?:\.\d+)?(?:左右|以上|以内|以下)?")
_VALUE = re.compile(r"[-+−±约超<>≤≥]{0,2}\d[\d,]*(?:\.\d+)?(?!年|月|\d)\D{0,8}")
_IN_BRACKETS = re.compile(r"[（(]([^（）()]{1,10})[）)]$")
_UNIT_LINE = re.compile(r"单位[:：]\s*([^\s，,；;）)]{1,10})")
_UNIT_HEADING = re.compile(r"(?:计量)?单位")
_SERIAL = re.compile(r"序号|编号|行次|№|(?i:no\.?)")
_UNIT = re.compile(r"[%％‰℃a-zA-Z/²³]+|[^\d\s]{1,8}")

Spans = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Field:
    """A cell of a row with the headings above it and the unit that a bare figure in it has."""

    cell: Cell
    text: str
    heading: str
    unit: str = ""

    @property
    def told(self) -> str:
        """Return the cell as it is said, with its unit."""
        return self.text + self.unit


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: the labels that name it, its other fields, and where it stands.

    `headings` are where the heading rows of its table stand; `group` is the row inside the table
    that it stands under, `table` the number of the table in the document.
    """

    start: int
    end: int
    labels: tuple[Field, ...]
    fields: tuple[Field, ...]
    caption: str
    group: str
    headings: Spans
    table: int

    @property
    def name(self) -> str:
        """Return what the row is of."""
        return "".join(dict.fromkeys(label.text for label in self.labels))

    def spoken(self) -> tuple[str, list[int]]:
        """Return the row as a sentence, and for each character, and its end, a place in the row.

        Places are offsets from the start of the row; a heading's characters lead to the cell.
        """
        told, places = "", list[int]()
        for text, at, holds in self._pieces():
            told += text
            places += [at + i if holds else at for i in range(len(text))]
        return told, [*places, self.end - self.start]

    def _pieces(self) -> Iterator[tuple[str, int, bool]]:
        """Yield texts with their offset in the row, and whether they stand there."""
        if self.group:
            yield f"{self.group}，", 0, False
        for label in self.labels:
            at = label.cell.start - self.start
            yield label.text, max(0, at), at >= 0
        for field in self.fields:
            at = max(0, field.cell.start - self.start)
            yield f"，{without_unit(field.heading)}", at, False
            yield field.text, at, field.cell.start >= self.start
            yield field.unit, max(0, field.cell.end - 1 - self.start), False


def without_unit(heading: str) -> str:
    """Return a heading without the unit in brackets at its end."""
    return _IN_BRACKETS.sub("", heading)


@lru_cache(maxsize=64)
def rows(document: Document) -> Mapping[int, Row | None]:
    """Return the rows of a document's tables by their offset; heading rows are there as None."""
    found: dict[int, Row | None] = {}
    for number, table in enumerate(document.layout.tables):
        found |= _Grid(document.text, table, number).rows()
    return found


class _Grid:
    """A table with its cells by place, those of merged ones at every place they cover."""

    def __init__(self, text: str, table: Table, number: int) -> None:
        self.text, self.table, self.number = text, table, number
        self.at = {
            (row, column): cell
            for cell in table.cells
            for row in range(cell.row, cell.row + cell.rows)
            for column in range(cell.column, cell.column + cell.columns)
        }
        self.width = 1 + max(column for _, column in self.at)
        self.body = range(table.headers, 1 + max(cell.row for cell in table.cells))
        self.headings = [self._heading(column) for column in range(self.width)]
        self.serial = self._is_serial()
        self.named = self._named()
        units = _UNIT_LINE.search(table.caption)
        self.unit = units[1] if units else ""

    def rows(self) -> dict[int, Row | None]:
        """Return the rows by where their line starts, heading rows as None."""
        lines = self._lines()
        found: dict[int, Row | None] = {
            start: None for row, (start, _) in lines.items() if row not in self.body
        }
        heads = tuple(line for row, line in lines.items() if row not in self.body)
        group = ""
        for row in self.body:
            if row not in lines:
                continue
            if self._is_group(row):
                group = self._text(self.at[row, 0])
                found[lines[row][0]] = None
            else:
                found[lines[row][0]] = self._row(row, *lines[row], group, heads)
        return found

    def _row(self, row: int, start: int, end: int, group: str, heads: Spans) -> Row:
        held: dict[Cell, int] = {}
        for column in range(self.serial, self.width):
            if cell := self.at.get((row, column)):
                held.setdefault(cell, column)
        labels = [(c, at) for c, at in held.items() if at in self.named]
        unit = next((self._text(c) for c, at in held.items() if self._tells_units(at)), "")
        unit = unit or next((m[1] for c, _ in labels if (m := self._bracketed(c))), "") or self.unit
        fields = [(c, at) for c, at in held.items()
                  if at not in self.named and not self._tells_units(at)]  # fmt: skip
        return Row(
            start, end,
            tuple(Field(c, self._text(c), self.headings[at]) for c, at in labels),
            tuple(self._field(c, at, unit) for c, at in fields),
            self.table.caption, group, heads, self.number,
        )  # fmt: skip

    def _field(self, cell: Cell, column: int, unit: str) -> Field:
        text, heading = self._text(cell), self.headings[column]
        own = _IN_BRACKETS.search(heading)
        unit = own[1] if own and _UNIT.fullmatch(own[1]) else unit
        return Field(cell, text, heading, unit if _BARE.fullmatch(text) else "")

    def _lines(self) -> dict[int, tuple[int, int]]:
        """Return where the line of each row stands."""
        found: dict[int, tuple[int, int]] = {}
        for cell in self.table.cells:
            start = self.text.rfind("\n", 0, cell.start) + 1
            end = self.text.find("\n", cell.end)
            line = self.text[start : end if end >= 0 else len(self.text)]
            lead = len(line) - len(line.lstrip())
            found.setdefault(cell.row, (start + lead, start + len(line.rstrip())))
        return found

    def _text(self, cell: Cell) -> str:
        return self.text[cell.start : cell.end]

    def _heading(self, column: int) -> str:
        """Return the headings above a column, the highest first."""
        above = (self.at.get((row, column)) for row in range(self.table.headers))
        return "".join(dict.fromkeys(self._text(cell) for cell in above if cell))

    def _is_serial(self) -> int:
        """Return how many columns at the left only number the rows: 1 or 0."""
        cells = [self.at[row, 0] for row in self.body if (row, 0) in self.at]
        counted = [self._text(c) for c in cells] == [str(n + 1) for n in range(len(cells))]
        return int(self.width > 1 and (bool(_SERIAL.fullmatch(self.headings[0])) or counted))

    def _named(self) -> range:
        """Return the columns that name a row: before the first of figures, or the first alone."""
        first = self.serial
        for column in range(first + 1, self.width):
            told = [self._text(c) for r in self.body if (c := self.at.get((r, column)))]
            if sum(bool(_VALUE.fullmatch(t)) for t in told) * 2 > len(told):
                plain = [c for c in range(first, column) if not self._tells_units(c)]
                merged = any(self.at[r, first].rows > 1 for r in self.body if (r, first) in self.at)
                return range(first, plain[-1] + 1 if merged else first + 1)
        return range(first, first + 1)

    def _tells_units(self, column: int) -> bool:
        return bool(_UNIT_HEADING.fullmatch(self.headings[column]))

    def _bracketed(self, cell: Cell) -> re.Match[str] | None:
        found = _IN_BRACKETS.search(self._text(cell))
        return found if found and _UNIT.fullmatch(found[1]) else None

    def _is_group(self, row: int) -> bool:
        """Tell whether a row has one cell alone, at its left: a heading inside a table."""
        held = {self.at[row, c] for c in range(self.width) if (row, c) in self.at}
        return self.width > 1 and held == {self.at.get((row, 0))}
