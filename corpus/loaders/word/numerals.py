"""The numbers of automatic lists as Word and PowerPoint write them."""

import re
from collections.abc import Callable

_DIGITS = "零一二三四五六七八九"
_LEGAL = str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")
_LEGAL_TRADITIONAL = str.maketrans("一二三四五六七八九十百千", "壹貳參肆伍陸柒捌玖拾佰仟")
_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
          (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))  # fmt: skip
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


def numeral(form: str, number: int) -> str:
    """Return a number in a format that is named as in w:numFmt; decimal for one not known."""
    if form in ("none", "bullet"):
        return ""
    write = _FORMS.get(form)
    return write(number) if write and number > 0 else str(number)


def counted(number: int) -> str:
    """Return a number below ten thousand in Chinese: 十二, 一百零五, 二百一十."""
    if number >= 10_000:
        return str(number)
    said, gap = "", False
    for place, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // place % 10
        if digit:
            said += ("零" if gap and said else "") + _DIGITS[digit] + unit
        gap = not digit
    return said.removeprefix("一") if 10 <= number < 20 else said


def _japanese(number: int) -> str:
    """Return 百十一 where Chinese says 一百一十一; below twenty both say the same."""
    said = counted(number).replace("零", "")
    return re.sub("一(?=[十百千])", "", said)


def _spelled(number: int) -> str:
    return "".join("○一二三四五六七八九"[int(digit)] for digit in str(number))


def _letters(number: int) -> str:
    times, letter = divmod(number - 1, 26)
    return chr(ord("A") + letter) * (times + 1)


def _roman(number: int) -> str:
    said = ""
    for value, letters in _ROMAN:
        times, number = divmod(number, value)
        said += letters * times
    return said


def _one_of(signs: str) -> Callable[[int], str]:
    return lambda number: signs[number - 1] if number <= len(signs) else str(number)


def _signs(first: int, count: int) -> Callable[[int], str]:
    return _one_of("".join(map(chr, range(first, first + count))))


def _counting(number: int) -> str:
    return counted(number) if number < 100 else _spelled(number)


_FORMS: dict[str, Callable[[int], str]] = {
    "chineseCounting": _counting,
    "taiwaneseCounting": _counting,
    "chineseCountingThousand": counted,
    "taiwaneseCountingThousand": counted,
    "japaneseCounting": _japanese,
    "chineseLegalSimplified": lambda number: counted(number).translate(_LEGAL),
    "ideographLegalTraditional": lambda number: counted(number).translate(_LEGAL_TRADITIONAL),
    "ideographDigital": _spelled,
    "japaneseDigitalTenThousand": _spelled,
    "taiwaneseDigital": _spelled,
    "ideographTraditional": _one_of("甲乙丙丁戊己庚辛壬癸"),
    "ideographZodiac": _one_of("子丑寅卯辰巳午未申酉戌亥"),
    "ideographEnclosedCircle": _signs(0x3280, 10),
    "decimalEnclosedCircle": _signs(0x2460, 20),
    "decimalEnclosedCircleChinese": _signs(0x2460, 20),
    "decimalEnclosedParen": _signs(0x2474, 20),
    "decimalEnclosedFullstop": _signs(0x2488, 20),
    "decimalFullWidth": lambda number: str(number).translate(_FULL_WIDTH),
    "decimalZero": lambda number: f"{number:02}",
    "upperLetter": _letters,
    "lowerLetter": lambda number: _letters(number).lower(),
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
}
