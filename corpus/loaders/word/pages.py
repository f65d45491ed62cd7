"""Where the pages of a Word file begin, as Word noted when it laid the file out."""

from collections.abc import Sequence

from lxml.etree import _Element

from corpus.loaders.parsed import Box, Scribe
from corpus.loaders.word import tables
from corpus.loaders.word.runs import Line


class Pages:
    """Notes the pages of what a scribe writes, the first where it stands now."""

    def __init__(self, scribe: Scribe) -> None:
        self._scribe = scribe
        self._asked = False  # whether nothing is written since a page was asked for
        scribe.page()

    def turn(self, line: Line, start: int) -> None:
        """Note the pages that begin in a line; one that was asked for Word notes once more."""
        before = 0
        for at, noted in line.turns:
            self._asked &= at == before
            before = at
            if noted and self._asked:
                self._asked = False
                continue
            self._asked = not noted
            if at < len(line.text):
                self._scribe.page_within(start + at)
            else:
                self._scribe.page()
        self._asked &= before == len(line.text)

    def turn_rows(
        self, rows: Sequence[_Element], boxes: Sequence[Sequence[Box | None]], start: int
    ) -> None:
        """Note the pages that begin with a row; a row over the end of a page is on the first."""
        for row, line in zip(rows, boxes, strict=True):
            before, within = tables.turns(row)
            if before and not self._asked:
                self._scribe.page_within(start)
            self._asked = False
            texts = [" ".join(box.text.split()) if box else "" for box in line]
            size = len("\t".join(texts).rstrip("\t"))
            start += size + bool(size)
            for _ in range(within):
                self._scribe.page_within(start)
