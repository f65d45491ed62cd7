"""Finding the sentences of a paste: where they stand, or which places they were made from."""

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Indel

from rag.wording.checks import Match
from rag.wording.copies import folded, nearest
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
_HOPELESS = 0.4  # of a piece; when no preferred sentence shares as much, the others are asked


@dataclass(frozen=True, slots=True)
class Finding:
    """Words `start` to `end` of a paste and where they stand.

    `positions` are those of the very words, `same` the quotes there; without them, `covering` holds
    the places the words were made from, which are none for what is absent. `elsewhere`: the very
    words in other reports, when `covering` is of the preferred ones.
    """

    start: int
    end: int
    positions: list[int]
    same: list[Quoted]
    covering: list[Place]
    elsewhere: Sequence[Quoted] = ()

    def at(self, position: int) -> Place:
        """Return the place of the very words at one of their positions."""
        size = self.end - self.start
        return Place(self.start, self.end, position, position + size, size)


class Finder:
    """Finds pastes in places, first of all in the preferred documents, given by their ids."""

    def __init__(self, places: Places, preferred: frozenset[str] = frozenset()) -> None:
        self.places = places
        self._ids = preferred
        among = places.only(preferred)
        self._preferred = among if preferred and among.searched else None

    def whole(self, words: Words) -> Finding:
        """Return where a whole paste stands as one quote, verbatim ones first."""
        positions = self.places.find(words.stream)
        text = words.text.strip()
        quotes: dict[tuple[str, int], Quoted] = {}
        for quote in [
            *verbatim(self.places, text, LISTED),
            *self._same(words, 0, len(words.stream), positions),
        ]:
            quotes.setdefault((quote.match.document_id, quote.match.start), quote)
        same = sorted(quotes.values(), key=self._is_other)
        return Finding(0, len(words.stream), positions, folded(self.places, same, positions), [])

    def find(self, words: Words, start: int, end: int) -> Finding:
        """Return where words `start` to `end` of a paste stand, or what they were made from."""
        piece = words.part(start, end)
        positions = self.places.find(piece.stream)
        same = folded(self.places, self._same(words, start, end, positions), positions)
        if self._preferred and not (same and not self._is_other(same[0])):
            near = self._covering(self._preferred, piece, start, _HOPELESS)
            if near and (not same or len(near) == 1 or near[0].reordered):
                return Finding(start, end, [], [], near, same)
        if same:
            return Finding(start, end, positions, same, [])
        return Finding(start, end, [], [], self._covering(self.places, piece, start))

    def quote(self, words: Words, place: Place) -> Quoted:
        """Return the quote of one place beside the words that come from it."""
        span = outer_span(words, place.start, place.end)
        return quoted(self.places, words.part(place.start, place.end), span, place.at, place.to)

    def again(self, place: Place) -> list[int]:
        """Return every position of the source words of a place, preferred ones first."""
        found = self.places.find(self.places.stream[place.at : place.to]) or [place.at]
        return sorted(found, key=lambda at: not self.prefers(at))

    def nearest(self, stream: str, most: int) -> tuple[Match, ...]:
        """Return the sentences that come nearest to absent words, preferred ones first."""
        first = nearest(self._preferred, stream, most) if self._preferred else []
        found = {(match.document_id, match.start): match for match in first}
        if len(found) < most:
            for match in nearest(self.places, stream, most):
                found.setdefault((match.document_id, match.start), match)
        return tuple(found.values())[:most]

    def prefers(self, position: int) -> bool:
        """Tell whether a position is in a document that is preferred."""
        return self.places.documents[self.places.document(position)].id in self._ids

    def is_foreign(self, finding: Finding) -> bool:
        """Tell whether what was found is in none of the documents that are preferred."""
        if not self._preferred:
            return False
        if finding.same:
            return self._is_other(finding.same[0])
        return not any(self.prefers(place.at) for place in finding.covering)

    def _is_other(self, quote: Quoted) -> bool:
        return quote.match.document_id not in self._ids

    def _covering(
        self, places: Places, piece: Words, start: int, least: float = 0.0
    ) -> list[Place]:
        found = cover(places, piece, least)
        return [place.later(start) for place in found] if _is_enough(places, piece, found) else []

    def _same(self, words: Words, start: int, end: int, positions: list[int]) -> list[Quoted]:
        """Return the first places at which words are the same to a reader, exact ones first."""
        quotes: list[Quoted] = []
        for at in sorted(positions, key=lambda at: not self.prefers(at))[:_TRIED]:
            found = self.quote(words, Place(start, end, at, at + end - start))
            if found.verdict != "changed" and len(quotes) < LISTED:
                quotes.append(found)
        return sorted(quotes, key=lambda q: (self._is_other(q), q.verdict != "exact"))


def _is_enough(places: Places, piece: Words, covering: list[Place]) -> bool:
    """Tell whether a piece comes from its places, or shares no more with them than chance."""
    if sum(place.matched for place in covering) < _COVERED * len(piece.stream):
        return False
    if len(covering) > 1 or covering[0].reordered:
        return True
    source = places.stream[covering[0].at : covering[0].to]
    return Indel.normalized_similarity(piece.stream, source) >= _ALIKE
