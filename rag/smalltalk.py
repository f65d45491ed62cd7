"""Small talk: what is said to the service and asks nothing of a report.

A text is read from its front, the longest piece at a time; it is small talk only where pieces of
the kinds below, and little words around them, are all there is. What stands around a question
(你好，…; …，谢谢) is taken off it.
"""

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal, get_args

from index.folding import fold

# Of several kinds in one text the first of these is answered.
Kind = Literal[
    "blame", "help", "who", "farewell", "praise", "thanks", "greeting", "noted", "chatter"
]

_LITTLE = "little"
_BEFORE = frozenset({"greeting", "thanks", "noted", "chatter", "praise", "blame"})
_AFTER = frozenset({"thanks", "farewell"})
_MOST = 40  # characters; who says more asks something
_HELLO = re.compile(r"(?:[你您妳]们?好|(?:早上|上午|中午|下午|晚上)好)[呀啊哦]?(?=\w{3})")
_PART = re.compile(r"[^\s,，。.!！?？;；、~～…]+[\s,，。.!！?？;；、~～…]*")
_MARKS = re.compile(r"[^\w?]|_")
_SLOT = re.compile(r"\{([a-z]+)\}")


def small_talk(text: str) -> Kind | None:
    """Return what kind of small talk a text is, None where it asks anything else."""
    found = _kinds(text)
    return next((kind for kind in get_args(Kind) if kind in found), None)


def asked_in(text: str) -> str:
    """Return a question without the courtesies around it; small talk stays as it is."""
    if small_talk(text):
        return text
    parts = _PART.findall(text)
    first, last = 0, len(parts)
    while last - first > 1 and _is_only(parts[first], _BEFORE):
        first += 1
    while last - first > 1 and _is_only(parts[last - 1], _AFTER):
        last -= 1
    kept = text if last - first == len(parts) else "".join(parts[first:last]).strip(" ,，;；、")
    return _HELLO.sub("", kept, count=1)


def _is_only(part: str, kinds: frozenset[str]) -> bool:
    found = _kinds(part) - {_LITTLE}
    return bool(found) and found <= kinds


@lru_cache(maxsize=1000)
def _kinds(text: str) -> frozenset[str]:
    """Return the kinds of the pieces that a text is made of, none where anything else is in it."""
    told = _MARKS.sub("", fold(text))
    found: set[str] = set()
    at = 0
    while at < len(told) <= _MOST:
        kind, end = _longest(told, at)
        if end == at:
            break
        found.add(kind)
        at = end
    return frozenset(found) if at == len(told) else frozenset()


def _longest(told: str, at: int) -> tuple[str, int]:
    """Return the kind of the longest piece that begins at an offset, and where it ends."""
    matches = ((kind, pattern.match(told, at)) for kind, pattern in _pieces())
    ends = [(kind, match.end()) for kind, match in matches if match]
    return max(ends, key=lambda end: end[1], default=(_LITTLE, at))


@cache
def _pieces() -> list[tuple[str, re.Pattern[str]]]:
    text = files("rag.language").joinpath("words/talk.toml").read_text(encoding="utf-8")
    told = tomllib.loads(text)
    parts: dict[str, str] = told["parts"]
    return [
        (kind, re.compile(_SLOT.sub(lambda slot: f"(?:{parts[slot[1]]})", piece)))
        for kind, pieces in told["pieces"].items()
        for piece in pieces
    ]
