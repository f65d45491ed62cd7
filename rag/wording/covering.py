"""Which places a pasted sentence was made from, when it stands nowhere as it is."""

from bisect import bisect_left
from collections.abc import Sequence

from rag.wording.anchors import aligned, likeness
from rag.wording.ends import Place, filled
from rag.wording.grams import GRAM
from rag.wording.places import Places
from rag.wording.reordering import reordered
from rag.wording.wordform import Words

_CANDIDATES = 12  # sentences that are compared with the paste
_FINALISTS = 2  # of these are aligned
_REST = 6  # characters left over that are worth a search of their own
_REST_MATCHED = 0.7  # of them must stand together elsewhere
_DEPTH = 3  # times what is left over is searched
_OVERLAP = 8  # characters that two changed neighbours may both take for what they replace
_GAP = 40  # characters of the source between two places that still make one quote


def cover(places: Places, piece: Words, least: float = 0.0) -> list[Place]:
    """Return where the words of a piece come from, in pasted order; together they are all of it.

    One place for a changed sentence, more for a stitched one; none when nothing is like it, or no
    sentence shares about `least` of its words, which is quick to tell.
    """
    sentences = places.propose(piece.stream, _CANDIDATES)
    if least and not any(
        likeness(places, piece.stream, number) >= least * len(piece.stream) for number in sentences
    ):
        return []
    found = _search(places, piece.stream, 0, len(piece.stream), sentences)
    if not found:
        return []
    if other_order := reordered(places, piece, found, sentences):
        return other_order
    return filled(places, piece, merged(places, found))


def _search(
    places: Places, stream: str, low: int, high: int, sentences: Sequence[int]
) -> list[Place]:
    """Return the best place for pasted words `low` to `high`, and places for what it leaves."""
    if high - low < GRAM:
        return []
    best = _best(places, stream[low:high], sentences)
    return _with_rests(places, stream, low, high, best, _DEPTH) if best else []


def _with_rests(
    places: Places, stream: str, low: int, high: int, best: Place, depth: int
) -> list[Place]:
    """Return the place and those of the words before and after it; `best` counts from `low`."""
    best = best.later(low)
    before = _rest(places, stream, low, best.start, best, depth)
    return [*before, best, *_rest(places, stream, best.end, high, best, depth)]


def _rest(
    places: Places, stream: str, low: int, high: int, beside: Place, depth: int
) -> list[Place]:
    """Return the places of words left over beside a place; of many the one that is near it."""
    if not depth or high - low < _REST:
        return []
    words = stream[low:high]
    if at := places.find(words):
        near = _nearest(places, at, beside.at)
        return [Place(low, high, near, near + len(words), len(words))]
    best = _best(places, words, places.propose(words, _CANDIDATES))
    if best is None or best.matched < _REST_MATCHED * len(words):
        return []
    return _with_rests(places, stream, low, high, best, depth - 1)


def _nearest(places: Places, found: list[int], position: int) -> int:
    """Return the first of the positions in the same sentence, else document, else of all."""
    for low, high in (places.sentence(position) or (0, 0), places.around(position)):
        inside = bisect_left(found, low)
        if inside < len(found) and found[inside] < high:
            return found[inside]
    return found[0]


def _best(places: Places, words: str, sentences: Sequence[int]) -> Place | None:
    """Return the place in the sentence that shares most with the words."""
    scored = sorted((-likeness(places, words, number), number) for number in sentences)
    found = [
        place for _, number in scored[:_FINALISTS] if (place := aligned(places, words, number))
    ]
    return max(found, key=lambda place: place.matched, default=None)


def merged(places: Places, found: list[Place]) -> list[Place]:
    """Return the places, those that follow each other closely in the source made one."""
    together = found[:1]
    for place in found[1:]:
        last = together[-1]
        near = -_OVERLAP <= place.at - last.to <= _GAP and place.to > last.to
        if near and places.document(last.at) == places.document(place.at):
            matched = last.matched + place.matched
            together[-1] = Place(last.start, place.end, last.at, place.to, matched)
        else:
            together.append(place)
    return together
