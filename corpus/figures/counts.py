"""Counting: a numeral with the unit behind it, and whether the two are a figure at all."""

import re
from dataclasses import dataclass
from decimal import Decimal

from corpus.figures.numerals import MULTIPLIER, Numeral, numeral_at, value_of
from corpus.figures.units import CURRENCIES, DOLLARS, UNITS, Kind, Unit, unit_at

_BLANK = (" ", "\u00a0", "\u3000")
_MORE = re.compile("[多余几来+]")
_MORE_BEHIND = re.compile("[多余](?![种样元次少年项地方边额])|半(?![导数岛径夜年天场决截])")
_INSIDE_UNIT = re.compile("个([半多])(月|小时|世纪|星期|钟头|学期)")  # 3个半月, 3个多月
_HALF_OF = re.compile("半(?=年|个|小时|天)")
_NOT_HALF = "上下前后大多"  # 上半年 is a date
_NOT_ONE = "统唯万专同归划单逐不之每某另这那有的"  # 统一, 每一年, 有一天
_MARKS = "上近约逾超过到足破"  # 近百家, but 百家争鸣
_NOT_NUMBERS = re.compile(
    "三门[峡县湾]|五台山|十三行|七台河|三轮车|二人转|三位一体|三部曲|五笔|两口子|两头|三条石|八股|三元桥|二元|三次产业"
    "|十里堡|四周(?![年内后前])"
)
_POWER = re.compile("[十百千万亿]")
_SECONDS = re.compile(r"(?:[0-9]+(?:\.[0-9]+)?|[一二三四五六七八九十]{1,3})秒")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as found in plain text.

    `numeral` is its number as written, `attached` a word inside it that makes it vague (多, 数).
    An `open` one is a Chinese numeral that lacks the unit which would make it a figure.
    """

    start: int
    end: int
    kind: Kind
    value: Decimal | None
    unit: str = ""
    high: Decimal | None = None
    attached: str = ""
    numeral: str = ""
    open: bool = False


def count(text: str, at: int, floor: int) -> Figure | None:
    """Return the amount, ratio or duration at `at` in plain text: a numeral and its unit; or None.

    A Chinese numeral without a unit is returned open.
    """
    before = text[at - 1] if at > floor else " "
    if half := _HALF_OF.match(text, at):
        return _half(text, at, half.end()) if before not in _NOT_HALF else None
    numeral = numeral_at(text, at + (text[at] in CURRENCIES))
    if not numeral:
        return None
    unit, end, attached, factor = _counted(text, at, floor, numeral)
    kind = _kind(numeral, text[at : numeral.end], unit, before, attached)
    if _NOT_NUMBERS.match(text, at) or (not kind and (unit or numeral.form != "han")):
        return None
    if numeral.form == "several":
        attached = text[at]
    elif numeral.form == "bare" and before == "上":
        at, attached = at - 1, before
    factor *= unit.factor if unit else 1
    extra = Decimal("0.5") if attached == "半" else 0
    return Figure(
        start=at,
        end=end,
        kind=kind or "amount",
        value=numeral.value * factor + extra,
        unit=unit.name if unit else "",
        high=None if numeral.high is None else numeral.high * factor + extra,
        attached=attached.replace("半", ""),
        numeral=text[at : numeral.end],
        open=not kind,
    )


def _half(text: str, at: int, end: int) -> Figure | None:
    found = unit_at(text, end)
    if not found or found[0].kind != "duration":
        return None
    return Figure(at, found[1], "duration", Decimal("0.5"), found[0].name)


def _kind(
    numeral: Numeral, written: str, unit: Unit | None, before: str, attached: str
) -> Kind | None:
    """Return what a numeral is with its unit, or without one; None if it is no figure so."""
    if numeral.form == "arabic":
        return unit.kind if unit else "amount"
    if unit is None:
        # 六百二十三 and 八亿 stand alone, 二十 and 三万 only with 多, 约 and the like.
        long = len(written) > (1 if written.endswith("亿") else 2) or before in _MARKS
        alone = numeral.form == "han" and numeral.high is None and long and _POWER.search(written)
        return "amount" if alone or attached else None
    if numeral.form == "bare":
        marked = len(written) > 1 or attached or before in _MARKS
        return unit.kind if marked and unit.use != "vague" else None
    if written == "一" and (before in _NOT_ONE or unit.use == "classifier" or unit.name == "届"):
        return None
    if unit.use == "vague" and len(written) < (2 if numeral.high is None else 3):
        return None
    if unit.use == "rank" and written != "两" and before != "分" and numeral.value < 100:
        return "ordinal"
    if written == "二" and unit.use == "classifier" and unit.name != "人":
        return "ordinal"  # 二 tells which one, 两 how many
    return unit.kind


def _counted(
    text: str, at: int, floor: int, numeral: Numeral
) -> tuple[Unit | None, int, str, Decimal]:
    """Return what is behind a number, as `behind` does, in the light of what is before it."""
    unit, end, attached, factor = behind(text, numeral.end)
    currency = CURRENCIES.get(text[at])
    unit = unit or (UNITS[currency] if currency else None)
    if unit is UNITS["元"] or currency == "美元":  # 港币50元, HK$50
        unit = UNITS.get(DOLLARS.get(text[max(floor, at - 2) : at], ""), unit)
    elif unit is UNITS["分"] and _SECONDS.match(text, end):
        unit = UNITS["分钟"]
    elif unit is UNITS["成"] and numeral.value > 10:
        unit, end = None, numeral.end
    return unit, end, attached, factor


def behind(text: str, end: int) -> tuple[Unit | None, int, str, Decimal]:
    """Return what follows a number: its unit, the end, 多 or 半, and a multiplier after 多."""
    if found := _unit(text, end):
        return *found, Decimal(1)
    if more := _MORE.match(text, end):
        multiplier = MULTIPLIER.match(text, more.end())
        after = multiplier.end() if multiplier else more.end()
        found = _unit(text, after)
        if found or multiplier:
            unit, end, _ = found or (None, after, "")
            return unit, end, more.group(), value_of(text[more.end() : after] or "1")
    return None, end, "", Decimal(1)


def _unit(text: str, at: int) -> tuple[Unit, int, str] | None:
    if inside := _INSIDE_UNIT.match(text, at):
        return UNITS["个" + inside[2]], inside.end(), inside[1]
    found = unit_at(text, at + text.startswith(_BLANK, at))
    if not found:
        return None
    unit, end = found
    more = _MORE_BEHIND.match(text, end) if unit.use == "measure" else None
    if more and (more.group() != "半" or unit.kind == "duration"):
        return unit, more.end(), more.group()
    return unit, end, ""
