"""Cutting a paste into the sentences that are checked one by one."""

import re
from collections.abc import Iterator

import numpy as np

from corpus.documents import Span
from rag.wording.characters import narrow
from rag.wording.wordform import Words

LEAST = 4  # word characters; less says nothing
_FIGURE = 40  # characters that a figure or an English word has at most
_MOST = 200  # word characters; a paste that lost its full stops is cut all the same
_HAN = "\u3400-\u9fff"
_CLOSERS = "”’」』》〉】\\]\"')"
_OPENERS = "“‘「『《〈【([（ \t\u3000"
_NUMBER = r"(?:[一二三四五六七八九十]+、|\([一二三四五六七八九十]+\)|\d{1,2}[.、])"
# A full stop typed as a point stands between Han; a line break ends a sentence only before an empty
# line, an indent or a numbered heading: elsewhere it is where a page was too narrow.
_END = re.compile(
    rf"[。!?…]+[{_CLOSERS}]*|\.[{_CLOSERS}]*(?=\s|$)|(?<=[{_HAN}%{_CLOSERS}])\.(?=[{_HAN}“\"「『(])"
    rf"|\n(?=[ \t\u3000]*\n|[ \t\u3000]{{2,}}\S|\s*{_NUMBER})"
)


def cut(words: Words) -> list[Span]:
    """Return the spans of the sentences of a paste, of four word characters or more."""
    text = narrow(words.text)
    ends = [match.end() for match in _END.finditer(text)]
    return list(_filled(words, [*ends, len(text)]))


def word_range(words: Words, span: Span) -> tuple[int, int]:
    """Return which words of the stream stand in a span of the text, end exclusive."""
    start, end = np.searchsorted(words.at, [span.start, span.end])
    return int(start), int(end)


def outer_span(words: Words, start: int, end: int) -> Span:
    """Return the span of words `start` to `end` with the marks that belong to them."""
    return trimmed(words.text, _border(words, start), _border(words, end))


def _border(words: Words, k: int) -> int:
    """Return the offset that parts word character `k` from the one before: opening marks go on."""
    if k in (0, len(words.at)):
        return len(words.text) if k else 0
    gap = words.gap(k)
    return int(words.at[k]) - (len(gap) - len(gap.rstrip(_OPENERS)))


def trimmed(text: str, start: int, end: int) -> Span:
    """Return the span without outer white space."""
    piece = text[start:end]
    return Span(start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip()))


def _filled(words: Words, ends: list[int]) -> Iterator[Span]:
    """Yield the pieces between the ends; one that is too short goes with the one after it."""
    start = first = 0
    last = len(words.at)
    for end in ends:
        upto = int(np.searchsorted(words.at, end))
        rest = last - upto
        if upto - first < LEAST or 0 < rest < LEAST:
            continue
        yield from _shortened(words, start, end if rest else ends[-1], first, upto)
        start, first = end, upto
        if not rest:
            return


def _shortened(words: Words, start: int, end: int, first: int, upto: int) -> Iterator[Span]:
    """Yield the piece, cut every 200 characters, but not inside a figure that is not absurd."""
    while upto - first > _MOST + LEAST:
        limit = first + _MOST
        cuts = (k for k in range(limit, limit - _FIGURE, -1) if not _inside_word(words.stream, k))
        k = next(cuts, limit)
        place = int(words.at[k])
        yield trimmed(words.text, start, place)
        start, first = place, k
    yield trimmed(words.text, start, end)


def _inside_word(stream: str, k: int) -> bool:
    return stream[k - 1].isascii() and stream[k].isascii()
