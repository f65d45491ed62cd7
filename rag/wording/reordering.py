"""Finding the place of a paste that only puts a sentence's items or clauses in another order."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from rag.wording.clauses import Pair, rearranged
from rag.wording.ends import Place
from rag.wording.moves import moves
from rag.wording.places import Places
from rag.wording.wordform import Words

_SAME = 0.9  # of the characters of two texts that only order tells apart
_CLAUSE = 4  # characters that can be a clause of their own; with less left over none moved
_WIDEST = 2  # times a paste is the stretch of source that it may be laid beside
_TRIED = 3  # sentences whose clauses are looked at


def reordered(
    places: Places, piece: Words, found: list[Place], sentences: Sequence[int]
) -> list[Place]:
    """Return the places of a paste that is these sentences' words in another order, if it is.

    One place, unless its clauses stand so far apart that no one could read them side by side.
    """
    if whole := _items(places, piece, found):
        return [whole]
    if max(place.matched for place in found) > len(piece.stream) - _CLAUSE:
        return []
    for number in sentences[:_TRIED]:
        start, end = places.bounds(number)
        if pairs := rearranged(piece, places.part(start, end)):
            return list(_placed(pairs, piece, start))
    return []


def _items(places: Places, piece: Words, found: list[Place]) -> Place | None:
    """Return the one place of a paste that only reorders the items of a sentence, if it does."""
    spans = [(place.at, place.to) for place in found] + list(_rests(places, piece, found))
    low, high = min(span[0] for span in spans), max(span[1] for span in spans)
    if high - low > _WIDEST * len(piece.stream):
        return None
    for start, end in ((low, high), (places.clause_start(low), places.clause_end(high))):
        alike = _same_letters(piece.stream, places.stream[start:end])
        if alike and (tiles := moves(piece, places.part(start, end))):
            matched = sum(tile.size for tile in tiles)
            return Place(0, len(piece.stream), start, end, matched, reordered=True)
    return None


def _placed(pairs: list[Pair], piece: Words, base: int) -> Iterator[Place]:
    """Yield the stretch of source that the clauses stand in, or if it is too wide, each of them."""
    size = len(piece.stream)
    low, high = min(pair.s1 for pair in pairs), max(pair.s2 for pair in pairs)
    if high - low <= _WIDEST * size:
        matched = sum(pair.p2 - pair.p1 for pair in pairs)
        yield Place(0, size, base + low, base + high, matched, reordered=True)
        return
    ends = [0, *(pair.p1 for pair in pairs[1:]), size]
    for (start, end), pair in zip(pairwise(ends), pairs, strict=True):
        at, to = base + pair.s1, base + pair.s2
        yield Place(start, end, at, to, pair.p2 - pair.p1, reordered=True)


def _rests(places: Places, piece: Words, found: list[Place]) -> Iterator[tuple[int, int]]:
    """Yield where pasted words that belong to no place stand in the sentence of the best one."""
    main = max(found, key=lambda place: place.matched)
    bounds = places.sentence(main.at)
    ends = [0, *(place.end for place in found)]
    starts = [*(place.start for place in found), len(piece.stream)]
    for start, end in zip(ends, starts, strict=True):
        if bounds and start < end:
            at = places.stream.find(piece.stream[start:end], *bounds)
            if at >= 0:
                yield at, at + end - start


def _same_letters(left: str, right: str) -> bool:
    """Tell whether two texts have nearly the same characters in whatever order."""
    shared = (Counter(left) & Counter(right)).total()
    return shared >= _SAME * max(len(left), len(right))
