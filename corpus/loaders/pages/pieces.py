"""Pieces of text with their place on a page, and how they make lines.

Places are in points, x to the right and y down, the text upright. PDF and recognition both give
pieces; what reads columns, tables and paragraphs out of them does not know which it was.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from corpus.loaders.parsed import Box

_HAN = r"[⺀-鿿豈-﫿𠀀-𳿿]"
_SPREAD = re.compile(rf"(?<!{_HAN}){_HAN}(?: {_HAN})+(?!{_HAN})")
_WIDE = re.compile(r"[⺀-鿿豈-﫿︰-￯𠀀-𳿿—…“”‘’·]")
_IN_FIGURE = re.compile(r"\d[.,]?\n[.,]?\d|\d\n%")
GAP = 0.12  # of the size of letters, between two words


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text without a gap; `size` is the height of its letters."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float = 0.0
    confidence: float | None = None

    @property
    def middle(self) -> float:
        """Return the height in the middle."""
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Grid:
    """A table on a page: its cells, and where its columns begin and end."""

    x0: float
    top: float
    x1: float
    bottom: float
    columns: tuple[float, ...]
    rows: tuple[tuple[Box | None, ...], ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a column, which lies between `left` and `right`; `kind` is of like columns."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    left: float = 0.0
    kind: tuple[int, int] = (0, 0)
    confidence: float | None = None
    is_cut: bool = False  # by gaps, as words are that line up


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is on a page, in no order, and how wide it is."""

    pieces: Sequence[Piece] = ()
    grids: Sequence[Grid] = field(default=())
    width: float = 0.0


def is_wide(text: str) -> bool:
    """Tell whether a character is set without blanks beside it, as Chinese is."""
    return bool(_WIDE.match(text))


def joined(first: str, second: str) -> str:
    """Return two texts as one that goes on, a blank between words of letters only."""
    if not (first and second) or is_wide(first[-1]) or is_wide(second[0]) or first[-1] == "-":
        return first + second
    if _IN_FIGURE.search(f"{first[-2:]}\n{second[:2]}"):
        return first + second
    return f"{first} {second}"


def closed_up(text: str) -> str:
    """Return a text without the blanks that only spread its characters (目 录)."""
    return _SPREAD.sub(lambda found: found[0].replace(" ", ""), text)


def side_by_side(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Return pieces as lines from the top, those of one line from the left."""
    lines: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: piece.middle):
        last = lines[-1][0] if lines else None
        if last and piece.middle - last.middle < max(last.size, piece.size) / 2:
            lines[-1].append(piece)
        else:
            lines.append([piece])
    return [sorted(line, key=lambda piece: piece.x0) for line in lines]


def line_of(pieces: Sequence[Piece]) -> Line:
    """Return pieces that stand side by side as a line, its least sure piece telling how sure."""
    text = pieces[0].text
    for before, piece in pairwise(pieces):
        text += f" {piece.text}" if _is_apart(before, piece) else piece.text
    sure = [piece.confidence for piece in pieces if piece.confidence is not None]
    return Line(
        closed_up(text),
        pieces[0].x0, max(piece.x1 for piece in pieces),
        min(piece.top for piece in pieces), max(piece.bottom for piece in pieces),
        max(piece.size for piece in pieces), confidence=min(sure, default=None),
        is_cut=any(_is_apart(before, piece) for before, piece in pairwise(pieces)),
    )  # fmt: skip


def _is_apart(before: Piece, piece: Piece) -> bool:
    """Tell whether two pieces of a line have a gap between them that a blank stands for."""
    wide = is_wide(before.text[-1]) or is_wide(piece.text[0])
    return piece.x0 - before.x1 > piece.size * (1 if wide else GAP)
