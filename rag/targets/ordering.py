"""Targets in the order of a column; figures are put in order only within one unit."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from corpus.figures.numerals import value_of
from rag.targets.target import Target

_SCALED = re.compile("^([十百千]?万?亿?|[十百千万])(?=.|$)")

ORDERS = ("原文顺序", "指标", "数值（大到小）", "数值（小到大）", "年份", "地区", "类别")


def unit_of(target: Target) -> str:
    """Return the unit without its scale: 元 of 万亿元; "" of a bare number."""
    return _SCALED.sub("", target.unit).replace("％", "%")


def size_of(target: Target) -> float:
    """Return the figure in that unit: 20000000000 for 200亿元."""
    scale = _SCALED.match(target.unit)
    factor = float(value_of(f"1{scale[1]}")) if scale and scale[1] else 1.0
    return (target.value or 0.0) * factor


def ordered(found: Sequence[Target], order: str) -> list[Target]:
    """Return targets in an order, those alike in text order; without a value they stand last.

    By figure, the targets of each unit stand together, those of the commonest unit first.
    """
    if order.startswith("数值"):
        return _by_size(found, -1 if "大到小" in order else 1)
    key = _KEYS.get(order)
    return sorted(found, key=key) if key else list(found)


def _by_size(found: Sequence[Target], way: int) -> list[Target]:
    many = Counter(unit_of(t) for t in found if t.value is not None)

    def place(t: Target) -> tuple[Any, ...]:
        unit = unit_of(t)
        return t.value is None, -many[unit], unit, way * size_of(t)

    return sorted(found, key=place)


_KEYS: dict[str, Callable[[Target], Any]] = {
    "指标": lambda t: t.indicator,
    "年份": lambda t: (t.year is None, t.year),
    "地区": lambda t: (not t.place, t.place),
    "类别": lambda t: ("target", "result", "other").index(t.kind),
}
