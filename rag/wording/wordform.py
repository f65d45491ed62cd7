"""A text as a stream of word characters that know their places: what is left without marks.

Marks and blanks are left out, full-width forms and Traditional script are folded; the marks of
figures stay.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus.cleaning import PAGE_NUMBER, text_lines
from rag.wording.characters import hugs, in_simplified, is_word, narrow, parts
from rag.wording.figuremarks import figure_marks


@dataclass(frozen=True, slots=True)
class Words:
    """A text and its stream: `stream[i]` stands at `at[i]` (code points) of `text`."""

    text: str
    stream: str
    at: NDArray[np.int32]
    traditional: bool

    def part(self, start: int, end: int) -> "Words":
        """Return the words from `start` to `end`, counted in the stream, end exclusive."""
        return Words(self.text, self.stream[start:end], self.at[start:end], self.traditional)

    def offset(self, k: int) -> int:
        """Return where word character `k` begins, with the point of a figure without nought."""
        place = int(self.at[k])
        pointed = self.stream[k].isdigit() and narrow(self.text[place - 1 : place]) == "."
        return place - 1 if pointed and (not k or not self.stream[k - 1].isdigit()) else place

    def raw(self, start: int, end: int) -> str:
        """Return the text of words `start` to `end`, without the marks around them."""
        return self.text[self.offset(start) : int(self.at[end - 1]) + 1] if start < end else ""

    def gap(self, k: int) -> str:
        """Return what stands in the text between word characters `k - 1` and `k`; `k` from 1."""
        return self.text[int(self.at[k - 1]) + 1 : int(self.at[k])]

    def seams(self) -> set[int]:
        """Return the word characters, but the first, that a mark stands before."""
        apart = np.flatnonzero(np.diff(self.at) > 1) + 1
        return {int(k) for k in apart if any(map(parts, self.gap(int(k))))}

    def pauses(self) -> set[int]:
        """Return the seams at which more than a quotation or a bracket begins or ends."""
        return {k for k in self.seams() if not hugs(narrow(self.gap(k)))}


def read(text: str, *, pasted: bool = False) -> Words:
    """Return the words of a text.

    Of a pasted text single Traditional characters are folded too, and page numbers are left out.
    """
    flat = narrow(text)
    script, traditional = in_simplified(flat, single=pasted)
    codes = np.frombuffer(script.encode("utf-32-le", "surrogatepass"), np.uint32).copy()
    kinds = flat.translate({ord(c): "01"[is_word(c)] for c in set(flat)})
    kept = np.frombuffer(kinds.encode("latin-1"), np.uint8) == ord("1")
    for place, character in figure_marks(flat):
        kept[place], codes[place] = True, ord(character)
    for line in text_lines(text) if pasted else ():
        if PAGE_NUMBER.match(line.of(text)):
            kept[line.start : line.end] = False
    stream = codes[kept].tobytes().decode("utf-32-le", "surrogatepass")
    return Words(text, stream, np.flatnonzero(kept).astype(np.int32), traditional)
