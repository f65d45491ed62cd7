"""What a file knows of its text beyond the characters: tables, pages, headings, scanned lines.

All of it is by offsets (code points, end exclusive) into the text of the same document.
"""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Cell:
    """Characters `start` to `end` at a place of a table's grid, `rows` by `columns` of it."""

    row: int
    column: int
    start: int
    end: int
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """The cells of a table, row by row, of which the first `headers` rows are headings.

    Each row is one line of the text, its cells separated by tabs (in Markdown by bars); of a merged
    cell the text stands once, where it begins. `caption` is what stands above and is said of all.
    """

    cells: tuple[Cell, ...]
    headers: int = 1
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Scan:
    """Characters that were recognized in a picture, and how sure that was, 0 to 1."""

    start: int
    end: int
    confidence: float


@dataclass(frozen=True, slots=True)
class Layout:
    """The tables of a text, where each page begins, headings by offset and level (0 the highest).

    `pages` has an offset a page or slide, the first 0; it is empty where pages cannot be known.
    `left_out` says in Chinese what of the file is not in its text: 3 张图片.
    """

    tables: tuple[Table, ...] = ()
    pages: tuple[int, ...] = ()
    headings: tuple[tuple[int, int], ...] = ()
    scans: tuple[Scan, ...] = ()
    left_out: tuple[str, ...] = ()

    def __hash__(self) -> int:
        """Return a hash that does not walk thousands of cells."""
        return hash((len(self.tables), self.pages, self.headings[:9]))

    def page_at(self, offset: int) -> int | None:
        """Return the number of the page an offset is on, from 1; None where that is not known."""
        return max(1, bisect_right(self.pages, offset)) if self.pages else None

    def confidence(self, start: int, end: int) -> float | None:
        """Return how surely the least sure line of these characters was recognized, None if not."""
        held = [s.confidence for s in self.scans if s.start < end and start < s.end]
        return min(held, default=None)

    @classmethod
    def of(cls, record: Mapping[str, Any]) -> "Layout":
        """Return the layout of a record as `dataclasses.asdict` and JSON leave it."""
        return cls(
            tuple(Table(tuple(Cell(**c) for c in t["cells"]), t["headers"], t["caption"])
                  for t in record.get("tables", ())),
            tuple(record.get("pages", ())),
            tuple((start, level) for start, level in record.get("headings", ())),
            tuple(Scan(**scan) for scan in record.get("scans", ())),
            tuple(record.get("left_out", ())),
        )  # fmt: skip
