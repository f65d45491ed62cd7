"""The tables of a PDF page: frames filled with the letters inside them."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable

from corpus.loaders.pages.pieces import Grid, joined, line_of, side_by_side
from corpus.loaders.parsed import Box
from corpus.loaders.pdf.letters import Letter, pieces
from corpus.loaders.pdf.rules import Frame

_MOST_IN_A_CELL = 300  # characters on average; more is text set between rules


def tables(found: list[Letter], frames: Iterable[Frame]) -> tuple[list[Grid], list[Letter]]:
    """Return the tables of a page, and the letters that are in none."""
    grids: list[Grid] = []
    for frame in sorted(frames, key=_area):
        inside, outside = _parted(found, frame)
        if grid := _grid(frame, inside):
            grids.append(grid)
            found = outside
    return grids, found


def _area(frame: Frame) -> float:
    return (frame.xs[-1] - frame.xs[0]) * (frame.ys[-1] - frame.ys[0])


def _parted(
    found: list[Letter], frame: Frame
) -> tuple[dict[tuple[int, int], list[Letter]], list[Letter]]:
    """Return the letters of each place of a frame, and those outside."""
    owners = {
        (row + r, column + c): (row, column)
        for row, column, high, wide in frame.cells
        for r in range(high)
        for c in range(wide)
    }
    inside: dict[tuple[int, int], list[Letter]] = defaultdict(list)
    outside: list[Letter] = []
    for letter in found:
        row = bisect_right(frame.ys, (letter.top + letter.bottom) / 2) - 1
        column = bisect_right(frame.xs, (letter.x0 + letter.x1) / 2) - 1
        owner = owners.get((row, column))
        (outside if owner is None else inside[owner]).append(letter)
    return inside, outside


def _grid(frame: Frame, inside: dict[tuple[int, int], list[Letter]]) -> Grid | None:
    """Return a filled frame, None for what is no table: nearly empty, or full of prose."""
    texts = {place: text for place, found in inside.items() if (text := _text(found))}
    written = len({column for _, column in texts})
    if written < 2 or len(texts) * 4 < len(frame.cells):
        return None
    if sum(map(len, texts.values())) > _MOST_IN_A_CELL * len(texts):
        return None
    rows: list[list[Box | None]] = [[None] * (len(frame.xs) - 1) for _ in frame.ys[1:]]
    for row, column, high, wide in frame.cells:
        rows[row][column] = Box(texts.get((row, column), ""), high, wide)
    return Grid(
        frame.xs[0], frame.ys[0], frame.xs[-1], frame.ys[-1], frame.xs, tuple(map(tuple, rows))
    )


def _text(found: list[Letter]) -> str:
    text = ""
    for line in side_by_side(pieces(found)):
        text = joined(text, line_of(line).text)
    return text
