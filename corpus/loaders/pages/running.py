"""The lines that run through pages, headers, footers and page numbers: they are no text."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from corpus.loaders.pages.pieces import Piece, Sheet, side_by_side

_NUMBER = re.compile(
    r"[-—–－·\s]*(?:第\s*)?(\d{1,4})(?:\s*页)?(?:\s*(?:[/／，,]\s*共?|共)\s*\d{1,4}\s*页?)?[-—–－·\s]*"
)
_MOST_LINES = 4  # of a header or footer


def without_running_lines(sheets: Sequence[Sheet]) -> list[Sheet]:
    """Return pages without the lines at their edges that most pages share, numbers masked.

    Numbers that count the pages are left out of any two pages or more.
    """
    pages = [_Page(sheet) for sheet in sheets]
    for end in (0, -1):
        for _ in range(_MOST_LINES):
            running = _shared(pages, end) | _counting(pages, end)
            if not sum([page.drop(end, running) for page in pages]):
                break
    return [page.rest() for page in pages]


class _Page:
    """A page's lines from the top; a table is a line that never runs."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.lines = side_by_side(sheet.pieces)
        self.top = min((grid.top for grid in sheet.grids), default=float("inf"))
        self.bottom = max((grid.bottom for grid in sheet.grids), default=float("-inf"))

    def edge(self, end: int) -> str:
        """Return the first or last line, "" where that is a table or ends a sentence."""
        line = self.lines[end] if self.lines else []
        hidden = not line or (line[0].top > self.top if end == 0 else line[0].top < self.bottom)
        text = "" if hidden else " ".join(piece.text for piece in line)
        return "" if text.endswith(("。", "！", "？", "；")) else text

    def drop(self, end: int, running: set[str]) -> bool:
        """Drop the first or last line where it runs; tell whether it did."""
        runs = bool(self.edge(end)) and _masked(self.edge(end)) in running
        if runs:
            self.lines.pop(end)
        return runs

    def rest(self) -> Sheet:
        kept: list[Piece] = [piece for line in self.lines for piece in line]
        return replace(self.sheet, pieces=kept)


def _shared(pages: Sequence[_Page], end: int) -> set[str]:
    """Return the lines that most pages have at an end, or most of those on the left or right."""
    sides = _common(pages[::2], end, least=3) | _common(pages[1::2], end, least=3)
    return _common(pages, end, least=2) | sides if len(pages) > 2 else set()


def _common(pages: Sequence[_Page], end: int, least: int) -> set[str]:
    edges = Counter(_masked(page.edge(end)) for page in pages if page.edge(end))
    return {line for line, n in edges.items() if n >= least and n > len(pages) // 2}


def _counting(pages: Sequence[_Page], end: int) -> set[str]:
    """Return the lines that count the pages: each a number, one more than on the page before."""
    found = [(n - int(m[1]), _masked(page.edge(end))) for n, page in enumerate(pages)
             if (m := _NUMBER.fullmatch(page.edge(end)))]  # fmt: skip
    steps = Counter(step for step, _ in found)
    step, times = steps.most_common(1)[0] if steps else (0, 0)
    if times < 2 or times * 2 < len(pages):
        return set()
    return {line for at, line in found if at == step}


def _masked(line: str) -> str:
    return re.sub(r"\d+", "#", line.strip())
