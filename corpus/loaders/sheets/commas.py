"""CSV: rows and cells as they stand, separated by commas, tabs or semicolons."""

import csv
from io import StringIO

from corpus.decoding import decode
from corpus.loaders.parsed import Box, Parsed, Scribe
from corpus.loaders.sheets import grids

_SEEN = 8_000
_MOST_COLUMNS = 2_000


def parse(data: bytes) -> Parsed:
    """Return the tables of a file; rows of one cell above and below them are lines."""
    text = decode(data, "csv")
    rows = list(csv.reader(StringIO(text, newline=""), _dialect(text), strict=False))
    width = max(map(len, rows), default=0)
    if width > _MOST_COLUMNS:
        raise ValueError("too many columns")
    scribe = Scribe()
    grids.write(scribe, [[Box(cell) if cell.strip() else None for cell in row] for row in rows])
    return scribe.done()


def _dialect(text: str) -> type[csv.Dialect]:
    """Return what separates the cells: the mark of which every line has about as many."""

    class Found(csv.excel):
        delimiter = max(",\t;", key=lambda mark: _evenness(text[:_SEEN], mark))

    return Found


def _evenness(text: str, mark: str) -> int:
    counts = [line.count(mark) for line in text.splitlines() if line.strip()]
    return max((sum(n == count for n in counts) for count in set(counts) - {0}), default=0)
