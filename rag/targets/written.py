"""A figure as its document writes it: number, upper end, unit, and its slice with the qualifier."""

import re
from dataclasses import dataclass
from decimal import Decimal

from corpus.documents import Span
from corpus.figures.numerals import plain
from corpus.quantities import Quantity

_VAGUE = re.compile("[余多]")
_NUMBER = re.compile(r"[\d.,]*\d")
_SHARE = re.compile("[:比/]")  # 1/3, 2.5:1
# These only lead to a figure; 超过 and 不低于 limit it.
_LEADS = re.compile(
    "^(?:[达高长多]达?到?了?|至)(?=[^一-鿿]|[近超约逾不]|[一二两三四五六七八九十百千万亿])"
)
_BARE = re.compile("[上数几]?[百千万亿]+(?!分)")  # 百万吨, 数百家
_POINTS = re.compile(r"(?:、|和)[\d.]+个百分点")


@dataclass(frozen=True, slots=True)
class Written:
    """What a figure says in its own unit; `span` is the figure with its qualifier.

    A range has a `high`; a bare scale (百万吨以上) has no value.
    """

    value: float | None
    high: float | None
    unit: str
    span: Span


def written(text: str, quantity: Quantity) -> Written:
    """Return a figure's number and unit as written: 2000 and 亿元; offsets are `text`'s."""
    start, end = quantity.qualified.start, quantity.qualified.end
    if lead := _LEADS.match(text[start : quantity.start] + "1"):
        start = min(start + lead.end(), quantity.start)
    raw = plain(text[quantity.start : quantity.end])
    found = list(_NUMBER.finditer(raw))
    high = quantity.high if quantity.unit != "比" else None
    span = Span(start, end)
    if is_bare(raw):
        return Written(None, None, quantity.unit, span)
    if not found or _SHARE.match(raw, found[0].end()):
        return Written(_float(quantity.value), _float(high), quantity.unit, span)
    unit = _VAGUE.sub("", raw[found[-1].end() :]).strip()
    if unit == "个" and "." in found[-1][0] and _POINTS.match(text, quantity.end):
        unit = "个百分点"  # 快于3.4个、1个百分点
    first, last = (Decimal(n[0].replace(",", "")) for n in (found[0], found[-1]))
    if quantity.value is None or not high:
        return Written(float(first), None, unit, span)
    return Written(float(quantity.value * last / high), float(last), unit, span)


def is_bare(raw: str) -> bool:
    """Tell whether a figure is a scale without a number: 百万吨, 万亿元."""
    return bool(_BARE.match(raw))


def _float(number: Decimal | None) -> float | None:
    return None if number is None else float(number)
