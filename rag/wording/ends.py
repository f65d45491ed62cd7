"""The ends of a place: what the source has where a paste begins or ends with other words."""

from collections.abc import Set
from dataclasses import dataclass, replace
from itertools import pairwise

from rapidfuzz.distance import LCSseq, Levenshtein

from rag.wording.figuremarks import PIECE
from rag.wording.places import Places
from rag.wording.wordform import Words

_SLACK = 4  # characters by which a changed end may be shorter than what it replaces
_CLAUSES = 20  # with more of them a text is compared as it is
_LONG, _ALIKE = 12, 0.3  # a longer end that is less like the source was added to it


@dataclass(frozen=True, slots=True)
class Place:
    """Pasted words `start` to `end` come from positions `at` to `to`; `matched` of them agree.

    `reordered`: the source has them in another order.
    """

    start: int
    end: int
    at: int
    to: int
    matched: int = 0
    reordered: bool = False

    def later(self, by: int) -> "Place":
        """Return the place for words that begin `by` characters later in the paste."""
        return replace(self, start=self.start + by, end=self.end + by)

    def standing(self, at: int) -> "Place":
        """Return the same words at another position."""
        return replace(self, at=at, to=at + self.to - self.at)


def filled(places: Places, piece: Words, found: list[Place]) -> list[Place]:
    """Return the places grown over the pasted words between them, with what those replace."""
    seams = piece.seams()
    bounds = [0]
    for left, right in pairwise(found):
        opens = left.end in seams and right.start not in seams
        bounds.append(left.end if opens else right.start)
    bounds.append(len(piece.stream))
    return [
        _grown(places, piece, place, start, end)
        for place, start, end in zip(found, bounds, bounds[1:], strict=False)
    ]


def _grown(places: Places, piece: Words, place: Place, start: int, end: int) -> Place:
    """Return the place for pasted words `start` to `end`, with the source words they replace."""
    seams = piece.seams()
    lead, tail = piece.stream[start : place.start], piece.stream[place.end : end]
    low, high = places.around(place.at)
    before = places.part(max(low, place.at - len(lead) - _SLACK), place.at + 1)
    after = places.part(place.to - 1, min(high, place.to + len(tail) + _SLACK))
    size = len(before.stream) - 1
    back = _replaced(lead[::-1], before.stream[-2::-1], {size - seam for seam in before.seams()},
                     {place.start - seam for seam in seams if start < seam <= place.start},
                     )  # fmt: skip
    on = _replaced(tail, after.stream[1:], {seam - 1 for seam in after.seams()},
                   {seam - place.end for seam in seams if place.end <= seam < end})  # fmt: skip
    at, to = _trimmed(places, piece.stream[start:end], place.at, place.to)
    at, to = places.whole_figures(place.at - back if back else at, place.to + on if on else to)
    return Place(start, end, at, to, place.matched)


def _trimmed(places: Places, pasted: str, at: int, to: int) -> tuple[int, int]:
    """Return the positions without outer clauses of the source that the paste has nothing of."""
    ours = PIECE.findall(pasted)
    seams = sorted(at + seam for seam in places.part(at, to).seams())

    def shared(start: int, end: int) -> int:
        return int(LCSseq.similarity(ours, PIECE.findall(places.stream[start:end])))

    whole = shared(at, to) if len(seams) <= _CLAUSES else 0
    if whole:
        at = max((s for s in seams if shared(s, to) == whole), default=at)
        to = min((s for s in seams if s > at and shared(at, s) == whole), default=to)
    return at, to


def _replaced(pasted: str, source: str, source_seams: Set[int], seams: Set[int]) -> int:
    """Return how many characters of the source a changed end of a paste stands for.

    Both read outward from where they agree, and so do their seams. A paste without marks replaces
    no more than a clause, and one that is apart nothing that is not like it.
    """
    if not pasted:
        return 0
    limit = len(source) if seams else min([*source_seams, len(source)])
    sizes = range(min(limit, len(pasted) + _SLACK) + 1)
    alike = {size: Levenshtein.normalized_similarity(pasted, source[:size]) for size in sizes}
    best = max(sizes, key=lambda size: (alike[size], -abs(size - len(pasted))))
    added = len(pasted) > _LONG and alike[best] < _ALIKE
    return 0 if added or (0 in seams and not alike[best]) else best
