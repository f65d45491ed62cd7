"""What is asked: the question made safe to work on, and the words of it that carry meaning."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.errors import InputError
from index.folding import fold
from index.lexicon import words
from rag.answers import Turn

MAX_CHARS = 500
_EXAMPLE = "例如：今年要改造多少公里燃气管网？"
_UNUSABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
# Words that ask or soften and say nothing about the subject.
_ASKING = re.compile(
    r"请问|想问一?下?|我想知道|告诉我|说一?下|一下|多少|几(?=[个条家所座处项公里号万亿次年月天])|几"
    r"|什么样|什么|啥|哪一?[些个家条里儿几年天]|怎么样|怎么办|怎么|咋样?|如何|为什么|为啥|是否|是不是"
    r"|有没有|能不能|会不会|要不要|有无|可以|打算|准备|[吗呢吧啊呀嘛么了的?!,.]"
)


@dataclass(frozen=True, slots=True)
class Question:
    """A question as typed, as searched, and its meaningful words.

    `resolved` is what is searched: the place where follow-ups will be completed from the turns
    before. `focus` is folded text with asking words blanked out, `words` are its words; single
    Han characters (做, 在) mean too much and too little, so they count only when alone.
    """

    text: str
    resolved: str
    focus: str
    words: tuple[str, ...]


def understand(text: str, history: Sequence[Turn] = ()) -> Question:
    """Return the question; raises InputError when there is nothing to work on or too much.

    `history` is where follow-ups will find what they leave out; for now each question stands alone.
    """
    if len(text) > MAX_CHARS:
        raise InputError(f"问题有 {len(text)} 个字，太长了，请缩短到 {MAX_CHARS} 字以内")
    clean = " ".join(_UNUSABLE.sub(" ", text).split())
    if not clean:
        raise InputError(f"没有看到问题，请输入一个问题，{_EXAMPLE}")
    focus = _focus(clean)
    typed = text.encode(errors="replace").decode()
    return Question(typed, clean, focus, _meaningful(words(focus)))


def _meaningful(found: list[str]) -> tuple[str, ...]:
    return tuple(word for word in found if len(word) > 1 or word.isascii()) or tuple(found)


def _focus(text: str) -> str:
    folded = fold(text)
    return " ".join(_ASKING.sub(" ", folded).split()) or folded
