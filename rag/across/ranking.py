"""Ranking figures: middles of ranges, 以上 above and 以内 below their like, units worked out."""

from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache

from corpus.figures.units import in_base
from corpus.quantities import quantities
from rag.targets.target import FALLS, Target

_EQUAL = 1e-9


def rank_key(target: Target) -> tuple[float, int]:
    """Return what figures are ranked by: the middle of a range; 以上 above its like, 以内 below."""
    low, high, _ = size(target)
    return (low + high) / 2, leaning(target.written)


@lru_cache(maxsize=5_000)
def size(target: Target) -> tuple[float, float, str]:
    """Return both ends of a figure in its smallest unit, and that: 亿斤 and 万吨 compare in 克."""
    told = next((q for q in quantities(target.written) if q.value is not None), None)
    if told is None or told.value is None:
        low = target.value or 0.0
        return low, low if target.high is None else target.high, target.unit
    low, base = (float(told.value), "") if not told.unit else _based(told.value, told.unit)
    high = low if told.high is None else _based(told.high, told.unit)[0]
    if target.written.startswith(FALLS):
        low, high = -high, -low
    return low, high, base or target.unit


def _based(value: Decimal, unit: str) -> tuple[float, str]:
    told, base = in_base(value, unit)
    return float(told), base


def leaning(written: str) -> int:
    """Return 1 for a figure that is a lower bound (以上), -1 for an upper one (以内), else 0."""
    if any(word in written for word in ("以上", "超", "不低于", "不少于", "突破", "高于", "至少")):
        return 1
    return -1 if any(w in written for w in ("以内", "以下", "低于", "不超过", "不高于")) else 0


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
