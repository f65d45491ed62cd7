"""Quantities in Chinese text, by span: amounts, shares, ordinals, dates, durations, numbered names.

Nothing is rewritten: `text[quantity.start:quantity.end]` is the figure with its unit as it stands.
A Chinese numeral counts only where a unit that it really counts follows (三家, 两条), for most of
them in running text are parts of words (三亚, 十分, 一体化, 千家万户).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from corpus.documents import Span
from corpus.figures.counts import Figure
from corpus.figures.numerals import plain
from corpus.figures.ranges import figure_at
from corpus.figures.units import Kind, in_base

_HAN = "〇零一二两三四五六七八九十百千万亿"
_START = re.compile(
    f"[0-9第半]|首(?=届)|(?<![{_HAN}第数几廿卅])[{_HAN}]|[数几](?=[十百千万亿])|[过近超]半|负(?=[0-9])"
    r"|(?<![0-9A-Za-z%‰)）])[-−±](?=[0-9])|[¥￥$€£](?=[0-9])"
)
_BEFORE = re.compile(
    "(突破|超过|超出|不超过?|超|逾|[不未](?:低于|少于|高于|多于|足|到|满|达)|低于|少于|高于|多于|大于|小于"
    "|至[少多]|最[少多高低大小长]|达到|[高多长]达|(?<![雷发到传抵表马直下送转])达|大约|约为|大概|将近|接近"
    "|(?<![合节公条契预签纽制邀特履违失缔盟赴婚])约|(?<![附最靠邻临新远])近|几乎"
    "|(?<![目之以此当年日提空])前|[≥≤><])了? ?$"
)
_BEFORE_CHARS = 8
_BEHIND = re.compile("(?:[(（]含[)）])?(?:以[上下内外]|之[内间]|左右|上下|开外|有余|不等)")
_BEHIND_TIME = re.compile(
    "以来|[以之][前后]|前后|前(?![景期提往沿列途])|后(?![续勤台备])|起(?![步到来草])|内(?![外部容地蒙陆涝])"
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure with its unit, `start` to `end`, and what it says.

    `value` has 万 and 亿 worked out (2000亿元: 200000000000 元); shares are in % (八成: 80), dates
    are their digits (1月5日: 105 月日). `high` is the upper end of a range, or the 7 of 1:7. A
    label has a value if it is a number and a word (11号线: 11 号线), else a name for unit (5G).
    `qualifier` has the words before, in and behind the figure in Simplified script, joined by …
    (约…左右, 多); `qualified` covers them and the figure (突破2000亿元, 5.5%左右).
    """

    start: int
    end: int
    kind: Kind
    value: Decimal | None
    high: Decimal | None
    unit: str
    qualifier: str
    qualified: Span


def quantities(text: str, span: Span | None = None) -> Iterator[Quantity]:
    """Yield the quantities of `text`, or of `span` in it, in text order; none overlap.

    Offsets are those of `text`. What stands outside the span is not looked at.
    """
    span = span or Span(0, len(text))
    view = plain(span.of(text))
    at = floor = 0
    while match := _START.search(view, at):
        figure = figure_at(view, match.start(), floor)
        if figure:
            yield _quantity(view, figure, floor, span.start)
            floor = figure.end
        at = figure.end if figure else match.start() + 1


def same(a: Quantity, b: Quantity) -> bool:
    """Tell whether both say the same: equal value and range, and units that agree.

    Units agree where they convert (623公里, 623000米) or one of them is missing (2000亿, 2000亿元).
    Qualifiers are left to the caller: 突破2000亿元 and 2000亿元 are the same figure.
    """
    kinds = {a.kind, b.kind}
    if len(kinds) > 1 and (kinds & {"label", "ordinal"} or ("date" in kinds and a.unit and b.unit)):
        return False
    return _measure(a, b.unit) == _measure(b, a.unit)


def _measure(quantity: Quantity, other_unit: str) -> tuple[Decimal | None, Decimal | None, str]:
    """Return value, upper end and unit to compare by; without a unit, those in the other's."""
    unit = quantity.unit or other_unit
    base = in_base(Decimal(1), unit)[1]
    value, high = (
        None if number is None else in_base(number, unit)[0]
        for number in (quantity.value, quantity.high)
    )
    return value, high, base


def _quantity(view: str, figure: Figure, floor: int, offset: int) -> Quantity:
    start = max(floor, figure.start - _BEFORE_CHARS)
    before = _BEFORE.search(view[start : figure.start])
    behind = _BEHIND.match(view, figure.end) if figure.kind != "label" else None
    if not behind and figure.kind in ("date", "duration"):
        behind = _BEHIND_TIME.match(view, figure.end)
    words = (before and before[1], figure.attached, behind and behind[0])
    qualified = Span(
        offset + (start + before.start() if before else figure.start),
        offset + (behind.end() if behind else figure.end),
    )
    return Quantity(
        offset + figure.start,
        offset + figure.end,
        figure.kind,
        figure.value,
        figure.high,
        figure.unit,
        "…".join(word for word in words if word),
        qualified,
    )
