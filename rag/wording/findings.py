"""Finding the sentences of a paste: where they stand, or which places they were made from."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz.distance import Indel

from rag.wording.covering import cover
from rag.wording.ends import Place
from rag.wording.pieces import outer_span
from rag.wording.places import Places
from rag.wording.quoting import Quoted, quoted, verbatim
from rag.wording.wordform import Words

LISTED = 20  # places of the same words that are listed
_TRIED = 60  # that are looked at for those
# A piece is absent when less of its words than this stand in its places, or when it is less like
# its only place. Of sentences and clauses of the report with a word or two changed, 2 % fall below;
# of its clauses looked up in a report without them, 6 % stay above: much the same stands elsewhere.
_COVERED = _ALIKE = 0.55


@dataclass(frozen=True, slots=True)
class Finding:
    """Words `start` to `end` of a paste and where they stand.

    `positions` are those of the very words, `same` the quotes there; without them, `covering` holds
    the places the words were made from, which are none for what is absent.
    """

    start: int
    end: int
    positions: list[int]
    same: list[Quoted]
    covering: list[Place]

    @property
    def more(self) -> int:
        """Return how many places of the very words are not among the quotes."""
        return max(len(self.positions) - len(self.same), 0)

    def at(self, position: int) -> Place:
        """Return the place of the very words at one of their positions."""
        size = self.end - self.start
        return Place(self.start, self.end, position, position + size, size)


class Finder:
    """Finds pastes in the places of all documents."""

    def __init__(self, places: Places) -> None:
        self.places = places

    def whole(self, words: Words) -> Finding:
        """Return where a whole paste stands as one quote, verbatim ones first."""
        positions = self.places.find(words.stream)
        quotes = verbatim(self.places, words.text.strip(), LISTED)
        starts = {(quote.match.document_id, quote.match.start) for quote in quotes}
        for quote in self._same(words, 0, len(words.stream), positions):
            if (quote.match.document_id, quote.match.start) not in starts:
                quotes.append(quote)
        return Finding(0, len(words.stream), positions, quotes, [])

    def find(self, words: Words, start: int, end: int) -> Finding:
        """Return where words `start` to `end` of a paste stand, or what they were made from."""
        piece = words.part(start, end)
        positions = self.places.find(piece.stream)
        if same := self._same(words, start, end, positions):
            return Finding(start, end, positions, same, [])
        covering = cover(self.places, piece)
        found = covering if self._is_enough(piece, covering) else []
        return Finding(start, end, [], [], [place.later(start) for place in found])

    def quote(self, words: Words, place: Place) -> Quoted:
        """Return the quote of one place beside the words that come from it."""
        span = outer_span(words, place.start, place.end)
        return quoted(self.places, words.part(place.start, place.end), span, place.at, place.to)

    def chosen(self, findings: list[Finding]) -> Iterator[Place]:
        """Yield where each finding stands, of many places one that follows the last one's.

        The document that holds most of the paste goes first.
        """
        held = Counter(number for f in findings for number in self._documents(f))
        favourite = max(held, key=lambda number: (held[number], -number), default=0)
        low, high = self.places.bases[favourite : favourite + 2]
        after = low
        for finding in findings:
            if options := finding.positions:
                inside = options[bisect_left(options, low) : bisect_left(options, high)]
                after = next((p for p in inside if p >= after), (inside or options)[0])
                yield finding.at(after)
            yield from finding.covering

    def _documents(self, finding: Finding) -> list[int]:
        positions = finding.positions or [place.at for place in finding.covering]
        return self.places.documents_of(positions)

    def _same(self, words: Words, start: int, end: int, positions: list[int]) -> list[Quoted]:
        """Return the first places at which words are the same to a reader, exact ones first."""
        quotes: list[Quoted] = []
        for at in positions[:_TRIED]:
            found = self.quote(words, Place(start, end, at, at + end - start))
            if found.verdict != "changed" and len(quotes) < LISTED:
                quotes.append(found)
        return sorted(quotes, key=lambda quote: quote.verdict != "exact")

    def _is_enough(self, piece: Words, covering: list[Place]) -> bool:
        """Tell whether a piece comes from its places, or shares no more with them than chance."""
        if sum(place.matched for place in covering) < _COVERED * len(piece.stream):
            return False
        if len(covering) > 1 or covering[0].reordered:
            return True
        source = self.places.stream[covering[0].at : covering[0].to]
        return Indel.normalized_similarity(piece.stream, source) >= _ALIKE
