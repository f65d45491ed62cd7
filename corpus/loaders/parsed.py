"""A file's text with its layout, written down line by line by every loader."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.layout import Cell, Layout, Scan, Table


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a loader returns: the text of a file, and its layout."""

    text: str
    layout: Layout = field(default_factory=Layout)


class Again(Exception):  # noqa: N818 - no error: the file is read again
    """Raised by a parser whose file has to be read again as `form`, under the limits of that."""

    def __init__(self, form: str) -> None:
        super().__init__(form)
        self.form = form


@dataclass(frozen=True, slots=True)
class Box:
    """A cell to be written: its text, and how many rows and columns of the grid it covers."""

    text: str
    rows: int = 1
    columns: int = 1


@dataclass(slots=True)
class Scribe:
    """Writes a text and notes where everything stands in it; the text ends without a break."""

    _parts: list[str] = field(default_factory=list)
    _size: int = 0
    _tables: list[Table] = field(default_factory=list)
    _pages: list[int] = field(default_factory=list)
    _headings: list[tuple[int, int]] = field(default_factory=list)
    _scans: list[Scan] = field(default_factory=list)
    _left_out: dict[str, int] = field(default_factory=dict)

    def line(self, text: str, level: int | None = None, confidence: float | None = None) -> None:
        """Write a paragraph; `level` makes it a heading, `confidence` says it was recognized."""
        if not (text := text.strip()):
            return
        start = self._write(text)
        if level is not None:
            self._headings.append((start, level))
        if confidence is not None:
            self._scans.append(Scan(start, start + len(text), round(confidence, 3)))

    def on(self, text: str) -> None:
        """Write text that goes on in the paragraph before, as over the end of a page."""
        self._parts.append(text)
        self._size += len(text)

    def table(self, grid: Sequence[Sequence[Box | None]], headers: int, caption: str = "") -> None:
        """Write a table, a row a line; `grid` has None wherever a merged cell goes on.

        Every row has as many columns. A row without a word is left out.
        """
        cells: list[Cell] = []
        kept = 0
        for number, row in enumerate(grid):
            texts = [" ".join(box.text.split()) if box else "" for box in row]
            if not any(texts):
                headers -= number < headers
                continue
            at = self._write("\t".join(texts).rstrip("\t"))
            for column, (box, text) in enumerate(zip(row, texts, strict=True)):
                if box and text:
                    cells.append(Cell(kept, column, at, at + len(text), box.rows, box.columns))
                at += len(text) + 1
            kept += 1
        if cells:
            self._tables.append(Table(tuple(cells), max(0, headers), caption))

    def page(self) -> None:
        """Begin a page: what is written from here on is on it."""
        self._pages.append(self._size + bool(self._size))

    def page_within(self, offset: int) -> None:
        """Begin a page inside the text that was written last, at an offset of the whole text."""
        self._pages.append(offset)

    @property
    def size(self) -> int:
        """Return how many characters are written."""
        return self._size

    def leave_out(self, what: str, times: int = 1) -> None:
        """Note what is not in the text; `what` is told after its number: 张图片, 个公式."""
        self._left_out[what] = self._left_out.get(what, 0) + times

    def done(self) -> Parsed:
        """Return the text and its layout."""
        left_out = tuple(
            f"{times} {what}" if re.match("[张个处条页]", what) else what
            for what, times in self._left_out.items()
        )
        layout = Layout(
            tuple(self._tables), tuple(min(p, self._size) for p in self._pages),
            tuple(self._headings), tuple(self._scans), left_out,
        )  # fmt: skip
        return Parsed("".join(self._parts), layout)

    def _write(self, text: str) -> int:
        """Write a line and return where it starts."""
        start = self._size + bool(self._size)
        self._parts += ["\n", text] if self._size else [text]
        self._size = start + len(text)
        return start


def header_rows(grid: Sequence[Sequence[Box | None]]) -> int:
    """Return how many rows at the top are headings: those no cell of which is a figure.

    A merged heading (2024年 over 目标 and 完成) makes the rows it covers headings too; a table
    of words alone has one. The last row is never a heading unless it is the only one.
    """
    first = next(
        (n for n, row in enumerate(grid) if any(box and is_value(box.text) for box in row)), 0
    )
    first = first or 1
    top = grid[0] if grid else ()
    covered = max((box.rows for box in top if box), default=1)
    split = any(box and box.columns > 1 for box in top)
    most = max(covered, 2 if split else 1)
    return min(first, most, max(1, len(grid) - 1))


_VALUE = re.compile(r"[-+−±<>≥≤约]?\d[\d,.]*\s*(?!年|月|季度)\D{0,6}(?:左右|以上|以内|以下)?")


def is_value(text: str) -> bool:
    """Tell whether a cell holds a figure, not words."""
    return bool(_VALUE.fullmatch(text.strip()))
