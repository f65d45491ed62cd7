"""Windows: what is read at once, a sentence with neighbours of its paragraph."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from corpus.documents import Document, Sentence, Span
from corpus.rows import Row, rows
from corpus.structure import outline
from index.folding import fold, located

WINDOW_CHARS = 110
_HEADINGS, _HEADING_CHARS = 2, 100


@dataclass(frozen=True, eq=False)
class Page:
    """A document cut into its sentences, each folded once."""

    document: Document

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """Return the sentences of the document, in text order."""
        return outline(self.document).sentences

    @cached_property
    def _starts(self) -> list[int]:
        return [sentence.start for sentence in self.sentences]

    @cached_property
    def _folded(self) -> dict[int, tuple[str, list[int]]]:
        return {}

    def at(self, offset: int) -> int:
        """Return the number of the sentence that holds an offset of the document."""
        return max(0, bisect_right(self._starts, offset) - 1)

    def span(self, number: int) -> Span:
        """Return the characters of a sentence."""
        sentence = self.sentences[number]
        return Span(sentence.start, sentence.end)

    def row(self, number: int) -> Row | None:
        """Return the row of a table that a sentence is, if it is one."""
        return rows(self.document).get(self.sentences[number].start)

    def folded(self, number: int) -> tuple[str, list[int]]:
        """Return a sentence folded, and the place of each of its characters in the sentence.

        A row of a table is read as it is said, with the headings above it.
        """
        if number not in self._folded:
            self._folded[number] = self._located(number)
        return self._folded[number]

    def _located(self, number: int) -> tuple[str, list[int]]:
        if (row := self.row(number)) is None:
            return located(self.span(number).of(self.document.text))
        told, places = row.spoken()
        folded, at = located(told)
        return folded, [places[i] for i in at]


@dataclass(frozen=True, slots=True)
class Window:
    """The sentences `first` to `last` (inclusive) of a page, read for the one at `focus`."""

    page: Page
    first: int
    last: int
    focus: int

    @property
    def heading(self) -> str:
        """Return the title and the nearest headings, folded: what is read before the sentences."""
        section = self.page.sentences[self.focus].section
        return fold(" ".join((self.page.document.label, *section[-_HEADINGS:])))[:_HEADING_CHARS]

    @property
    def texts(self) -> list[str]:
        """Return the sentences, folded."""
        return [self.page.folded(n)[0] for n in range(self.first, self.last + 1)]

    def span(self, start: int, end: int) -> Span:
        """Return where characters of the texts, put together, stand in the document."""
        return Span(self._place(start, False), self._place(end, True))

    def _place(self, at: int, is_end: bool) -> int:
        for number in range(self.first, self.last + 1):
            text, places = self.page.folded(number)
            if at < len(text) or (is_end and at == len(text)) or number == self.last:
                begin = self.page.sentences[number].start
                if is_end and at:
                    return begin + places[at - 1] + 1
                return begin + places[min(at, len(text))]
            at -= len(text)
        raise AssertionError("a window has a sentence")


@lru_cache(maxsize=4_000)
def page(document: Document) -> Page:
    """Return a document as a page, made once."""
    return Page(document)


def window(of: Page, focus: int, chars: int = WINDOW_CHARS) -> Window:
    """Return the window around a sentence: neighbours of its paragraph while they fit.

    The one behind comes before the one in front, as they were put together in training.
    """
    first = last = focus
    size = len(of.folded(focus)[0])
    while step := next(_sides(of, first, last, focus), 0):
        number = last + 1 if step > 0 else first - 1
        size += len(of.folded(number)[0])
        if size > chars:
            break
        first, last = min(first, number), max(last, number)
    return Window(of, first, last, focus)


def _sides(of: Page, first: int, last: int, focus: int) -> Iterator[int]:
    """Yield 1 for a neighbour behind, -1 for one in front, the better one first."""
    if of.row(focus):
        return  # a row is read alone: those around it are of other things
    paragraph = of.sentences[focus].paragraph
    after = last + 1 < len(of.sentences) and of.sentences[last + 1].paragraph == paragraph
    before = first > 0 and of.sentences[first - 1].paragraph == paragraph
    if after and (not before or last - focus <= focus - first):
        yield 1
    if before:
        yield -1
    if after:
        yield 1
