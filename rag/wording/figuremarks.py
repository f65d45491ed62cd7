"""The marks that carry the meaning of a figure: 5.5 is not 55, 3、4 is not 34, -5 is not 5."""

import re
from collections.abc import Iterator

from rag.wording.characters import DASHES, is_mark

PIECE = re.compile(r"\d+(?:[.,:-]\d+)*|.", re.DOTALL)  # a figure of a stream, or one character
# Numerals that make another number with their neighbour when the mark between them goes: 五、十.
_PLACED = "十百千万亿"
_NUMERAL = rf"\d一二三四五六七八九两零〇{_PLACED}"
_PLACED_PAIR = re.compile(rf"[{_NUMERAL}][{_PLACED}]|[{_PLACED}][{_NUMERAL}]")
_BESIDE = re.compile(
    rf"(?<=[{_NUMERAL}])[^\w%‰]+(?=[{_PLACED}])|(?<=[{_PLACED}])[^\w%‰]+(?=[{_NUMERAL}])"
)
_GROUPED = re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?!,?\d)")  # 1,500 is 1500
_BETWEEN = re.compile(r"(?<=\d)[^\w%‰‱&@/+=×÷±]+(?=\d)")
_SIGN = re.compile(rf"(?<![\dA-Za-z{DASHES}])[{DASHES}]+(?=\d)")
_ANGLE = re.compile(r"[<>](?=\s*\d)")
_QUOTED = re.compile(r"<[^<>]{1,80}>")
_RANGE_END = re.compile(r"[\d%‰元吨人家里年月日个度米]")  # before a dash: from here to there


def figure_marks(text: str) -> Iterator[tuple[int, str]]:
    """Yield where in a narrow text a mark belongs to a figure, and one character for its meaning.

    Between two digits: - for a range, . or : as they are, and a comma for a list.
    """
    grouping = {m.start() + i for m in _GROUPED.finditer(text)
                for i, c in enumerate(m.group()) if c == ","}  # fmt: skip
    for match in _BETWEEN.finditer(text):
        marks = [i for i in range(*match.span()) if is_mark(text[i]) and i not in grouping]
        if marks:
            yield marks[0], _between_digits({text[i] for i in marks}, len(marks))
    for match in _BESIDE.finditer(text):
        if marks := [i for i in range(*match.span()) if is_mark(text[i])]:
            yield marks[0], ","
    for match in _SIGN.finditer(text):
        yield match.start(), "~" if match.group() in "~∼〜" else "-"
    quoting = {at for match in _QUOTED.finditer(text) for at in (match.start(), match.end() - 1)}
    for match in _ANGLE.finditer(text):
        if match.start() not in quoting:
            yield match.start(), match.group()


def in_figure(stream: str, k: int) -> bool:
    """Tell whether a cut before stream character `k` would go through a figure: 10|00, 5|.5."""
    left, right = stream[max(k - 1, 0) : k], stream[k : k + 1]
    if not left or not right:
        return False
    if (left + right).isdigit() or _PLACED_PAIR.fullmatch(left + right):
        return True
    if right.isdigit() and left in "-~<>":
        return not _RANGE_END.match(stream[max(k - 2, 0) : k - 1])
    if right.isdigit():
        return left in ".:" and stream[max(k - 2, 0) : k - 1].isdigit()
    return right in ".:" and left.isdigit() and stream[k + 1 : k + 2].isdigit()


def _between_digits(marks: set[str], count: int) -> str:
    if marks & set(DASHES):
        return "-"
    return marks.pop() if count == 1 and marks <= set(".:") else ","
