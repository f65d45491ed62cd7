"""What stands in the cells of a sheet, taken apart: titles, tables, notes."""

from collections.abc import Iterator, Sequence
from itertools import dropwhile

from corpus.loaders.captions import caption
from corpus.loaders.parsed import Box, Scribe, header_rows

Grid = list[list[Box | None]]


def write(scribe: Scribe, grid: Grid) -> None:
    """Write the tables of a sheet, blank rows between them, and single lines above and below.

    Columns that are blank throughout are left out.
    """
    above: list[str] = []
    for block in _blocks(_without_blank_columns(grid)):
        first, last = _table_rows(block)
        for row in block[:first]:
            above.append(_line(row))
            scribe.line(above[-1])
        if table := block[first:last]:
            scribe.table(table, header_rows(table), caption(above))
            above = []
        for row in block[last:]:
            above.append(_line(row))
            scribe.line(above[-1])


def _blocks(grid: Grid) -> Iterator[Grid]:
    """Yield the runs of rows that are not blank, nor covered by a cell from above."""
    block: Grid = []
    open_rows = 0
    for row in grid:
        if any(_filled(row)) or open_rows > 0:
            block.append(row)
        elif block:
            yield block
            block = []
        open_rows = max([open_rows, *(box.rows for box in row if box)]) - 1
    if block:
        yield block


def _table_rows(block: Grid) -> tuple[int, int]:
    """Return the first and (exclusive) last row of the table: those that have several cells.

    A row of one cell inside is a heading of the table's own; one above of few, with a colon, says
    who filled the sheet in and when.
    """
    several = [n for n, row in enumerate(block) if len(_filled(row)) > 1]
    several = list(dropwhile(lambda n: _is_note(block[n]), several))
    if len(several) < 2:
        return len(block), len(block)
    return several[0], several[-1] + 1


def _is_note(row: Sequence[Box | None]) -> bool:
    wide = sum(box.columns for box in row if box and box.text.strip())
    return wide * 2 < len(row) and any(":" in text or "：" in text for text in _filled(row))


def _filled(row: Sequence[Box | None]) -> list[str]:
    return [box.text for box in row if box and box.text.strip()]


def _line(row: Sequence[Box | None]) -> str:
    return " ".join(" ".join(_filled(row)).split())


def _without_blank_columns(grid: Grid) -> Grid:
    width = max(map(len, grid), default=0)
    padded = [row + [None] * (width - len(row)) for row in grid]
    covered = {
        c
        for row in padded
        for at, box in enumerate(row)
        if box and box.text.strip()
        for c in range(at, min(at + box.columns, width))
    }
    return [[row[c] for c in sorted(covered)] for row in padded]
