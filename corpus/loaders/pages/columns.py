"""The order in which a page is read: two columns one after the other, what crosses them between.

A gutter is a place that hardly a line crosses through much of the page, with lines on both sides
that fill their columns; the columns of a table that is not ruled do not.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from statistics import median

from corpus.loaders.pages.pieces import Grid, Line, Piece, Sheet, line_of, side_by_side

_MOST_PIECES = 2_000
_MIDDLE = (0.3, 0.7)  # where between the sides a gutter may be
_HIGH, _FULL = 0.4, 0.6  # of the text's height with both columns, of a column's width

Block = Piece | Grid


def in_order(sheet: Sheet) -> list[Line | Grid]:
    """Return the lines and tables of a page as they are read."""
    blocks: list[Block] = [*sheet.pieces, *sheet.grids]
    gutter = _gutter(sheet.pieces)
    if gutter is None:
        return _stacked(blocks, (0, round(sheet.width / 50)))
    found: list[Line | Grid] = []
    for band, columned in _bands(blocks, gutter):
        if columned:
            kind = (1, round(sheet.width / 50))
            found += _stacked([b for b in band if b.x1 <= gutter], kind)
            found += _stacked([b for b in band if b.x1 > gutter], kind)
        else:
            found += _stacked(band, (0, round(sheet.width / 50)))
    return found


def _gutter(pieces: Sequence[Piece]) -> float | None:
    """Return where a page is parted into two columns, None where it is not."""
    if not 6 <= len(pieces) <= _MOST_PIECES:
        return None
    left, right = min(p.x0 for p in pieces), max(p.x1 for p in pieces)
    low, high = (left + share * (right - left) for share in _MIDDLE)
    places = sorted({p.x0 - 1 for p in pieces if low < p.x0 < high})
    tall, place = max(((_parted(pieces, x), x) for x in places), default=(0.0, 0.0))
    height = max(p.bottom for p in pieces) - min(p.top for p in pieces)
    return place if tall > _HIGH * height else None


def _parted(pieces: Sequence[Piece], x: float) -> float:
    """Return how high the text is that a place parts into two columns which lines fill."""
    bands = [band for band, columned in _bands(pieces, x) if columned]
    columned = [block for band in bands for block in band]
    before, after = [b for b in columned if b.x1 <= x], [b for b in columned if b.x1 > x]
    if len(before) < 3 or len(after) < 3:
        return 0.0
    if not (_is_filled(before) and _is_filled(after)):
        return 0.0
    return sum(min(_bottom(band, x, 0), _bottom(band, x, 1)) - min(b.top for b in band)
               for band in bands)  # fmt: skip


def _bottom(band: Sequence[Block], x: float, side: int) -> float:
    return max((b.bottom for b in band if (b.x1 > x) == side), default=band[0].top)


def _is_filled(pieces: Sequence[Block]) -> bool:
    width = max(p.x1 for p in pieces) - min(p.x0 for p in pieces)
    return median(p.x1 - p.x0 for p in pieces) >= _FULL * width


def _bands(blocks: Sequence[Block], x: float) -> Iterator[tuple[list[Block], bool]]:
    """Yield what stands between the blocks that cross a place, and those, from the top."""
    band: list[Block] = []
    crossing: bool | None = None
    for block in sorted(blocks, key=lambda block: block.top):
        crosses = block.x0 < x < block.x1
        if band and crosses != crossing:
            yield band, not crossing
            band = []
        crossing = crosses
        band.append(block)
    if band:
        yield band, not crossing


def _stacked(blocks: Sequence[Block], kind: tuple[int, int]) -> list[Line | Grid]:
    """Return the blocks of a column from the top, pieces side by side as one line."""
    lines = [line_of(line) for line in side_by_side([b for b in blocks if isinstance(b, Piece)])]
    left = min((line.x0 for line in lines), default=0.0)
    placed = [replace(line, left=left, kind=kind) for line in lines]
    return sorted([*placed, *(b for b in blocks if isinstance(b, Grid))], key=lambda b: b.top)
