"""Conditions on figures: 超过100万人, 定在5%左右, 是5%以上."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from corpus.figures.units import in_base
from corpus.quantities import Quantity, quantities
from index.folding import fold
from rag.across.ranking import leaning, size
from rag.targets.target import Target

_OVER = re.compile("以上|超过|超|不低于|不少于|高于|大于|多于|达到|突破|至少")
_UNDER = re.compile("以下|以内|低于|不到|少于|小于|不超过|不高于|之内")
_WRITTEN = re.compile('(?:定[在为]|设[在为定]|是|为|写)[“"]?$')
_DENIED = re.compile("不(?:是|等于|为|在)[定设]?[在为]?$")
_OF_REPORTS = re.compile("个?(?:省|市|地方|地区|报告|份|自治区)")
_AROUND = 8
_CLOSE = 1e-9
_LARGE = 10_000  # 突破5万亿 needs no unit


@dataclass(frozen=True, slots=True)
class Condition:
    """A figure that values are held against; `exact` where it is given as reports write it."""

    quantity: Quantity
    relation: Literal["over", "under", "about"]
    written: str
    exact: bool
    denied: bool = False

    @property
    def is_rate(self) -> bool:
        """Tell whether a share is asked for, not an amount."""
        return self.quantity.kind == "ratio"

    def holds(self, target: Target, every: Sequence[Target]) -> bool:
        """Tell whether a figure of a report, one of `every`, meets the condition.

        是5%以上 asks for what is written so where any report writes it, else for 5 and more;
        不是5% for all others.
        """
        return self._holds(target, every) != self.denied

    def _holds(self, target: Target, every: Sequence[Target]) -> bool:
        known = any(fold(t.written) == self.written for t in every)
        if self.exact and known and self.relation != "about":
            return fold(target.written) == self.written
        low, high, base = size(target)
        wanted, unit = self._in_base(self.quantity.value)
        if unit and unit != base:
            return False  # 5万亿 is of whatever the figures are of
        top = wanted if self.quantity.high is None else self._in_base(self.quantity.high)[0]
        same = abs(low - wanted) <= _CLOSE * max(1.0, abs(wanted)) and low == high
        if top > wanted:
            return wanted <= low and high <= top
        if self.relation == "over":
            return low >= wanted or same
        if self.relation == "under":
            return high <= wanted or same
        return same and leaning(target.written) == 0

    def _in_base(self, value: Decimal | None) -> tuple[float, str]:
        told, base = in_base(value or Decimal(0), self.quantity.unit)
        return float(told), base


def condition(told: str) -> Condition | None:
    """Return the last figure of a question that values can be held against."""
    found = [q for q in quantities(told) if _is_value(q, told)]
    found = [q for q in found if q.unit] or found
    if not found:
        return None
    span = found[-1].qualified
    around = told[max(0, span.start - _AROUND) : span.end + _AROUND - 2]
    relation: Literal["over", "under", "about"] = (
        "over" if _OVER.search(around) else "under" if _UNDER.search(around) else "about"
    )
    exact = bool(_WRITTEN.search(told[: span.start]))
    denied = bool(_DENIED.search(told[: span.start]))
    return Condition(found[-1], relation, told[span.start : span.end], exact, denied)


def _is_value(q: Quantity, told: str) -> bool:
    large = q.value is not None and q.value >= _LARGE
    counted = q.kind in ("amount", "ratio") and q.value is not None and (bool(q.unit) or large)
    return counted and q.unit not in ("个", "份") and not _OF_REPORTS.match(told, q.end)
