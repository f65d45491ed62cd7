"""Which places a pasted sentence was made from, when it stands nowhere as it is."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from difflib import SequenceMatcher

from rapidfuzz import fuzz

from rag.wording.ends import Place, filled
from rag.wording.grams import GRAM
from rag.wording.places import Places
from rag.wording.reordering import reordered
from rag.wording.wordform import Words

_DIGIT = re.compile("[0-9]")
_CANDIDATES = 12  # sentences that are compared with the paste
_FINALISTS = 2  # of these are aligned
_REST = 6  # characters left over that are worth a search of their own
_REST_MATCHED = 0.7  # of them must stand together elsewhere
_DEPTH = 3  # times what is left over is searched
_OVERLAP = 8  # characters that two changed neighbours may both take for what they replace
_GAP = 40  # characters of the source between two places that still make one quote


def cover(places: Places, piece: Words) -> list[Place]:
    """Return where the words of a piece come from, in pasted order; together they are all of it.

    One place for a changed sentence, more for a stitched one; none when nothing is like it.
    """
    sentences = places.propose(piece.stream, _CANDIDATES)
    found = _search(places, piece.stream, 0, len(piece.stream), sentences)
    if not found:
        return []
    if other_order := reordered(places, piece, found, sentences):
        return other_order
    return filled(places, piece, merged(places, found))


def anchors(pasted: str, source: str) -> list[tuple[int, int, int]]:
    """Return the runs of a paste that stand in a source: pasted start, source start, size.

    Beginning with the longest, runs are taken on either side while they are near enough to the
    last for their length: two characters in common far away are chance.
    """
    matcher = SequenceMatcher(None, source, pasted, autojunk=False)
    runs = [(m.b, m.a, m.size) for m in matcher.get_matching_blocks() if m.size]
    if not runs:
        return []
    longest = max(range(len(runs)), key=lambda k: runs[k][2])
    kept = [runs[longest]]
    for run in runs[longest + 1 :]:
        kept += [run] if _near(kept[-1], run, run[2]) else []
    for run in reversed(runs[:longest]):
        kept[:0] = [run] if _near(run, kept[0], run[2]) else []
    return kept


def _near(left: tuple[int, int, int], right: tuple[int, int, int], size: int) -> bool:
    gap = max(right[0] - left[0], right[1] - left[1]) - left[2]
    return gap <= (size * 5 if size > 2 else size * 2)


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
        place for _, number in scored[:_FINALISTS] if (place := _aligned(places, words, number))
    ]
    return max(found, key=lambda place: place.matched, default=None)


def likeness(places: Places, words: str, number: int) -> float:
    """Return about how many characters a sentence shares with the words, standing together."""
    start, end = places.bounds(number)
    sentence = places.stream[start:end]
    return fuzz.partial_ratio(words, sentence) / 100 * min(len(words), len(sentence))


def _aligned(places: Places, words: str, number: int) -> Place | None:
    start, end = places.bounds(number)
    sentence = places.stream[start:end]
    # With figures hidden: 供热30公里、供水150公里 is near 供热150公里、供水30公里, not 燃气150公里.
    runs = max(anchors(words, sentence), anchors(_hidden(words), _hidden(sentence)), key=_size)
    if not runs:
        return None
    (first, at, _), (last, to, size) = runs[0], runs[-1]
    matched = sum(words[p + k] == sentence[q + k] for p, q, n in runs for k in range(n))
    return Place(first, last + size, start + at, start + to + size, matched)


def _hidden(words: str) -> str:
    return _DIGIT.sub("0", words)


def _size(runs: list[tuple[int, int, int]]) -> int:
    return sum(size for _, _, size in runs)


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
