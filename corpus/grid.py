"""A table as a grid: which cell stands where, what heads a column, and which columns name a row."""

import re
from collections.abc import Iterator

from corpus.layout import Cell, Table
from corpus.quantities import quantities

_VALUE = re.compile(r"[-+−±约超<>≤≥]{0,2}\d[\d,]*(?:\.\d+)?(?!年|月|\d)\D{0,8}")
_IN_BRACKETS = re.compile(r"[（(]([^（）()]{1,10})[）)]")
_UNIT_HEADING = re.compile(r"(?:计量)?单位")
_SERIAL = re.compile(r"序号|编号|行次|№|(?i:no\.?)")
_SUM = re.compile(r".{0,4}(?:合计|总计|小计|共计)")
_CODE = re.compile(r"[A-Za-z]{0,4}-?\d[\w.-]*")


def unit_in(name: str) -> str:
    """Return the unit that a name holds in brackets: 万人 of 新增就业（万人）, "" without one."""
    return next((found[1] for found in _units(name)), "")


def without_unit(name: str) -> str:
    """Return a name without the units that it holds in brackets."""
    for found in reversed(list(_units(name))):
        name = name[: found.start()] + name[found.end() :]
    return name


def _units(name: str) -> Iterator[re.Match[str]]:
    """Yield the brackets that hold a unit."""
    return (found for found in _IN_BRACKETS.finditer(name) if _is_unit(found[1]))


def _is_unit(text: str) -> bool:
    """Tell whether a figure may have this for its unit: 万人次, 元/平方米."""
    counted = text.partition("/")[0]
    return [(q.start, q.end) for q in quantities(f"1{counted}")] == [(0, len(counted) + 1)]


class Grid:
    """A table with its cells by place, those of merged ones at every place they cover.

    `body` are the rows that are no headings; `serial` the columns that only number the rows,
    `units` those that say units, `named` those whose cells name a row.
    """

    def __init__(self, text: str, table: Table) -> None:
        self.text, self.table = text, table
        self.at = {
            (row, column): cell
            for cell in table.cells
            for row in range(cell.row, cell.row + cell.rows)
            for column in range(cell.column, cell.column + cell.columns)
        }
        self.width = 1 + max(column for _, column in self.at)
        self.body = range(table.headers, 1 + max(cell.row for cell in table.cells))
        self.headings = [self._heading(column) for column in range(self.width)]
        self.serial = {c for c in range(self.width) if self.width > 1 and self._is_serial(c)}
        self.units = {c for c in range(self.width) if self._tells_units(c)}
        self.lines = dict(self._lines())
        self.named = self._named()

    def text_of(self, cell: Cell) -> str:
        """Return what stands in a cell."""
        return self.text[cell.start : cell.end]

    def text_at(self, row: int, column: int) -> str:
        """Return what stands at a place, "" where nothing does."""
        cell = self.at.get((row, column))
        return self.text_of(cell) if cell else ""

    def across(self, row: int) -> dict[int, Cell]:
        """Return the cells of a row by the first column of each that is not a serial one."""
        held: dict[Cell, int] = {}
        for column in range(self.width):
            if column not in self.serial and (cell := self.at.get((row, column))):
                held.setdefault(cell, column)
        return {column: cell for cell, column in held.items()}

    def is_group(self, row: int) -> bool:
        """Tell whether a row has one cell alone, at its left: a heading inside a table."""
        held = {self.at[row, c] for c in range(self.width) if (row, c) in self.at}
        return self.width > 1 and held == {self.at.get((row, 0))}

    def _lines(self) -> Iterator[tuple[int, tuple[int, int]]]:
        """Yield the rows with where their lines stand in the text."""
        seen = set[int]()
        for cell in self.table.cells:
            if cell.row in seen:
                continue
            seen.add(cell.row)
            start = self.text.rfind("\n", 0, cell.start) + 1
            end = self.text.find("\n", cell.end)
            line = self.text[start : end if end >= 0 else len(self.text)]
            lead = len(line) - len(line.lstrip())
            yield cell.row, (start + lead, start + len(line.rstrip()))

    def _heading(self, column: int) -> str:
        """Return the headings above a column, the highest first."""
        above = (self.at.get((row, column)) for row in range(self.table.headers))
        return "".join(dict.fromkeys(self.text_of(cell) for cell in above if cell))

    def _told(self, column: int) -> list[str]:
        """Return what stands in a column below the headings."""
        return [self.text_at(row, column) for row in self.body if (row, column) in self.at]

    def _is_serial(self, column: int) -> bool:
        """Tell whether a column only numbers the rows."""
        if _SERIAL.fullmatch(self.headings[column]):
            return True
        told = self._told(column)
        return column == 0 and told == [str(n + 1) for n in range(len(told))]

    def _tells_units(self, column: int) -> bool:
        """Tell whether a column says units, not which 单位 of people it is."""
        told = self._told(column)
        known = sum(map(_is_unit, told))
        return bool(_UNIT_HEADING.fullmatch(self.headings[column])) and known * 2 > len(told)

    def _named(self) -> set[int]:
        """Return the columns that name a row: of those of words the first that tell rows apart."""
        plain = [c for c in range(self.width) if c not in self.serial | self.units]
        words = [c for n, c in enumerate(plain) if n == 0 or not self._is_of(c, _CODE)]
        figures = [n for n, c in enumerate(words) if n and self._is_of(c, _VALUE)]
        before = words[: figures[0]] if figures else words
        for n in range(1, len(before) + 1):
            if self._tells_apart(before[:n]):
                return set(before[:n])
        return set(before if figures else before[:1])

    def _is_of(self, column: int, kind: re.Pattern[str]) -> bool:
        """Tell whether most cells of a column are of a kind."""
        told = self._told(column)
        return sum(bool(kind.fullmatch(text)) for text in told) * 2 > len(told)

    def _tells_apart(self, columns: list[int]) -> bool:
        found = [
            tuple(self.text_at(row, c) for c in columns)
            for row in self.body
            if not (self.is_group(row) or _SUM.fullmatch(self.text_at(row, columns[0])))
        ]
        return len(set(found)) == len(found)
