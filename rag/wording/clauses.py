"""Telling the clauses of a sentence in another order from other clauses: B，A for A，B."""

import re
from collections import Counter
from collections.abc import Set
from itertools import pairwise
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import Indel

from rag.wording.characters import narrow
from rag.wording.moves import Tile, staying
from rag.wording.wordform import Words

_STOPS = set("。.!?;,:…\n\r")  # between clauses; the items of a list (、) are `moves`' matter
_FIGURE = re.compile(r"\d+(?:[.,:-]\d+)*")
_FEWEST = 3  # characters of a clause
_LIKE = 0.7  # of two clauses that are taken for one in other words
_SHARED = 0.8  # of the pasted characters stand in clauses that are in the source


class Pair(NamedTuple):
    """Pasted words `p1` to `p2` are a clause that is `s1` to `s2` in the source."""

    p1: int
    p2: int
    s1: int
    s2: int


def rearranged(pasted: Words, source: Words) -> list[Pair]:
    """Return the clauses of a paste that a source has in another order, in pasted order, or none.

    A paste without marks is cut where clauses of the source begin and end in it.
    """
    size = len(pasted.stream)
    if (Counter(pasted.stream) & Counter(source.stream)).total() < _SHARED * size:
        return []
    theirs = _clauses(len(source.stream), _stops(source))
    ours = _clauses(size, _stops(pasted))
    if len(ours) < 2:
        ours = _clauses(size, _borders(pasted.stream, source.stream, theirs))
    pairs = _paired(pasted.stream, ours, source.stream, theirs)
    if sum(pair.p2 - pair.p1 for pair in pairs) < _SHARED * size:
        return []
    return pairs if any(left.s1 > right.s1 for left, right in pairwise(pairs)) else []


def stayed(pairs: list[Pair]) -> list[Pair]:
    """Return the clauses that can be said to have stayed where they were, in order."""
    kept = {tile.pasted for tile in staying([Tile(p.p1, p.s1, p.p2 - p.p1) for p in pairs])}
    return [pair for pair in pairs if pair.p1 in kept]


def _stops(words: Words) -> set[int]:
    return {k for k in words.seams() if _STOPS & set(narrow(words.gap(k)))}


def _clauses(size: int, borders: Set[int]) -> list[tuple[int, int]]:
    spans = pairwise(sorted({0, size, *borders}))
    return [(start, end) for start, end in spans if end - start >= _FEWEST]


def _borders(pasted: str, source: str, theirs: list[tuple[int, int]]) -> set[int]:
    """Return where in a paste the clauses of a source begin and end."""
    found = ((pasted.find(source[start:end]), end - start) for start, end in theirs)
    return {cut for at, size in found if at >= 0 for cut in (at, at + size)}


def _paired(
    pasted: str, ours: list[tuple[int, int]], source: str, theirs: list[tuple[int, int]]
) -> list[Pair]:
    """Return which clauses are the same or much alike, the most alike taken first, each once.

    With figures hidden: 供热30公里 is 供热150公里, not 燃气30公里.
    """
    left, right = ([text[a:b] for a, b in spans] for text, spans in
                   ((pasted, ours), (source, theirs)))  # fmt: skip
    if len(left) < 2 or len(right) < 2:
        return []
    hidden = process.cdist(
        [_FIGURE.sub("0", clause) for clause in left],
        [_FIGURE.sub("0", clause) for clause in right],
        scorer=Indel.normalized_similarity, score_cutoff=_LIKE,
    )  # fmt: skip
    alike = [
        (-float(hidden[i, k]), left[i] != right[k], abs(i - k), i, k)
        for i, k in zip(*hidden.nonzero(), strict=True)
    ]
    found: dict[int, int] = {}
    for *_, i, k in sorted(alike):
        if i not in found and k not in found.values():
            found[int(i)] = int(k)
    return [Pair(*ours[i], *theirs[found[i]]) for i in sorted(found)]
