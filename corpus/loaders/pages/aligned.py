"""Tables without rules down their columns: lines of figures that line up below one another.

A table has at least three columns and three rows with a figure; gaps that run through all rows
part its columns. Lines above that stand over the columns are its headings.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from corpus.loaders.pages.pieces import Grid, Piece, Sheet, line_of, side_by_side
from corpus.loaders.parsed import Box, is_value

_COLUMNS = _ROWS = 3  # the fewest of a table
_BETWEEN = 2  # lines in a row that may stand inside a table without a figure
_HEADS = 3  # lines of headings
_BESIDE = 4  # sizes of letters that a heading in the middle stands beside what is at the left
_APART = 2.8  # from line to line, in sizes of letters
_HIGHEST = 60  # letters in a cell; what is longer is prose

Columns = Sequence[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class _Cell:
    """Pieces of a line without a wide gap between them."""

    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        return line_of(self.pieces).text

    @property
    def x0(self) -> float:
        return self.pieces[0].x0

    @property
    def x1(self) -> float:
        return self.pieces[-1].x1


_Line = list[_Cell]


def with_tables(sheet: Sheet) -> Sheet:
    """Return a page whose lines that make up tables are tables."""
    lines = [_cells(line) for line in side_by_side(sheet.pieces)]
    grids, taken = list(sheet.grids), set[int]()
    for run in _runs(lines):
        if columns := _columns([lines[n] for n in run if _is_row(lines[n])]):
            heads, groups = _heads(lines, run[0], columns)
            run += _last_group(lines, run[-1], columns)
            body = [lines[n] for n in (*groups, *run)]
            grids.append(_grid([lines[n] for n in heads], body, columns))
            taken |= {*heads, *groups, *run}
    if not taken:
        return sheet
    rest = [
        p for n, line in enumerate(lines) if n not in taken for cell in line for p in cell.pieces
    ]
    return replace(sheet, pieces=rest, grids=grids)


def _cells(line: Sequence[Piece]) -> _Line:
    cells = [[line[0]]]
    for before, piece in pairwise(line):
        if piece.x0 - before.x1 > max(before.size, piece.size):
            cells.append([])
        cells[-1].append(piece)
    return [_Cell(tuple(cell)) for cell in cells]


def _is_row(line: _Line) -> bool:
    """Tell whether a line may be a row of a table: of several cells, short, with a figure."""
    texts = [cell.text for cell in line]
    if len(texts) < _COLUMNS or max(map(len, texts)) > _HIGHEST:
        return False
    return any(is_value(text) for text in texts)


def _runs(lines: Sequence[_Line]) -> Iterator[list[int]]:
    """Yield the numbers of lines that may be the body of a table, from first to last."""
    rows = [n for n, line in enumerate(lines) if _is_row(line)]
    run: list[int] = []
    for n in rows:
        if run and not _goes_on(lines, run[-1], n):
            yield from _whole(run)
            run = []
        run.append(n)
    yield from _whole(run)


def _whole(run: list[int]) -> Iterator[list[int]]:
    if len(run) >= _ROWS:
        yield list(range(run[0], run[-1] + 1))


def _goes_on(lines: Sequence[_Line], row: int, next_row: int) -> bool:
    between = lines[row : next_row + 1]
    short = all(len(cell.text) <= _HIGHEST for line in between for cell in line)
    close = all(_gap(a, b) <= _APART for a, b in pairwise(between))
    return next_row - row <= _BETWEEN + 1 and short and close


def _gap(line: _Line, below: _Line) -> float:
    first, second = line[0].pieces[0], below[0].pieces[0]
    return (second.middle - first.middle) / max(first.size, second.size, 1)


def _columns(rows: Sequence[_Line]) -> Columns:
    """Return where the columns lie; none for lines whose cells do not line up."""
    found: list[tuple[float, float]] = []
    for x0, x1 in sorted((cell.x0, cell.x1) for line in rows for cell in line):
        if found and x0 <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], x1))
        else:
            found.append((x0, x1))
    filled = sum(len(line) for line in rows)
    return found if len(found) >= _COLUMNS and filled * 2 > len(found) * len(rows) else []


def _heads(lines: Sequence[_Line], first: int, columns: Columns) -> tuple[range, range]:
    """Return the lines of headings above the first row of a table, and those that group rows."""
    top = bottom = first
    while top and first - top < _HEADS + 1 and _is_head(lines[top - 1], lines[top], columns):
        top -= 1
    while top < first and len(lines[top]) == 1 and len(_over(lines[top][0], columns)) < 2:
        top += 1  # a title: it stands over no columns in particular
    while bottom > top + 1 and _is_group(lines[bottom - 1], columns):
        bottom -= 1
    return range(top, bottom), range(bottom, first)


def _last_group(lines: Sequence[_Line], last: int, columns: Columns) -> list[int]:
    """Return the line below a table that ends the page and heads the rows of the next one."""
    if last + 2 != len(lines) or not _is_group(lines[-1], columns):
        return []
    cell = lines[-1][0]
    is_prose = cell.x1 > columns[1][1] or cell.text.endswith(("。", "；", "："))
    return [] if is_prose or _gap(lines[-2], lines[-1]) > _APART else [last + 1]


def _is_head(line: _Line, below: _Line, columns: Columns) -> bool:
    """Tell whether a line stands over columns: close above, no figures, and nobody's remark."""
    texts = [cell.text for cell in line]
    if _gap(line, below) > _APART or any(is_value(t) or "：" in t for t in texts):
        return False
    beside = _BESIDE * line[0].pieces[0].size if len(line) > 1 else 1
    return all(_apart(cell, columns) <= beside for cell in line)


def _apart(cell: _Cell, columns: Columns) -> float:
    """Return how far a cell stands out beside all columns, or beside the one nearest to it."""
    out = max(columns[0][0] - cell.x0, cell.x1 - columns[-1][1])
    middle = (cell.x0 + cell.x1) / 2
    return min(out, min(max(x0 - middle, middle - x1, 0) for x0, x1 in columns)) if out > 1 else 0


def _is_group(line: _Line, columns: Columns) -> bool:
    """Tell whether a line has one cell alone, at the left: a heading inside a table."""
    return len(line) == 1 and 0 in _over(line[0], columns)


def _over(cell: _Cell, columns: Columns) -> list[int]:
    """Return the columns that a cell stands over, the nearest one where it stands beside all."""
    found = [n for n, (x0, x1) in enumerate(columns) if cell.x0 < x1 and x0 < cell.x1]
    middle = (cell.x0 + cell.x1) / 2
    apart = [max(x0 - middle, middle - x1) for x0, x1 in columns]
    return found or [apart.index(min(apart))]


def _grid(heads: Sequence[_Line], body: Sequence[_Line], columns: Columns) -> Grid:
    rows = [*_headings(heads, columns), *(_row(line, columns) for line in body)]
    pieces = [p for line in (*heads, *body) for cell in line for p in cell.pieces]
    return Grid(
        columns[0][0], min(p.top for p in pieces), columns[-1][1], max(p.bottom for p in pieces),
        tuple(x for column in columns for x in column), tuple(rows),
    )  # fmt: skip


def _row(line: _Line, columns: Columns) -> tuple[Box | None, ...]:
    """Return a line as a row; of one cell alone at the left it is a heading inside the table."""
    row: list[Box | None] = [None] * len(columns)
    if _is_group(line, columns):
        row[0] = Box(line[0].text, columns=len(columns))
        return tuple(row)
    for cell in line:
        at = _over(cell, columns)[0]
        row[at] = Box(f"{before.text} {cell.text}" if (before := row[at]) else cell.text)
    return tuple(row)


def _headings(heads: Sequence[_Line], columns: Columns) -> list[tuple[Box | None, ...]]:
    """Return the headings as rows: each column's own in the last, above it what is over some."""
    own: dict[int, tuple[int, str]] = {}  # by column, the line and the words of its own heading
    above: list[tuple[int, _Cell]] = []
    for n, line in reversed(list(enumerate(heads))):
        for cell in line:
            under = _over(cell, columns)
            if len(under) == 1 and under[0] not in own:
                own[under[0]] = (n, cell.text)
            else:
                above.append((n, cell))
    last: list[Box | None] = [Box(own[c][1]) if c in own else None for c in range(len(columns))]
    rows: list[list[Box | None]] = []
    for _, cell in reversed(above):
        row: list[Box | None] = [None] * len(columns)
        span = _spanned(cell, own, columns)
        row[span.start] = Box(cell.text, columns=len(span))
        rows.append(row)
    return [tuple(row) for row in ([*rows, last] if own else rows)]


def _spanned(cell: _Cell, own: dict[int, tuple[int, str]], columns: Columns) -> range:
    """Return the columns that a heading stands over the middle of, headed by one line below."""
    middle, found = (cell.x0 + cell.x1) / 2, range(0)
    for first in range(len(columns)):
        for last in range(first, len(columns)):
            apart = abs((columns[first][0] + columns[last][1]) / 2 - middle)
            lines = {own[c][0] if c in own else -1 for c in range(first, last + 1)}
            if (
                len(lines) == 1
                and apart <= cell.pieces[0].size * 1.5
                and last - first >= len(found)
            ):
                found = range(first, last + 1)
    under = _over(cell, columns)
    return found or range(under[0], under[-1] + 1)
