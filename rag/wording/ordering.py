"""The differences of a paste that has the words of its source in another order."""

from collections import Counter
from collections.abc import Callable
from itertools import pairwise

from rag.wording.clauses import Pair, rearranged, stayed
from rag.wording.gravity import is_grave
from rag.wording.moves import Tile, moves, staying
from rag.wording.widening import Change
from rag.wording.wordform import Words

_LONGEST = 400  # characters; a longer text is not one list
_ITEMS = 0.7  # of the characters that differ are on both sides when only the order of items does
_CLAUSES = 0.5  # when that of clauses does, which may have other words too

Compare = Callable[[Words, Words], list[Change]]


def in_other_order(
    pasted: Words, source: Words, found: list[Change], compare: Compare
) -> list[Change]:
    """Return what differs when items or clauses moved, or nothing when that explains little.

    `found` is what differs when read in order; `compare` tells it of clauses that stayed.
    """
    if len(pasted.stream) > _LONGEST:
        return []
    share = _on_both_sides(found, pasted, source)
    if share >= _ITEMS and (tiles := moves(pasted, source)):
        return _moved(tiles, len(pasted.stream), len(source.stream))
    if share >= _CLAUSES and (pairs := rearranged(pasted, source)):
        return _around(pasted, source, pairs, compare)
    return []


def _on_both_sides(found: list[Change], pasted: Words, source: Words) -> float:
    """Return, at little cost, how much of what was put in is what was taken out elsewhere."""
    put = Counter("".join(pasted.stream[change.p1 : change.p2] for change in found))
    taken = Counter("".join(source.stream[change.s1 : change.s2] for change in found))
    return (put & taken).total() / max(put.total(), taken.total())


def _moved(tiles: list[Tile], pasted: int, source: int) -> list[Change]:
    """Return what stands between the tiles that stayed: the moved items, old place and new."""
    found, p, s = [], 0, 0
    for tile in [*staying(tiles), Tile(pasted, source, 0)]:
        if (p, s) != (tile.pasted, tile.source):
            found.append(Change(p, tile.pasted, s, tile.source, moved=True))
        p, s = tile.pasted + tile.size, tile.source + tile.size
    return found


def _around(pasted: Words, source: Words, pairs: list[Pair], compare: Compare) -> list[Change]:
    """Return what differs in the clauses that stayed, and between them the clauses that moved."""
    stay = stayed(pairs)
    ends = [Pair(0, 0, 0, 0), *stay, Pair(*[len(pasted.stream)] * 2, *[len(source.stream)] * 2)]
    between = [Change(a.p2, b.p1, a.s2, b.s1, moved=True) for a, b in pairwise(ends)]
    put = "\n".join(pasted.stream[change.p1 : change.p2] for change in between)
    taken = "\n".join(source.stream[change.s1 : change.s2] for change in between)
    altered = Counter(put) != Counter(taken)
    grave = altered and is_grave(put, taken)
    found = [c._replace(altered=altered, grave=grave) for c in between if c[:4:2] != c[1:4:2]]
    for p1, p2, s1, s2 in stay:
        inner = compare(pasted.part(p1, p2), source.part(s1, s2))
        found += [change.later(p1, s1) for change in inner]
    return sorted(found)
