"""The ruled lines of a PDF page, and the frames of tables that they make.

A frame is known by the lines that cross. The outer sides need not be ruled: tables of Chinese
statistics are often open at the left and right. Where no line parts two places they are one cell.
"""

import ctypes
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

import pypdfium2
from pypdfium2 import raw

from corpus.loaders.pdf.letters import Turn

_NEAR = 3.0  # points; double lines and lines that nearly meet are this near
_NARROWEST = 6.0  # of a column or row
_MOST_OBJECTS, _MOST_POINTS, _MOST_RULES, _MOST_CELLS = 20_000, 40_000, 600, 20_000

_GAP = 1.5  # rows

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line from `start` to `end`, at height or breadth `at`."""

    at: float
    start: float
    end: float


Group = tuple[list[Rule], list[Rule]]  # that cross: rows, columns


@dataclass(frozen=True, slots=True)
class Frame:
    """The grid of a table: where columns and rows begin and end, and cells with their spans.

    `cells` are the row, column, rows and columns of each, row by row.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[tuple[int, int, int, int], ...]


def frames(page: pypdfium2.PdfPage, turn: Turn) -> list[Frame]:
    """Return the frames of the tables of a page; none where lines are a drawing's, being many."""
    flat, upright = list[Rule](), list[Rule]()
    for (ax, ay), (bx, by) in _strokes(page, turn):
        if abs(ay - by) < 1 <= abs(ax - bx):
            flat.append(Rule((ay + by) / 2, min(ax, bx), max(ax, bx)))
        elif abs(ax - bx) < 1 <= abs(ay - by):
            upright.append(Rule((ax + bx) / 2, min(ay, by), max(ay, by)))
    flat, upright = _merged(flat), _merged(upright)
    if len(flat) + len(upright) > _MOST_RULES:
        return []
    found = (_frame(rows, columns) for rows, columns in _closed(_groups(flat, upright)))
    return [frame for frame in found if frame]


def _strokes(page: pypdfium2.PdfPage, turn: Turn) -> Iterator[tuple[Point, Point]]:
    """Yield the straight strokes of a page, a thin filled box being one too."""
    if raw.FPDFPage_CountObjects(page) > _MOST_OBJECTS:
        return
    points = 0
    for shape in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=4):
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        raw.FPDFPath_GetDrawMode(shape, fill, stroke)
        points += raw.FPDFPath_CountSegments(shape)
        if points > _MOST_POINTS:
            return
        for outline in _outlines(shape) if fill.value or stroke.value else ():
            corners = [turn.upright(x, y) for x, y in outline]
            if thin := _thin(corners):
                yield thin
            elif stroke.value:
                yield from pairwise(corners)


def _outlines(shape: pypdfium2.PdfObject) -> Iterator[list[Point]]:
    """Yield the corners of each part of a shape, in the page's places; curves are passed over."""
    matrices, within = [shape.get_matrix()], shape.container
    while within:
        matrices.append(within.get_matrix())
        within = within.container
    corners: list[Point] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for i in range(raw.FPDFPath_CountSegments(shape)):
        segment = raw.FPDFPath_GetPathSegment(shape, i)
        kind = raw.FPDFPathSegment_GetType(segment)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        at = (x.value, y.value)
        for matrix in matrices:
            at = matrix.on_point(*at)
        if kind != raw.FPDF_SEGMENT_LINETO and corners:
            yield corners
            corners = []
        if kind != raw.FPDF_SEGMENT_BEZIERTO:
            corners.append(at)
        if raw.FPDFPathSegment_GetClose(segment) and corners:
            corners.append(corners[0])
    if corners:
        yield corners


def _thin(corners: list[Point]) -> tuple[Point, Point] | None:
    """Return the line that a thin box is."""
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    (x0, x1), (y0, y1) = (min(xs), max(xs)), (min(ys), max(ys))
    if y1 - y0 <= _NEAR < x1 - x0:
        return (x0, (y0 + y1) / 2), (x1, (y0 + y1) / 2)
    if x1 - x0 <= _NEAR < y1 - y0:
        return ((x0 + x1) / 2, y0), ((x0 + x1) / 2, y1)
    return None


def _merged(rules: Iterable[Rule]) -> list[Rule]:
    """Return rules as long as they go: parts of one line are one, and so are lines side by side."""
    lines: list[list[Rule]] = []
    for rule in sorted(rules, key=lambda rule: rule.at):
        if lines and rule.at - lines[-1][0].at <= _NEAR:
            lines[-1].append(rule)
        else:
            lines.append([rule])
    merged: list[Rule] = []
    for line in lines:
        at, first = sum(rule.at for rule in line) / len(line), len(merged)
        for rule in sorted(line, key=lambda rule: rule.start):
            if len(merged) > first and rule.start <= merged[-1].end + _NEAR:
                merged[-1] = Rule(at, merged[-1].start, max(merged[-1].end, rule.end))
            else:
                merged.append(Rule(at, rule.start, rule.end))
    return merged


def _groups(flat: list[Rule], upright: list[Rule]) -> Iterator[Group]:
    """Yield the rules that cross, directly or by others."""
    left = set(upright)
    while left:
        columns, rows, new = list[Rule](), list[Rule](), [left.pop()]
        while new:
            columns += new
            rows += [r for r in flat if r not in rows and any(_cross(r, c) for c in new)]
            new = [c for c in left if any(_cross(r, c) for r in rows)]
            left.difference_update(new)
        yield rows, columns


def _closed(groups: Iterable[Group]) -> list[Group]:
    """Return groups, those made one that only a row without columns or sides parts."""
    closed: list[Group] = []
    for rows, columns in sorted(groups, key=lambda group: min((r.at for r in group[0]), default=0)):
        if closed and _is_parted(closed[-1], (rows, columns)):
            closed[-1] = (closed[-1][0] + rows, closed[-1][1] + columns)
        else:
            closed.append((rows, columns))
    return closed


def _is_parted(upper: Group, lower: Group) -> bool:
    """Tell whether two groups have the same columns and a gap of hardly more than a row."""
    if len(upper[0]) < 2 or len(lower[0]) < 2:
        return False
    high, low = sorted(r.at for r in upper[0]), sorted(r.at for r in lower[0])
    row = max(b - a for a, b in pairwise([*high]))
    sides = [{round(rule.at / _NEAR) for rule in columns} for _, columns in (upper, lower)]
    return sides[0] == sides[1] and 0 < low[0] - high[-1] < _GAP * row


def _cross(flat: Rule, upright: Rule) -> bool:
    return (
        flat.start - _NEAR <= upright.at <= flat.end + _NEAR
        and upright.start - _NEAR <= flat.at <= upright.end + _NEAR
    )


def _frame(rows: list[Rule], columns: list[Rule]) -> Frame | None:
    if len(rows) < 2:
        return None
    xs = _places(columns, rows)
    ys = _places(rows, columns)
    if len(xs) < 3 or len(ys) < 2 or len(xs) * len(ys) > _MOST_CELLS:
        return None
    return Frame(xs, ys, tuple(_cells(xs, ys, rows, columns)))


def _places(rules: list[Rule], across: list[Rule]) -> tuple[float, ...]:
    """Return where rules stand, and where those that cross them end."""
    ends = [min(rule.start for rule in across), max(rule.end for rule in across)]
    places: list[float] = []
    for place in sorted([*(rule.at for rule in rules), *ends]):
        if not places or place - places[-1] >= _NARROWEST:
            places.append(place)
    return tuple(places)


def _cells(
    xs: tuple[float, ...], ys: tuple[float, ...], rows: list[Rule], columns: list[Rule]
) -> Iterator[tuple[int, int, int, int]]:
    """Yield the cells: from each place to the right and down until a rule."""
    right, below = _walls(columns, xs, ys), _walls(rows, ys, xs)
    taken: set[tuple[int, int]] = set()
    for row in range(len(ys) - 1):
        for column in range(len(xs) - 1):
            if (row, column) in taken:
                continue
            wide = high = 1
            while (
                column + wide < len(xs) - 1
                and (column + wide, row) not in right
                and (row, column + wide) not in taken
            ):
                wide += 1
            while row + high < len(ys) - 1 and (row + high, column) not in below:
                high += 1
            taken |= {(row + r, column + c) for r in range(high) for c in range(wide)}
            yield row, column, high, wide


def _walls(
    rules: list[Rule], places: tuple[float, ...], along: tuple[float, ...]
) -> set[tuple[int, int]]:
    """Return the numbers of the place and of the stretch along it that each rule walls off."""
    middles = [(a + b) / 2 for a, b in pairwise(along)]
    return {
        (number, stretch)
        for rule in rules
        for number, place in enumerate(places)
        if abs(place - rule.at) < _NARROWEST
        for stretch, middle in enumerate(middles)
        if rule.start <= middle <= rule.end
    }
