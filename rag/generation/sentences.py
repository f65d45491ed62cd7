"""Sentences as a model writes them, each with the passages it claims to rest on."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

_NUMBERS = r"(?:资料|编号)?\s*\d{1,3}(?:\s*[,，、]\s*\d{1,3})*"
_SQUARE = re.compile(rf"\s*[\[【［]\s*({_NUMBERS})\s*[\]】］]")
_END = re.compile(
    rf"[。！？!?]+[”’」』）)]*(?:{_SQUARE.pattern})*(?=\s*[^\s\[【［”’」』）)。！？!?])|\n+"
)
_BULLET = re.compile(r"^\s*(?:[-*•#>]+|\d{1,2}[.、)）]|[一二三四五六]、)\s*")
_THINK, _THOUGHT = "<think>", "</think>"
_BOLD = re.compile(r"\*\*|__")


@dataclass(frozen=True, slots=True)
class Sentence:
    """What a model wrote, without marks, bullets and bold, and the numbers of its marks."""

    text: str
    marks: tuple[int, ...] = ()


class Splitter:
    """Takes a text piece by piece and gives its sentences as they end."""

    def __init__(self) -> None:
        self._rest = ""

    def feed(self, piece: str) -> Iterator[Sentence]:
        """Yield the sentences that are complete: the next one, or a line break, has begun."""
        self._rest += _visible(piece)
        if not self._thought_out():
            return
        while end := _END.search(self._rest):
            written, self._rest = self._rest[: end.end()], self._rest[end.end() :]
            yield from _sentence(written)

    def close(self) -> Iterator[Sentence]:
        """Yield what is left when nothing more comes."""
        written, self._rest = self._rest if self._thought_out() else "", ""
        yield from _sentence(written)

    def _thought_out(self) -> bool:
        """Drop what a model thinks aloud before it answers; tell whether it is done with that."""
        if not self._rest.lstrip().startswith(_THINK[: max(len(self._rest.lstrip()), 1)]):
            return True
        _, done, rest = self._rest.partition(_THOUGHT)
        self._rest = rest if done else self._rest
        return bool(done)


def _sentence(written: str) -> Iterator[Sentence]:
    written = _BOLD.sub("", written)  # first: a mark may be bold, or have bold in it
    marks = [int(n) for found in _SQUARE.findall(written) for n in re.findall(r"\d+", found)]
    text = _BULLET.sub("", _SQUARE.sub("", written)).strip()
    if any(c.isalnum() for c in text):
        yield Sentence(text, tuple(dict.fromkeys(marks)))


def _visible(piece: str) -> str:
    """Return a piece without control and format characters, which hide or turn text around."""
    return "".join(
        c for c in piece if c == "\n" or unicodedata.category(c) not in ("Cc", "Cf", "Cs")
    )
