"""Recognising the same items in another order: 供热、供水、燃气 for 燃气、供热、供水."""

import re
from collections.abc import Set
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from rapidfuzz.distance import LCSseq

from rag.wording.figuremarks import PIECE
from rag.wording.gravity import FIGURE
from rag.wording.wordform import Words

_LINKS = "和及与或等"
_LEFT_OVER = 0.1  # of the characters of either side may belong to no tile: 和 for 、
_FEWEST = 2  # characters of a tile, and of the words that a tile with a figure must carry


@dataclass(frozen=True, slots=True)
class Tile:
    """`size` characters that stand at `pasted` in one stream and at `source` in the other."""

    pasted: int
    source: int
    size: int


def moves(ours: Words, theirs: Words) -> list[Tile] | None:
    """Return the tiles of a paste that only reorders items of the source, in pasted order, or None.

    Tiles may part only where a mark stands or at 和, 等 and the like, and figures travel with their
    words: a paste that swaps two figures is no reordering.
    """
    pasted, source = ours.stream, theirs.stream
    if not _left_on_both_sides(pasted, source):
        return None
    tiles = _tiles(pasted, source, ours.pauses(), theirs.pauses())
    by_source = sorted(tiles, key=lambda tile: tile.source)
    if by_source == tiles or not _covered(pasted, source, tiles):
        return None
    lead, tail = tiles[0] is by_source[0], tiles[-1] is by_source[-1]
    in_paste = [(tile.pasted, tile.pasted + tile.size) for tile in tiles]
    in_source = [(tile.source, tile.source + tile.size) for tile in by_source]
    parted = _parted(pasted, in_paste, ours.seams(), lead, tail) and _parted(
        source, in_source, theirs.seams(), lead, tail
    )
    return tiles if parted else None


def staying(tiles: list[Tile]) -> list[Tile]:
    """Return the tiles, in order, that can be said to have stayed: the heaviest rising chain."""
    best: list[tuple[int, list[Tile]]] = []
    for tile in tiles:
        before = [b for b in best if b[1][-1].source < tile.source]
        weight, chain = max(before, key=lambda b: b[0], default=(0, []))
        best.append((weight + tile.size, [*chain, tile]))
    return max(best, key=lambda b: b[0])[1]


def _left_on_both_sides(pasted: str, source: str) -> bool:
    """Tell, at little cost, whether any character of both finds no partner in order."""
    left, right = "", ""
    for step in LCSseq.opcodes(source, pasted):
        if step.tag != "equal":
            left += pasted[step.dest_start : step.dest_end]
            right += source[step.src_start : step.src_end]
    return not set(left).isdisjoint(right)


def _tiles(pasted: str, source: str, pauses: Set[int], source_pauses: Set[int]) -> list[Tile]:
    """Return the common pieces, longest first taken, in pasted order; each character used once.

    No piece reaches over a pause, or the end of one item would be taken along with the next.
    """
    left, left_at = _figures_as_one(pasted, pauses, "<wall>")
    right, right_at = _figures_as_one(source, source_pauses, "<fence>")
    found: list[Tile] = []
    while True:
        m = SequenceMatcher(None, right, left, autojunk=False).find_longest_match()
        if m.size < _FEWEST:
            return sorted(found, key=lambda tile: tile.pasted)
        start, end = left_at[m.b], left_at[m.b + m.size]
        if _carries_words(pasted[start:end]):
            found.append(Tile(start, right_at[m.a], end - start))
        left[m.b : m.b + m.size] = ["<used>"] * m.size
        right[m.a : m.a + m.size] = ["<taken>"] * m.size


def _figures_as_one(stream: str, pauses: Set[int], wall: str) -> tuple[list[str], list[int]]:
    """Return the stream with each figure in one piece and a wall at each pause, and the starts."""
    pieces: list[str] = []
    starts: list[int] = []
    for match in PIECE.finditer(stream):
        if match.start() in pauses:
            pieces.append(wall)
            starts.append(match.start())
        pieces.append(match.group())
        starts.append(match.start())
    return pieces, [*starts, len(stream)]


def _carries_words(tile: str) -> bool:
    return not re.search(r"\d", tile) or len(FIGURE.sub("", tile)) >= _FEWEST


def _covered(pasted: str, source: str, tiles: list[Tile]) -> bool:
    """Tell whether the tiles are nearly all of both sides, and all of their figures."""
    placed = sum(tile.size for tile in tiles)
    digits = sum(c.isdigit() for t in tiles for c in pasted[t.pasted : t.pasted + t.size])
    return placed >= (1 - _LEFT_OVER) * max(len(pasted), len(source)) and digits == max(
        sum(map(str.isdigit, pasted)), sum(map(str.isdigit, source))
    )


def _parted(
    stream: str, spans: list[tuple[int, int]], seams: Set[int], lead: bool, tail: bool
) -> bool:
    """Tell whether neighbours part at a seam; a shared lead or tail of a list needs none."""
    for k, ((_, end), (start, _)) in enumerate(pairwise(spans)):
        at_link = stream[end - 1] in _LINKS or stream[end] in _LINKS
        shared = (lead and k == 0) or (tail and k == len(spans) - 2)
        if not (at_link or shared or seams & set(range(end, start + 1))):
            return False
    return True
