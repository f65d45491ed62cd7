"""Days, years and times of day as Chinese text writes them: 2024年1月23日, 6月底, 80年代, 8点半."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from corpus.figures.numerals import value_of

_ERA = re.compile(
    "(公元前|西元前|(?<![一-龥])前|公元|西元|民国|洪武|永乐|嘉靖|万历|崇祯|顺治|康熙|雍正|乾隆|嘉庆|道光|咸丰"
    "|同治|光绪|宣统|明治|大正|昭和|平成|令和) ?$"
)
_ERA_CHARS = 5
_SMALL = "[0-9]{1,2}|[二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九]"
_YEAR = "[12][0-9]{3}|[一二][〇零一二三四五六七八九]{3}|[0-9]{2}(?= ?年 ?[0-9]{1,2} ?月)"
# A field of a date is named by its sign.
_MONTH = f"(?P<月>{_SMALL}) ?月(?![亮球饼])份?(?: ?(?P<日>{_SMALL}) ?[日号])?"
_PART = "(?P<part>上半年|下半年|[底末](?!层)|初(?![中级步心衷])|[上中下]旬)?"
_DATES = [
    re.compile(pattern)
    for pattern in (
        f"(?P<年>{_YEAR}) ?年(?![级代]|的?历史|之久)(?: ?{_MONTH})?{_PART}",
        f"{_MONTH}{_PART}",
        "(?P<日>[0-9]{1,2}|[二三]十[一二三四五六七八九]?|十[一二三四五六七八九])"
        " ?日(?![本元常益报])",
        r"(?P<年>[12][0-9]{3})(?P<mark>[-/.])(?P<月>[01]?[0-9])(?P=mark)(?P<日>[0-3]?[0-9])(?![0-9])",
        "(?P<年代>(?:1[0-9]|20)?[0-9]0|[二三四五六七八九]十)年代(?P<part>初|末|中期)?",
        f"(?P<世纪>{_SMALL})世纪(?:(?P<年代>[1-9]0|[一二三四五六七八九]十)年代)?"
        "(?P<part>初|末|中[叶期])?",
    )
]
_YEAR_OF_ERA = re.compile(f"(?P<年>[0-9]{{1,4}}|{_SMALL}) ?年(?: ?{_MONTH})?{_PART}")
_CLOCK = re.compile("(?P<时>[0-9]{1,2}):(?P<分>[0-5][0-9])(?::(?P<秒>[0-5][0-9]))?(?![0-9:.])")
_BEFORE_RATIO = re.compile("[比例为] ?$")  # 男女比例为1:10
_HOUR = re.compile(
    f"(?P<时>{_SMALL})(?P<sign>[时点])(?![间候代期常段])"
    f"(?:(?P<half>半)|整|(?P<分>{_SMALL})分?(?:(?P<秒>{_SMALL})秒)?)?"
)
_BEFORE_HOUR = re.compile("(?:[上中下]午|[早晚]上?|凌晨|傍晚|清晨) ?$")
_SAID_HOUR = re.compile("[半整分秒]$")
_MOST = {"月": 12, "日": 31, "时": 24, "分": 59, "秒": 59, "世纪": 30}


@dataclass(frozen=True, slots=True)
class Date:
    """A date or time of day; `unit` names the fields (年月日) that `value` writes (20240123)."""

    start: int
    end: int
    value: Decimal
    unit: str


def date_at(text: str, at: int, floor: int = 0) -> Date | None:
    """Return the date or time whose first figure is at `at` in plain text, or None.

    The name of an era before it (民国38年) belongs to it, as far back as `floor`.
    """
    before = text[max(floor, at - _ERA_CHARS) : at]
    era = _ERA.search(before)
    if era and (match := _YEAR_OF_ERA.match(text, at)) and (date := _date(match)):
        return _in_era(date, era.group(1), at - len(before) + era.start())
    for pattern in _DATES:
        if (match := pattern.match(text, at)) and (date := _date(match)):
            return date
    return _time(text, at, before)


def _date(match: re.Match[str]) -> Date | None:
    """Return the date of the match's fields, or None if a field is over its greatest value."""
    value, unit = Decimal(0), ""
    for name, figure in match.groupdict().items():
        if figure is None or not name.isalpha() or name.isascii():
            continue
        number = value_of(figure)
        if number > _MOST.get(name, number):
            return None
        value, unit = value * 100 + number, unit + name
    if unit == "世纪年代":  # the eighties of the 20th century are 1980
        value, unit = value - 100, "年代"
    part = (match.groupdict().get("part") or "").replace("末", "底")
    return Date(match.start(), match.end(), value, unit + part)


def _in_era(date: Date, era: str, start: int) -> Date:
    if era.endswith("前"):
        return replace(date, start=start, value=-date.value)
    name = "" if era in ("公元", "西元") else era
    return replace(date, start=start, unit=name + date.unit)


def _time(text: str, at: int, before: str) -> Date | None:
    match = _CLOCK.match(text, at)
    if match:
        return None if _BEFORE_RATIO.search(before) else _date(match)
    match = _HOUR.match(text, at)
    # 三点 are three points and 四时 the seasons, unless they go on like a time of day.
    clear = match and (
        _BEFORE_HOUR.search(before)
        or _SAID_HOUR.search(match.group())
        or (match["sign"] == "时" and match["时"].isascii())
    )
    if not match or not clear:
        return None
    date = _date(match)
    if date and match["half"]:
        return replace(date, value=date.value * 100 + 30, unit="时分")
    return date
