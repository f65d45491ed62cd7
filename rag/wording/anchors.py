"""Laying a paste beside one sentence: the runs they share, and the place these make."""

import re
from difflib import SequenceMatcher

from rapidfuzz import fuzz

from rag.wording.ends import Place
from rag.wording.places import Places

_DIGIT = re.compile("[0-9]")


def likeness(places: Places, words: str, number: int) -> float:
    """Return about how many characters a sentence shares with the words, standing together."""
    start, end = places.bounds(number)
    sentence = places.stream[start:end]
    return fuzz.partial_ratio(words, sentence) / 100 * min(len(words), len(sentence))


def aligned(places: Places, words: str, number: int) -> Place | None:
    """Return the place in a sentence that the words were made from, if they share anything."""
    start, end = places.bounds(number)
    sentence = places.stream[start:end]
    # With figures hidden: 供热30公里、供水150公里 is near 供热150公里、供水30公里, not 燃气150公里.
    runs = anchors(words, sentence)
    if (hidden := _hidden(words)) != words:
        runs = max(runs, anchors(hidden, _hidden(sentence)), key=_size)
    if not runs:
        return None
    (first, at, _), (last, to, size) = runs[0], runs[-1]
    matched = sum(words[p + k] == sentence[q + k] for p, q, n in runs for k in range(n))
    return Place(first, last + size, start + at, start + to + size, matched)


def _hidden(words: str) -> str:
    return _DIGIT.sub("0", words)


def _size(runs: list[tuple[int, int, int]]) -> int:
    return sum(size for _, _, size in runs)


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
