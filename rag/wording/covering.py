"""Which places a pasted sentence was made from, when it stands nowhere as it is."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from difflib import SequenceMatcher

from rapidfuzz import fuzz

from rag.wording.ends import Place, filled
from rag.wording.moves import moves
from rag.wording.places import Places
from rag.wording.wordform import Words

_DIGIT = re.compile("[0-9]")
_CANDIDATES = 12  # sentences that are compared with the paste
_FINALISTS = 2  # of these are aligned
_REST = 6  # characters left over that are worth a search of their own
_REST_MATCHED = 0.7  # of them must stand together elsewhere
_DEPTH = 4
_SAME = 0.9  # of the characters of two texts that only order tells apart
_OVERLAP = 8  # characters that two changed neighbours may both take for what they replace
_GAP = 40  # characters of the source between two places that still make one quote


def cover(places: Places, piece: Words) -> list[Place]:
    """Return where the words of a piece come from, in pasted order; together they are all of it.

    One place for a changed sentence, more for a stitched one; none when nothing is like it.
    """
    found = _search(places, piece.stream, 0, len(piece.stream), _DEPTH)
    if not found:
        return []
    if whole := _reordered(places, piece, found):
        return [whole]
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


def _search(places: Places, stream: str, low: int, high: int, depth: int) -> list[Place]:
    """Return the best place for pasted words `low` to `high`, and places for what it leaves."""
    rest = depth < _DEPTH
    if not depth or high - low < (_REST if rest else 3):
        return []
    words = stream[low:high]
    if rest and (at := places.find(words)):
        return [Place(low, high, at[0], at[0] + len(words), len(words))]
    best = _best(places, words)
    if best is None or (rest and best.matched < _REST_MATCHED * len(words)):
        return []
    best = replace(best, start=low + best.start, end=low + best.end)
    before = _search(places, stream, low, best.start, depth - 1)
    return [*before, best, *_search(places, stream, best.end, high, depth - 1)]


def _best(places: Places, words: str) -> Place | None:
    """Return the place in the sentence that shares most with the words."""
    scored = sorted(
        (-likeness(places, words, number), number)
        for number in places.propose(words, _CANDIDATES)
    )  # fmt: skip
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


def _reordered(places: Places, piece: Words, found: list[Place]) -> Place | None:
    """Return the one place of a paste that only reorders the items of a sentence, if it does."""
    spans = [(place.at, place.to) for place in found] + list(_rests(places, piece, found))
    low, high = min(span[0] for span in spans), max(span[1] for span in spans)
    if high - low > 2 * len(piece.stream):
        return None
    for start, end in ((low, high), (places.clause_start(low), places.clause_end(high))):
        if _same_letters(piece.stream, places.stream[start:end]):
            source = places.part(start, end)
            if tiles := moves(piece.stream, source.stream, piece.seams(), source.seams()):
                matched = sum(tile.size for tile in tiles)
                return Place(0, len(piece.stream), start, end, matched)
    return None


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
