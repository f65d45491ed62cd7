"""Sentences as a model writes them, each with the passages it claims to rest on."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

# Possessive throughout: what a model sends must not make a pattern try again and again.
_NUMBERS = r"(?:资料|编号)?+\s?+\d{1,3}(?:\s?+[,，、]\s?+\d{1,3})*+"
_SQUARE = re.compile(rf"\s?+[\[【［]\s?+({_NUMBERS})\s?+[\]】］]")
_END = re.compile(
    rf"[。！？!?]++[”’」』）)]*+(?:{_SQUARE.pattern})*+(?=\s?+[^\s\[【［”’」』）)。！？!?])|\n++(?=\s*+[^\s\[【［])"
)
_BULLET = re.compile(r"^\s*+(?:[-*•#>]++(?!\d)|\d{1,2}[.、)）](?!\d)|[一二三四五六]、)\s*+")
_BOLD = re.compile(r"\*\*|__")
_BLANKS = re.compile(r"[^\S\n]+")
_MARKS = re.compile(r"([。！？!?])\1+")
_THINK, _THOUGHT = "<think>", "</think>"
_LONGEST = 400  # characters without an end: no sentence any more
_AT_ONCE = 100  # characters looked at together


@dataclass(frozen=True, slots=True)
class Sentence:
    """What a model wrote, without marks, bullets and bold, and the numbers of its marks."""

    text: str
    marks: tuple[int, ...] = ()


class Splitter:
    """Takes a text piece by piece and gives its sentences as they end."""

    def __init__(self) -> None:
        self._rest = ""
        self._thinking = True  # until it is clear that it does not, or no longer

    def feed(self, piece: str) -> Iterator[Sentence]:
        """Yield the sentences that are complete: the next one, or a line break, has begun."""
        for start in range(0, len(piece), _AT_ONCE):
            yield from self._fed(piece[start : start + _AT_ONCE])

    def close(self) -> Iterator[Sentence]:
        """Yield what is left when nothing more comes."""
        written, self._rest = "" if self._thinking and self._is_thinking() else self._rest, ""
        yield from _sentence(written)

    def _fed(self, piece: str) -> Iterator[Sentence]:
        self._rest = _MARKS.sub(r"\1", _BLANKS.sub(" ", self._rest + visible(piece)))
        if self._thinking and self._is_thinking():
            return
        while end := _END.search(self._rest):
            written, self._rest = self._rest[: end.end()], self._rest[end.end() :]
            yield from _sentence(written)
        while len(self._rest) > _LONGEST:
            written, self._rest = self._rest[:_LONGEST], self._rest[_LONGEST:]
            yield from _sentence(written)

    def _is_thinking(self) -> bool:
        """Tell whether a model still thinks aloud; drop its thoughts once it has done so."""
        said = spoken(self._rest)
        self._thinking = said is None
        self._rest = self._rest if said is None else said
        return self._thinking


def spoken(text: str) -> str | None:
    """Return a text without what a model thought aloud before it; None while it may still think."""
    begun = text.lstrip()
    if not begun.startswith(_THINK[: max(len(begun), 1)]):
        return text
    _, done, rest = text.partition(_THOUGHT)
    return rest if done else None


def visible(piece: str) -> str:
    """Return a piece without control and format characters, which hide or turn text around."""
    return "".join(
        c for c in piece if c == "\n" or unicodedata.category(c) not in ("Cc", "Cf", "Cs")
    )


def _sentence(written: str) -> Iterator[Sentence]:
    written = _BOLD.sub("", written)  # first: a mark may be bold, or have bold in it
    marks = [int(n) for found in _SQUARE.findall(written) for n in re.findall(r"\d+", found)]
    text = _BULLET.sub("", _SQUARE.sub("", written)).strip()
    if any(c.isalnum() for c in text):
        yield Sentence(text, tuple(dict.fromkeys(marks)))
