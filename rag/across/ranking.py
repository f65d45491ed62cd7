"""Ranking figures: middles of ranges, 以上 above and 以内 below their like, units worked out."""

import math
import re
from collections.abc import Sequence

from rag.targets.target import Target

_EQUAL = 1e-9
_MAGNITUDE = re.compile("[十百千]?[万亿]+|[十百千](?![瓦米克])")
_POWERS = {"十": 10, "百": 100, "千": 1_000, "万": 10_000, "亿": 100_000_000}


def rank_key(target: Target) -> tuple[float, int]:
    """Return what figures are ranked by: the middle of a range; 以上 above its like, 以内 below."""
    low = target.value or 0.0
    middle = (low + (target.high if target.high is not None else low)) / 2
    return middle * scale(target), leaning(target.written)


def leaning(written: str) -> int:
    """Return 1 for a figure that is a lower bound (以上), -1 for an upper one (以内), else 0."""
    if any(word in written for word in ("以上", "超", "不低于", "不少于", "突破", "高于", "至少")):
        return 1
    return -1 if any(w in written for w in ("以内", "以下", "低于", "不超过", "不高于")) else 0


def scale(target: Target) -> float:
    """Return what a figure's unit multiplies: 10,000 for 万人, so that 0.5亿 and 5000万 compare."""
    found = _MAGNITUDE.match(target.unit)
    return float(math.prod(_POWERS[char] for char in found[0])) if found else 1.0


def ordered(found: Sequence[tuple[str, Target]], least: bool) -> list[tuple[str, Target]]:
    """Return places with their figures, the highest first, or the lowest."""
    return sorted(found, key=lambda pair: rank_key(pair[1]), reverse=not least)


def leading(found: Sequence[tuple[str, Target]], top: int, least: bool) -> list[tuple[str, Target]]:
    """Return the first `top` of figures in order, with those that share the last one's place."""
    ranked = ordered(found, least)
    if not top or top >= len(ranked):
        return ranked
    last = rank_key(ranked[top - 1][1])
    return [pair for pair in ranked if pair in ranked[:top] or same_rank(rank_key(pair[1]), last)]


def same_rank(a: tuple[float, int], b: tuple[float, int]) -> bool:
    """Tell whether two figures share a place: 5% and 5%左右 do, 5%以上 is above them."""
    return abs(a[0] - b[0]) < _EQUAL * max(1.0, abs(a[0])) and a[1] == b[1]
