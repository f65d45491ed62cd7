"""Where words stand in many documents, and which of their sentences are like them."""

from bisect import bisect_right
from collections.abc import Collection, Sequence
from copy import copy

import numpy as np
from numpy.typing import NDArray

from corpus.documents import Document, Sentence
from corpus.structure import outline
from rag.wording.figuremarks import in_figure
from rag.wording.grams import GRAM, Grams, Integers
from rag.wording.wordform import Words, read

_SEPARATOR = "\n"  # between documents; never in a stream
_MOST_POSTINGS = 20_000  # about as many are looked at for one piece, the rarest grams first


class Places:
    """The streams of all documents, one after another; a position counts characters in that.

    Memory grows with the text: beside it and its stream, twelve bytes a character.
    """

    def __init__(self, documents: Sequence[Document]) -> None:
        self.documents = tuple(documents)
        self.words = [read(document.text) for document in self.documents]
        self.outlines = [outline(document).sentences for document in self.documents]
        self.bases = [0]
        for words in self.words:
            self.bases.append(self.bases[-1] + len(words.stream) + 1)
        self.stream = "".join(words.stream + _SEPARATOR for words in self.words)
        self._grams = Grams(self.stream)
        self._bounds = self._sentence_bounds()
        self._sentence_of = self._sentence_numbers()
        self.searched = list(range(len(self.documents)))  # numbers of documents, in order

    def only(self, ids: Collection[str]) -> "Places":
        """Return the same places, of which only those in documents of these ids are found.

        Nothing is read again; the time is that of looking once at every posting.
        """
        view = copy(self)
        view.searched = [k for k in self.searched if self.documents[k].id in ids]
        held = np.zeros(len(self.stream), bool)
        for number in view.searched:
            held[self.bases[number] : self.bases[number + 1]] = True
        view._grams = self._grams.only(held)
        return view

    def document(self, position: int) -> int:
        """Return the number of the document a position is in."""
        return bisect_right(self.bases, position) - 1

    def documents_of(self, positions: Sequence[int]) -> list[int]:
        """Return the numbers of the documents that hold any of the positions, in order."""
        numbers = np.searchsorted(self.bases, np.asarray(positions, np.int64), side="right") - 1
        return [int(number) for number in np.unique(numbers)]

    def part(self, start: int, end: int) -> Words:
        """Return the words at positions `start` to `end` of one document."""
        number = self.document(start)
        return self.words[number].part(start - self.bases[number], end - self.bases[number])

    def sentence(self, position: int) -> tuple[int, int] | None:
        """Return start and end of the sentence at a position; None for page furniture."""
        number = int(self._sentence_of[position])
        return self.bounds(number) if number < len(self._bounds) else None

    def around(self, position: int) -> tuple[int, int]:
        """Return start and end of the document that a position is in."""
        number = self.document(position)
        return self.bases[number], self.bases[number + 1] - 1

    def bounds(self, number: int) -> tuple[int, int]:
        """Return start and end of sentence `number`, counted through all documents."""
        return int(self._bounds[number, 0]), int(self._bounds[number, 1])

    def sentence_at(self, document: int, offset: int) -> Sentence | None:
        """Return the sentence of a document that holds an offset of its text, if one does."""
        found = self.outlines[document]
        k = bisect_right(found, offset, key=lambda sentence: sentence.start) - 1
        return found[k] if k >= 0 and offset < found[k].end else None

    def whole_figures(self, start: int, end: int) -> tuple[int, int]:
        """Return the positions moved outward to where neither cuts through a figure."""
        while in_figure(self.stream, start):
            start -= 1
        while in_figure(self.stream, end):
            end += 1
        return start, end

    def clause_start(self, position: int) -> int:
        """Return the position at which the clause that `position` is in begins."""
        start, _ = self.sentence(position) or (position, position)
        return max((start + seam for seam in self.part(start, position + 1).seams()), default=start)

    def clause_end(self, position: int) -> int:
        """Return the position at which the clause that goes on at `position` ends."""
        _, end = self.sentence(position) or (0, position)
        seams = self.part(position - 1, end).seams() if position < end else set()
        return min((position - 1 + seam for seam in seams), default=max(end, position))

    def find(self, words: str) -> list[int]:
        """Return every position at which `words` stand, in order; none for less than a trigram."""
        if len(words) < GRAM:
            return []
        lows, highs = self._grams.trigrams(words)
        rarest = int(np.argmin(highs - lows))
        positions = np.sort(self._grams.positions[lows[rarest] : highs[rarest]] - rarest).tolist()
        return [p for p in positions if p >= 0 and self.stream.startswith(words, p)]

    def propose(self, words: str, most: int) -> list[int]:
        """Return the numbers of the `most` sentences that share the rarest grams with `words`."""
        lows, highs = self._grams.trigrams_or_bigrams(words)
        counts = highs - lows
        order = np.argsort(counts, kind="stable")
        earlier = np.cumsum(counts[order]) - counts[order]
        order = order[(counts[order] > 0) & (earlier < _MOST_POSTINGS)]
        if not len(order):
            return []
        hits = np.concatenate([self._grams.positions[lows[i] : highs[i]] for i in order])
        weights = np.repeat(np.log(1 + len(self.stream) / counts[order]), counts[order])
        voted = self._sentence_of[hits]
        first = voted.min()  # in a scope of one report, few are to be counted
        votes = np.bincount(voted - first, weights)[: len(self._bounds) - first]
        if not len(votes):
            return []
        best = np.argpartition(-votes, min(most, len(votes)) - 1)[:most]
        ranked = best[np.lexsort((best, -votes[best]))]
        return [int(first + number) for number in ranked if votes[number] > 0]

    def _sentence_bounds(self) -> Integers:
        """Return start and end of every sentence as positions, one row each."""
        rows = [np.empty((0, 2), np.int64)]
        for base, words, sentences in zip(self.bases, self.words, self.outlines, strict=False):
            offsets = np.array([(s.start, s.end) for s in sentences], np.int64).reshape(-1, 2)
            rows.append(np.searchsorted(words.at, offsets) + base)
        return np.concatenate(rows)

    def _sentence_numbers(self) -> NDArray[np.int32]:
        """Return for every position the number of its sentence, the count of all for none."""
        numbers = np.full(len(self.stream) + 1, len(self._bounds), np.int32)
        for number, (start, end) in enumerate(self._bounds.tolist()):
            numbers[start:end] = number
        return numbers
