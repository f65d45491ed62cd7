"""Figures that are part of a name, not an amount: 5G, 11号线, 360科技, “双11”, Web3.0, G20."""

import re
from decimal import Decimal
from typing import NamedTuple

from corpus.figures.numerals import numeral_at
from corpus.figures.units import unit_at

_LETTERS_BEFORE = re.compile(r"[A-Za-z]+[-._·]?$")
_MAX_LETTERS = 16
_NAME = re.compile(r"[0-9A-Za-z]+(?:[-._·][0-9A-Za-z]+){0,4}")
_AMOUNT_BEHIND = re.compile(r"[0-9.,]+ ?[%‰万亿]")  # GDP5.5%
_LETTER_BEHIND = re.compile(r"[0-9]+(?:\.[0-9]+)?[-._·]?[A-Za-z]")
_GENERATION = re.compile("[2-6][gG](?![0-9A-Za-z])")  # 5g is no weight
_CODE = re.compile(
    r"0[0-9]{1,3}-[0-9]{6,8}|[0-9]{3}-[0-9]{3,4}-[0-9]{4}"  # telephones
    r"|[0-9]+(?:\.[0-9]+){2,5}(?![0-9])|[0-9]{1,2}\.0(?![0-9])|[0-9]{1,2}·[0-9]{1,2}"
    r"|0[0-9]+(?![0-9.,])|[0-9]{20,}"
)
_QUOTED = re.compile('[0-9]+(?=[”"」』])')
_QUOTES = '“"「『'
_DOUBLE = re.compile("(?:1[12]|十[一二])(?![0-9一二三四五六七八九十百千万亿])")  # 双11, 双十二
_NUMBERED = re.compile("号[线楼馆院桥井炉]?(?![召称角码])|(?<!一)强(?![化调度])")
_NUMBERED_ARABIC = re.compile("科技|集团|同城|卫士|公司|路(?=公交|公共|电车|车)|[国省县]道")


class Label(NamedTuple):
    """A name with figures; one that is a number and a word (11号线) has both, others the name."""

    start: int
    end: int
    value: Decimal | None
    name: str


def label_at(text: str, at: int, floor: int = 0) -> Label | None:
    """Return the name whose first figure is at `at` in plain text, or None.

    Letters and 双 before the figure belong to it, as far back as `floor`.
    """
    if at > floor and text[at - 1] == "双" and (match := _DOUBLE.match(text, at)):
        return Label(at - 1, match.end(), None, "双11" if match.group()[-1] in "1一" else "双12")
    return _numbered(text, at) or (_coded(text, at, floor) if text[at] in "0123456789" else None)


def _numbered(text: str, at: int) -> Label | None:
    numeral = numeral_at(text, at)
    if not numeral or numeral.form == "several" or numeral.high is not None:
        return None
    word = _NUMBERED.match(text, numeral.end)
    if not word and numeral.form == "arabic":
        word = _NUMBERED_ARABIC.match(text, numeral.end)
    return Label(at, word.end(), numeral.value, word.group()) if word else None


def _coded(text: str, at: int, floor: int) -> Label | None:
    letters = _LETTERS_BEFORE.search(text, max(floor, at - _MAX_LETTERS), at)
    if letters and not _AMOUNT_BEHIND.match(text, at):
        return _named(text, letters.start())
    if _GENERATION.match(text, at):
        return _named(text, at)
    numeral = numeral_at(text, at)
    if numeral and unit_at(text, numeral.end):
        return None
    if _LETTER_BEHIND.match(text, at):
        return _named(text, at)
    match = _CODE.match(text, at)
    if not match and at > floor and text[at - 1] in _QUOTES:
        match = _QUOTED.match(text, at)
    return Label(at, match.end(), None, match.group()) if match else None


def _named(text: str, start: int) -> Label | None:
    match = _NAME.match(text, start)
    return Label(start, match.end(), None, match.group().upper()) if match else None
