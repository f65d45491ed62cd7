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
from corpus.grid import Grid, unit_in, without_unit
from corpus.layout import Cell

_BARE = re.compile(r"[-+−±约超]?\d[\d,]*(?:\.\d+)?(?:左右|以上|以内|以下)?")
_BLANK = re.compile(r"[-—–－/／…\s]*|无数据|不详|暂缺|暂无|待定")
_PART = re.compile(r"(?:其中|#|＃)[:：]?")
_UNIT_LINE = re.compile(r"单位[:：]\s*([^\s，,；;）)]{1,10})")

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

    @property
    def name(self) -> str:
        """Return the headings without the unit they hold."""
        return without_unit(self.heading)

    @property
    def is_blank(self) -> bool:
        """Tell whether the cell says that there is nothing: a dash, 暂缺."""
        return bool(_BLANK.fullmatch(self.text))


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: the labels that name it, its other fields, and where it stands.

    `headings` are where the heading rows of its table stand; `group` is the row inside the table
    that it stands under, or the one that it is a part of (其中); `table` is the number of the
    table in the document; `missing` are the headings of columns where the row has no cell.
    """

    start: int
    end: int
    labels: tuple[Field, ...]
    fields: tuple[Field, ...]
    caption: str
    group: str
    headings: Spans
    table: int
    missing: tuple[str, ...] = ()

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
            yield f"，{field.name}", at, False
            yield field.text, at, field.cell.start >= self.start
            yield field.unit, max(0, field.cell.end - 1 - self.start), False


@lru_cache(maxsize=64)
def rows(document: Document) -> Mapping[int, Row | None]:
    """Return the rows of a document's tables by their offset; heading rows are there as None."""
    found: dict[int, Row | None] = {}
    for number, table in enumerate(document.layout.tables):
        found |= dict(_Reader(Grid(document.text, table), number).rows())
    return found


class _Reader:
    """Reads the rows of a grid in order, for some rows say what those below are of."""

    def __init__(self, grid: Grid, number: int) -> None:
        self.grid, self.number = grid, number
        lines = grid.lines
        self.heads = tuple(lines[row] for row in lines if row not in grid.body)
        found = _UNIT_LINE.search(grid.table.caption)
        self.unit = found[1] if found else ""
        self.group = ""
        self.whole: tuple[str, str] | None = None  # the row that others are a part of, its unit

    def rows(self) -> Iterator[tuple[int, Row | None]]:
        """Yield where each line stands with its row, heading rows as None."""
        for row, (start, end) in sorted(self.grid.lines.items()):
            if row not in self.grid.body:
                yield start, None
            elif self.grid.is_group(row):
                self.group, self.whole = self.grid.text_at(row, 0), None
                yield start, None
            else:
                yield start, self._row(row, start, end)

    def _row(self, row: int, start: int, end: int) -> Row:
        grid = self.grid
        held = {at: cell for at, cell in grid.across(row).items() if at not in grid.serial}
        labels = [Field(cell, grid.text_of(cell), grid.headings[at])
                  for at, cell in held.items() if at in grid.named]  # fmt: skip
        unit, group = self._unit_and_group(row, "".join(label.text for label in labels))
        fields = [self._field(cell, at, unit) for at, cell in held.items()
                  if at not in grid.named and at not in grid.units]  # fmt: skip
        missing = [grid.headings[at] for at in range(grid.width) if (row, at) not in grid.at]
        return Row(start, end, tuple(labels), tuple(fields), grid.table.caption, group, self.heads,
                   self.number, tuple(missing))  # fmt: skip

    def _unit_and_group(self, row: int, name: str) -> tuple[str, str]:
        """Return the unit that bare figures of a row have, and what the row stands under."""
        own = next((self.grid.text_at(row, at) for at in self.grid.units), "") or unit_in(name)
        if not _PART.match(name):
            self.whole = (name, own)
            return own or self.unit, self.group
        whole, of_whole = self.whole or ("", "")
        return own or of_whole or self.unit, "，".join(filter(None, (self.group, whole)))

    def _field(self, cell: Cell, column: int, unit: str) -> Field:
        text, heading = self.grid.text_of(cell), self.grid.headings[column]
        return Field(cell, text, heading, unit_in(heading) or unit if _BARE.fullmatch(text) else "")
