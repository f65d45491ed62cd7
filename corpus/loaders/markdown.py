"""Tables in plain text: Markdown's, between bars, and lines with tabs. The text stays as it is."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from corpus.layout import Cell, Layout, Table
from corpus.loaders.captions import caption
from corpus.loaders.parsed import Box, header_rows

_RULE = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")
_BAR = re.compile(r"(?<!\\)\|")
_CELL_CHARS = 150
Line = tuple[int, str]
Cells = list[tuple[int, int]]


def layout(text: str) -> Layout:
    """Return the tables of a text; offsets count its own code points."""
    lines = _lines(text)
    tables: list[Table] = []
    n = 0
    while n < len(lines):
        found = _barred(lines, n) or _tabbed(lines, n)
        if found is None:
            n += 1
            continue
        rows, headers, after = found
        above = [line.strip() for _, line in lines[max(0, n - 3) : n] if line.strip()]
        tables.append(_table(text, rows, headers, caption(above)))
        n = after
    return Layout(tables=tuple(tables))


def _lines(text: str) -> list[Line]:
    """Return the lines, blank ones too, without their breaks."""
    return [(m.start(), m[1]) for m in re.finditer(r"([^\r\n]*)(?:\r\n|\r|\n|$)", text)]


def _barred(lines: Sequence[Line], n: int) -> tuple[list[Cells], int, int] | None:
    """Return the rows of a Markdown table that begins at a line: a heading above a rule."""
    if n + 1 >= len(lines) or "|" not in lines[n][1]:
        return None
    rule = lines[n + 1][1]
    if "|" not in rule or not _RULE.fullmatch(rule):
        return None
    rows, after = [_between(lines[n], _BAR)], n + 2
    while after < len(lines) and "|" in lines[after][1]:
        rows.append(_between(lines[after], _BAR))
        after += 1
    return rows, 1, after


def _tabbed(lines: Sequence[Line], n: int) -> tuple[list[Cells], int | None, int] | None:
    """Return the rows of a table that begins at a line: lines with as many tabs, of short cells."""
    tabs = lines[n][1].strip().count("\t")
    after = n
    while after < len(lines) and tabs and lines[after][1].strip().count("\t") == tabs:
        after += 1
    rows = [_between(line, re.compile("\t")) for line in lines[n:after]]
    if len(rows) < 2 or any(end - start > _CELL_CHARS for row in rows for start, end in row):
        return None
    return rows, None, after


def _between(line: Line, mark: re.Pattern[str]) -> Cells:
    """Return where the cells of a line stand, bars at its ends and white space left out."""
    start, text = line
    edges = [-1, *(m.start() for m in mark.finditer(text)), len(text)]
    found = []
    for left, right in pairwise(edges):
        piece = text[left + 1 : right]
        lead = len(piece) - len(piece.lstrip())
        at = start + left + 1 + lead
        found.append((at, at + len(piece.strip())))
    if text.lstrip().startswith("|"):
        found = found[1:]
    return found[:-1] if text.rstrip().endswith("|") and mark is _BAR else found


def _table(text: str, rows: Sequence[Cells], headers: int | None, said: str) -> Table:
    grid = [[Box(text[start:end]) for start, end in row] for row in rows]
    return Table(tuple(_cells(rows)), headers or header_rows(grid), said)


def _cells(rows: Sequence[Cells]) -> Iterator[Cell]:
    for r, row in enumerate(rows):
        for c, (start, end) in enumerate(row):
            if end > start:
                yield Cell(r, c, start, end)
