"""Lines to paragraphs, over the ends of lines and pages; tables that go on over pages to one."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.loaders.captions import caption
from corpus.loaders.pages.pieces import Grid, Line, joined
from corpus.loaders.parsed import Box, Scribe, header_rows

_SENTENCE_END = re.compile(r"[。！？!?][”’）)]?$")
_NEW_PARAGRAPH = re.compile(
    r"[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)]|第.{1,4}[章条节部]"
)
_FULL = 0.8  # of the longest line of like columns
_LEAST = 7  # letters' sizes; what is shorter is a column of words, no prose
_ALIKE = 1.25  # sizes of letters in one paragraph
_INDENT = (1.2, 3.5)  # letters' sizes
_INDENTED = 0.1  # of all lines where paragraphs are indented
_CONTINUED = re.compile(r"[（(]?续(?:上?表).{0,6}|.{0,30}[（(]续表?[）)]")

Row = tuple[Box | None, ...]


@dataclass(slots=True)
class Paragraph:
    """A paragraph, and where in it further pages begin."""

    page: int
    text: str
    confidence: float | None = None
    breaks: list[tuple[int, int]] = field(default_factory=list)

    def go_on(self, page: int, line: Line) -> None:
        """Add a line, of this page or a later one."""
        grown = joined(self.text, line.text)
        if page > self.last_page:
            self.breaks.append((page, len(grown) - len(line.text)))
        self.text = grown
        if line.confidence is not None:
            self.confidence = min(line.confidence, self.confidence or 1)

    @property
    def last_page(self) -> int:
        """Return the page it ends on."""
        return self.breaks[-1][0] if self.breaks else self.page


@dataclass(slots=True)
class Spread:
    """A table over one page or several; `breaks` are pages and the rows they begin with."""

    page: int
    columns: tuple[float, ...]
    rows: list[Row]
    caption: str
    breaks: list[tuple[int, int]] = field(default_factory=list)

    @property
    def headers(self) -> int:
        """Return how many rows are headings."""
        return header_rows(self.rows)


def write(pages: Sequence[Sequence[Line | Grid]], scribe: Scribe, numbered: bool = True) -> None:
    """Write the lines and tables of pages, in order, as paragraphs and tables.

    Where pages are not `numbered` nothing is noted of them.
    """
    begun = 0 if numbered else len(pages)
    for block in _blocks(pages):
        for _ in range(begun, block.page):
            scribe.page()
        begun = max(begun, block.page)
        start = scribe.size + bool(scribe.size)
        if isinstance(block, Paragraph):
            breaks = block.breaks
            scribe.line(block.text, confidence=block.confidence)
        else:
            breaks = [(page, _size(block.rows[:row])) for page, row in block.breaks]
            scribe.table(block.rows, block.headers, block.caption)
        for page, offset in breaks:
            for _ in range(begun, page):
                scribe.page_within(start + offset)
            begun = page
    for _ in range(begun, len(pages)):
        scribe.page()


def _size(rows: Sequence[Row]) -> int:
    """Return how many characters the Scribe writes of rows, with their ends."""
    texts = ([" ".join(box.text.split()) if box else "" for box in row] for row in rows)
    return sum(len("\t".join(row).rstrip("\t")) + 1 for row in texts if any(row))


def _blocks(pages: Sequence[Sequence[Line | Grid]]) -> list[Paragraph | Spread]:
    shape = _Shape.of([b for page in pages for b in page if isinstance(b, Line)])
    found: list[Paragraph | Spread] = []
    before: Line | None = None
    for number, page in enumerate(pages, start=1):
        for at, block in enumerate(page):
            last = found[-1] if found else None
            if isinstance(block, Grid):
                _add_table(found, number, block)
                before = None
            elif _is_repeated(page[at:], last, number):
                continue
            elif isinstance(last, Paragraph) and before and shape.goes_on(before, block):
                last.go_on(number, block)
                before = block
            else:
                found.append(Paragraph(number, block.text, block.confidence))
                before = block
    return found


@dataclass(frozen=True, slots=True)
class _Shape:
    """How wide the longest lines of each kind of column are, and if paragraphs are indented."""

    widest: dict[tuple[int, int], float]
    indented: bool

    @classmethod
    def of(cls, lines: Sequence[Line]) -> "_Shape":
        widest: dict[tuple[int, int], float] = {}
        for line in lines:
            widest[line.kind] = max(widest.get(line.kind, 0), line.x1 - line.x0)
        times = Counter(_is_indented(line) for line in lines)
        return cls(widest, times[True] > _INDENTED * len(lines))

    def goes_on(self, before: Line, line: Line) -> bool:
        """Tell whether a line goes on in the paragraph of the line before."""
        sizes = sorted((before.size, line.size))
        if before.kind != line.kind or sizes[1] > sizes[0] * _ALIKE:
            return False
        if before.is_cut or not self._is_full(before):
            return False
        if _NEW_PARAGRAPH.match(line.text) or (self.indented and _is_indented(line)):
            return False
        if _inset(line) > _INDENT[1]:  # in the middle: a title goes on with a title
            return _inset(before) > _INDENT[1] and not _SENTENCE_END.search(before.text)
        return self.indented or not _SENTENCE_END.search(before.text)

    def _is_full(self, line: Line) -> bool:
        width = line.x1 - line.x0
        return width >= max(self.widest[line.kind] * _FULL, _LEAST * line.size)


def _inset(line: Line) -> float:
    """Return how far from its column's left a line begins, in sizes of its letters."""
    return (line.x0 - line.left) / (line.size or 1)


def _is_indented(line: Line) -> bool:
    return _INDENT[0] < _inset(line) < _INDENT[1]


def _add_table(found: list[Paragraph | Spread], number: int, grid: Grid) -> None:
    """Add a table, to the one on the page before where it goes on."""
    last = found[-1] if found else None
    if isinstance(last, Spread) and _continues(last, number, grid):
        rows = grid.rows[_repeated(last, grid.rows) :]
        last.breaks.append((number, len(last.rows)))
        last.rows += rows
        return
    found.append(Spread(number, grid.columns, list(grid.rows), _caption(found, number)))


def _continues(last: Spread, number: int, grid: Grid) -> bool:
    ended = last.breaks[-1][0] if last.breaks else last.page
    alike = len(last.columns) == len(grid.columns) and all(
        abs(a - b) < 4 for a, b in zip(last.columns, grid.columns, strict=True)
    )
    same = len(last.columns) == len(grid.columns) and bool(_repeated(last, grid.rows))
    return ended == number - 1 and (alike or same)


def _repeated(last: Spread, rows: Sequence[Row]) -> int:
    """Return how many rows at the top only repeat the headings."""
    top = last.rows[: last.headers]
    return len(top) if _texts(top) == _texts(rows[: len(top)]) else 0


def _texts(rows: Sequence[Row]) -> list[list[str]]:
    return [[box.text if box else "" for box in row] for row in rows]


def _caption(found: Sequence[Paragraph | Spread], page: int) -> str:
    """Return the title and the unit right above a table."""
    above: list[str] = []
    for block in found[-2:]:
        above = [*above, block.text] if isinstance(block, Paragraph) and block.page == page else []
    return caption(above)


def _is_repeated(rest: Sequence[Line | Grid], last: Paragraph | Spread | None, page: int) -> bool:
    """Tell whether a line above a table that goes on says only that, or its caption again."""
    if not (isinstance(last, Spread) and isinstance(rest[0], Line)):
        return False
    grid = next((block for block in rest[:3] if isinstance(block, Grid)), None)
    text = rest[0].text
    said = text in (last.caption, *last.caption.split(" ")) or bool(_CONTINUED.fullmatch(text))
    return said and grid is not None and _continues(last, page, grid)
