"""Masking: identity numbers, cards, phones and mail addresses in what people type.

Digits of any width count, also with blanks or dashes between them. Figures of reports stay: what is
taken for a number of a person has its length, its beginning and its check digit or date.
"""

import re
from collections.abc import Callable, Iterator
from itertools import chain
from unicodedata import decimal, normalize

_GAP = r"[\s\-‐-―−ー_\u200b-\u200f\u2060\ufeff]{0,3}"
_ALONE = r"(?<!\d)(?<!\d\.)"
# What makes a long number an amount: nobody's phone is so many yuan.
_UNIT = r"[百千万亿]*(?:元|美元|吨|千瓦|公里|平方|立方|亩|人次)"

Test = Callable[[str], bool]


def _digits(count: str | int) -> str:
    return rf"(?:{_GAP}\d){{{count}}}"


def _number(form: str) -> re.Pattern[str]:
    """Return what finds numbers of a form wherever they begin, also within each other."""
    return re.compile(rf"{_ALONE}(?=(?P<it>{form})(?!\d|\.\d|{_GAP}{_UNIT}))")


_MAIL = re.compile(
    r"(?P<it>[A-Za-z0-9._%+\-]{1,64}\s?@\s?[A-Za-z0-9\-]{1,63}(?:\.[A-Za-z0-9\-]{1,63}){1,8})"
)
_IDENTITY = _number(rf"[1-9]{_digits(16)}{_GAP}[\dXx]")
_OLD_IDENTITY = _number(rf"[1-9]{_digits(14)}")
_CARDS = [_number(rf"[1-9]{_digits(length - 1)}") for length in range(19, 12, -1)]
_MOBILE = _number(rf"(?:(?:00)?86{_GAP})?1{_GAP}[3-9]{_digits(9)}")
_LANDLINE = _number(rf"0{_GAP}(?:[12]{_GAP}\d|[3-9]{_digits(2)}){_GAP}[)）]?{_digits('7,8')}")
# A number without its area code looks like any figure; what stands before it tells.
_NAMED = re.compile(
    r"(?:电话|座机|固话|手机|传真|[Tt][Ee][Ll])[号码是为:\s]{0,4}"
    rf"(?P<it>\d{_digits('6,10')})(?!\d)"
)

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)  # GB 11643-1999
_CHECKS = "10X98765432"
_DAY = re.compile(r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
_CENTURY = re.compile(r"(?:19|20)\d\d")


def masked(text: str) -> str:
    """Return a text with each such number replaced by what it is, in brackets."""
    folded = "".join(map(_folded, text))  # of the same length
    parts, end = [], 0
    for start, stop, what in _kept_apart(_found(folded)):
        parts += [text[end:start], f"[{what}]"]
        end = stop
    return "".join((*parts, text[end:]))


def _folded(character: str) -> str:
    if character.isdecimal():
        return str(decimal(character))
    plain = normalize("NFKC", character)
    return plain if len(plain) == 1 else character


def _found(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and kind of what is to be masked, the surest kinds first."""
    kinds: tuple[tuple[re.Pattern[str], str, Test], ...] = (
        (_MAIL, "邮箱", bool), (_IDENTITY, "证件号", _is_identity),
        *((card, "银行卡号", _is_card) for card in _CARDS),
        (_OLD_IDENTITY, "证件号", _is_old_identity),
        (_MOBILE, "电话", _is_phone), (_LANDLINE, "电话", _is_phone), (_NAMED, "电话", _is_phone),
    )  # fmt: skip
    for pattern, what, is_one in kinds:
        for match in pattern.finditer(text):
            if is_one(match["it"]):
                yield *match.span("it"), what


def _kept_apart(found: Iterator[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    kept: list[tuple[int, int, str]] = []
    for start, end, what in found:
        if all(end <= other[0] or other[1] <= start for other in kept):
            kept.append((start, end, what))
    return sorted(kept)


def _bare(number: str) -> str:
    return "".join(c for c in number.upper() if c.isdigit() or c == "X")


def _is_identity(number: str) -> bool:
    """Tell whether 18 characters hold a day of birth or their check digit.

    One with a slip in it still tells whose it is.
    """
    bare = _bare(number)
    if not _is_grouped(number):
        return False
    total = sum(int(d) * w for d, w in zip(bare, _WEIGHTS, strict=False))
    return _CHECKS[total % 11] == bare[17] or bool(_DAY.fullmatch(bare[10:14]))


def _is_old_identity(number: str) -> bool:
    return _is_grouped(number) and bool(_DAY.fullmatch(_bare(number)[8:12]))


def _is_grouped(number: str) -> bool:
    """Tell whether digits stand together or in groups as an identity number's, of 8 at most."""
    groups = re.findall(r"\d+", number)
    return len(groups) == 1 or max(map(len, groups)) <= 8


def _is_card(number: str) -> bool:
    """Tell whether digits are a card's by Luhn's sum; years and dates in a row are none."""
    *firsts, last = re.findall(r"\d+", number)
    sizes = {len(group) for group in firsts}
    grouped = (sizes <= {4} and len(last) <= 4) or sizes in ({6}, {4, 6})
    if firsts and (not grouped or all(map(_CENTURY.fullmatch, firsts))):
        return False
    digits = [int(d) for d in reversed(_bare(number))]
    doubled = chain.from_iterable(divmod(2 * d, 10) for d in digits[1::2])
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0


def _is_phone(number: str) -> bool:
    """Tell whether digits stand in groups as those of a phone do, or one by one; dates do not."""
    sizes = {len(group) for group in re.findall(r"\d+", number.removeprefix("86"))}
    return min(sizes) > 2 or sizes == {1}
