"""The letters of a PDF page with their places, upright, by PDFium; letters to pieces.

PDFium sets right the radicals that look like characters (⺠ for 民), which other readers keep.
"""

import ctypes
import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

import pypdfium2
from pypdfium2 import raw

from corpus.loaders.pages.pieces import GAP, Piece, is_wide

_SAMPLE = 50  # letters that are asked how they stand
_HYPHENS = {"\x02", "\ufffe", "\xad"}  # how PDFium tells a hyphen that ends a line


class Letter(NamedTuple):
    """A character and its box; `made` is a blank that PDFium put in for a gap."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    made: bool = False


@dataclass(frozen=True, slots=True)
class Turn:
    """How a page is turned until its text is upright, in quarters to the left."""

    quarters: int = 0

    def upright(self, x: float, y: float) -> tuple[float, float]:
        """Return a point of the page, where y goes up, as one where text is upright, y down."""
        return ((x, -y), (-y, -x), (-x, y), (y, x))[self.quarters]

    def box(self, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        """Return the left, top, right and bottom of a box of the page."""
        (ax, ay), (bx, by) = self.upright(x0, y0), self.upright(x1, y1)
        return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)


def turn_of(text: pypdfium2.PdfTextPage) -> Turn:
    """Return how most letters of a page are turned."""
    count = text.count_chars()
    sample = range(0, count, max(1, count // _SAMPLE))
    angles = (
        raw.FPDFText_GetCharAngle(text, i) for i in sample if not raw.FPDFText_IsGenerated(text, i)
    )
    quarters = Counter(round(angle / (math.pi / 2)) % 4 for angle in angles)
    return Turn(quarters.most_common(1)[0][0] if quarters else 0)


def letters(text: pypdfium2.PdfTextPage, turn: Turn) -> list[Letter]:
    """Return the letters of a page in the order of the file.

    The ends of lines that PDFium adds are not among them: it breaks turned text after each letter.
    """
    box, found = raw.FS_RECTF(), list[Letter]()
    for i in range(text.count_chars()):
        char = chr(raw.FPDFText_GetUnicode(text, i))
        if char in "\r\n":
            continue
        raw.FPDFText_GetLooseCharBox(text, i, ctypes.byref(box))
        place = turn.box(box.left, box.bottom, box.right, box.top)
        if found and "\ud800" <= found[-1].text <= "\udbff":  # half of a character
            found[-1] = found[-1]._replace(text=_whole(found[-1].text + char))
            continue
        made = char.isspace() and bool(raw.FPDFText_IsGenerated(text, i))
        found.append(Letter("-" if char in _HYPHENS else char, *place, made))
    return found


def pieces(found: Iterable[Letter]) -> list[Piece]:
    """Return letters as pieces, cut where lines end and at gaps wider than a letter."""
    runs: list[list[Letter]] = [[]]
    blank: Letter | None = None
    for letter in found:
        if letter.text.isspace():
            blank = letter if blank is None or blank.made else blank
        elif letter.text.isprintable():
            if runs[-1] and not _goes_on(runs[-1][-1], letter):
                runs.append([])
            kept = runs[-1] and blank and _is_kept(runs[-1][-1], blank, letter)
            runs[-1].append(letter._replace(text=" " + letter.text) if kept else letter)
            blank = None
    return [_piece(run) for run in runs if run]


def _goes_on(last: Letter, letter: Letter) -> bool:
    size = max(last.bottom - last.top, letter.bottom - letter.top, last.x1 - last.x0)
    level = abs(last.top + last.bottom - letter.top - letter.bottom) < size
    return level and -size / 2 < letter.x0 - last.x1 < size * 1.5


def _is_kept(before: Letter, blank: Letter, after: Letter) -> bool:
    """Tell whether a blank is the file's own; a gap beside Chinese characters is not."""
    if not blank.made:
        return True
    gap = after.x0 - before.x1 > (after.bottom - after.top) * GAP
    return gap and not is_wide(before.text[-1]) and not is_wide(after.text)


def _piece(run: list[Letter]) -> Piece:
    return Piece(
        "".join(letter.text for letter in run),
        min(letter.x0 for letter in run), min(letter.top for letter in run),
        max(letter.x1 for letter in run), max(letter.bottom for letter in run),
        max(letter.bottom - letter.top for letter in run),
    )  # fmt: skip


def _whole(halves: str) -> str:
    return halves.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
