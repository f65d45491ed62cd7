"""Figures of several parts: ranges (3至5万元, 5%—6%) and units after one another (2小时30分)."""

import re
from dataclasses import replace
from decimal import Decimal

from corpus.figures.counts import Figure, behind, count
from corpus.figures.numerals import value_of
from corpus.figures.single import single
from corpus.figures.units import in_base, is_scaled

_TO = re.compile(" ?(?:[—-]{1,2}|[–−~至到]) ?")
_SCALE = re.compile("[百千]?([万亿]*)$")
_MULTIPLIED = re.compile("[百千万亿]")
_DECIMALS = re.compile("(?<=[米秒])[0-9]{1,2}(?![0-9.,%‰])")  # 2米11, 3分33秒62
_LONGEST_COMPOUND = 4
_FIELDS = "年月日时分秒"


def figure_at(text: str, at: int, floor: int = 0) -> Figure | None:
    """Return the whole figure whose number begins at `at` in plain text, or None.

    A word that belongs to it may stand before `at`, as far back as `floor`.
    """
    figure = single(text, at, floor)
    if figure:
        figure = _range(text, _compound(text, figure))
    return None if figure is None or figure.open else figure


def _compound(text: str, figure: Figure) -> Figure:
    for _ in range(_LONGEST_COMPOUND):
        longer = _with_smaller_unit(text, figure) or _with_decimals(text, figure)
        if not longer:
            break
        figure = longer
    return figure


def _with_smaller_unit(text: str, figure: Figure) -> Figure | None:
    at = figure.end + text.startswith(("零", "又"), figure.end)
    if not _is_measured(figure) or at >= len(text):
        return None
    added = count(text, at, at)
    if not added or added.value is None or added.high is not None or added.open:
        return None
    unit = "分钟" if added.unit == "分" and figure.unit == "小时" else added.unit
    (size, base), (smaller, same_base) = in_base(Decimal(1), figure.unit), in_base(Decimal(1), unit)
    if base != same_base or smaller >= size or figure.value is None:
        return None
    value = figure.value * size / smaller + added.value
    return replace(figure, end=added.end, value=value, unit=unit)


def _with_decimals(text: str, figure: Figure) -> Figure | None:
    match = _DECIMALS.match(text, figure.end) if _is_measured(figure) else None
    if not match or figure.value is None or behind(text, match.end())[0]:
        return None
    return replace(figure, end=match.end(), value=figure.value + Decimal(f"0.{match.group()}"))


def _is_measured(figure: Figure) -> bool:
    kinds = ("amount", "duration")
    return figure.kind in kinds and figure.high is None and is_scaled(figure.unit)


def _range(text: str, low: Figure) -> Figure:
    """Return `low` and the upper end behind it as one figure, if there is one that fits."""
    to = _TO.match(text, low.end)
    if not to or to.end() >= len(text) or low.kind == "label" or low.high is not None:
        return low
    high = single(text, to.end(), to.end())
    if not high or high.value is None or high.high is not None or high.kind == "label":
        return low
    value = _lower_end(low, high, in_words=text.startswith("百分之", low.start))
    top = _upper_date(low, high) if low.kind == high.kind == "date" else high.value
    if value is None or top is None or value >= top:
        return low
    kind = low.kind if low.kind == "ordinal" or not high.unit else high.kind
    unit = low.unit if low.kind == "date" else high.unit or low.unit
    attached = low.attached or high.attached
    return replace(
        low,
        end=high.end,
        kind=kind,
        value=value,
        high=top,
        unit=unit,
        attached=attached,
        open=False,
    )


def _lower_end(low: Figure, high: Figure, in_words: bool) -> Decimal | None:
    """Return the value of the lower end, or None if the two are no ends of one range."""
    if low.value is None or high.value is None:
        return None
    if low.kind == high.kind == "date":
        return low.value if low.unit.endswith(high.unit) else None
    if low.unit:
        alike = low.unit == high.unit and low.kind == high.kind
        return low.value if alike or (in_words and not high.unit) else None
    if high.kind == "date":
        return low.value if high.unit in ("年", "月", "日", "年代", "世纪") else None
    if not high.unit:
        return low.value if low.kind == "ordinal" else None
    return _shared(low, high)


def _shared(low: Figure, high: Figure) -> Decimal | None:
    """Return the lower end with the 万 and the unit of the upper one: 3至5万, 七到八成."""
    if low.value is None or high.value is None:
        return None
    written = value_of(high.numeral)
    factor = high.value / written if written else Decimal(1)
    tail = _SCALE.search(high.numeral)
    tails = (tail[0], tail[1]) if tail and not _MULTIPLIED.search(low.numeral) else ()
    for shared in (*tails, ""):
        value = low.value * factor * value_of(f"1{shared}")
        if value < high.value:
            return value
    return None


def _upper_date(low: Figure, high: Figure) -> Decimal | None:
    """Return the later date, its greater fields taken from the earlier: 1月5日至8日 ends at 108."""
    if low.value is None or high.value is None or low.unit == high.unit:
        return high.value
    if not set(high.unit) <= set(_FIELDS):
        return None
    fields = Decimal(100) ** len(high.unit)
    return low.value // fields * fields + high.value
