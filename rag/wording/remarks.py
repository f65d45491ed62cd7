"""What the reader of a check is told besides the verdict and the diff."""

import re
from collections.abc import Sequence

from corpus.cleaning import PAGE_NUMBER
from rag.wording.characters import is_blank, is_mark, is_word, narrow
from rag.wording.checks import NAMES
from rag.wording.quoting import Quoted

MOVED = "各项相同，只是顺序不同"
REORDERED = "分句的顺序不同，文字也有出入"
APART = "这几处在原文的同一句里，顺序不同"
STITCHED = "由原文 {} 处的话拼接而成，不是连续的一段"
NEAREST = "报告里没有这句话，下面是最接近的原句"
CUT_FIGURE = "开头或结尾把一个数字截断了，原文的数字是“{}”"
NEGATED = "原文在这段话前面紧接着“{}”，单独引用时意思相反"
FURNITURE = "这段文字在网页的菜单、声明或页脚里，不是报告正文"
ELSEWHERE = "另一份报告里有{}的原文：{}"
NOT_PREFERRED = "文中提到的报告里没有相近的话，以下出自另一份报告"


def of(text: str, quoted: Quoted) -> tuple[str, ...]:
    """Return the remarks on a text and the first place it stands at."""
    notes = []
    if quoted.verdict == "exact_ignoring_punctuation":
        notes.append(what_differs(text.strip(), quoted.match.quote))
    if quoted.moved:
        notes.append(REORDERED if quoted.altered else MOVED)
    if quoted.cut_figure:
        notes.append(CUT_FIGURE.format(quoted.cut_figure))
    if quoted.negation:
        notes.append(NEGATED.format(quoted.negation))
    if not quoted.in_report:
        notes.append(FURNITURE)
    return tuple(notes)


def elsewhere(found: Sequence[Quoted]) -> tuple[str, ...]:
    """Return the remark on the words that stand in a report other than the one that is meant."""
    return tuple(ELSEWHERE.format(NAMES[q.verdict], q.match.place) for q in found[:1])


def stitched(places: int, one_sentence: bool) -> tuple[str, ...]:
    """Return the remarks on a text that comes from several places, all of one sentence or not."""
    return (STITCHED.format(places), *([APART] if one_sentence else []))


def what_differs(pasted: str, quote: str) -> str:
    """Return the remark on two texts that have the same words: what else is different."""
    text = "\n".join(line for line in pasted.split("\n") if not PAGE_NUMBER.match(line.strip()))
    ours, theirs = narrow(text), narrow(quote)
    kinds = [name for name, of in _KINDS if of(ours) != of(theirs)]
    same_marks = _marks(ours) == _marks(theirs)
    if _wide(text) != _wide(quote) or (same_marks and _marks(text) != _marks(quote)):
        kinds.append("全角半角")
    return f"只有{'、'.join([*kinds, *(['页码'] if text != pasted else [])])}不同"


def _marks(text: str) -> str:
    return "".join(filter(is_mark, text))


def _letters(text: str) -> str:
    return "".join(filter(is_word, text))


def _blanks(text: str) -> str:
    """Return the text with all between two blanks as one character, and each blank as one."""
    return re.sub(r"x+", "x", re.sub(r" +", " ", "".join(" x"[not is_blank(c)] for c in text)))


def _wide(text: str) -> list[str]:
    """Return the letters and figures that are not in half-width."""
    return [c for c in _letters(text) if narrow(c) != c]


_KINDS = (("标点", _marks), ("空格或换行", _blanks), ("字形", _letters))
