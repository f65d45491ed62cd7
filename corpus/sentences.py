"""Cutting text into sentences and clauses, by spans; the text itself is never touched."""

import re
from collections.abc import Iterator

from corpus.documents import Span

_CLOSERS = "”’』」》〉）】〕)\\]\"'"
# 。！？ and their ASCII and ellipsis kin end a sentence; a full stop in ASCII does so only before
# a blank or the end, so that 3.14 and 5.5G stay whole. Closing quotes belong to what they close.
_SENTENCE_END = re.compile(rf"(?:[。！？!?…]+|\.(?=[{_CLOSERS}]*(?:\s|$)))[{_CLOSERS}]*|[\r\n]+")
_CLAUSE_END = re.compile(rf"[，,；;：:、。！？!?…]+[{_CLOSERS}]*")
_COMMA = re.compile(rf"(?:[，；;]|(?<!\d),|,(?!\d))+[{_CLOSERS}]*")
_MAX_CHARS = 400  # stays under the embedder's 512 tokens; e5 needs at most ~1 token a character


def sentences(text: str, span: Span) -> Iterator[Span]:
    """Yield the sentences of `text` inside `span`, trimmed, none over 400 characters."""
    for piece in _split(text, span, _SENTENCE_END):
        yield from _shorten(text, piece)


def clauses(text: str, span: Span) -> Iterator[Span]:
    """Yield the clauses of a sentence, cut at commas and semicolons but not inside 2,000."""
    yield from _split(text, span, _COMMA)


def _split(text: str, span: Span, ends: re.Pattern[str]) -> Iterator[Span]:
    start = span.start
    for match in ends.finditer(text, span.start, span.end):
        yield from _trimmed(text, start, match.end())
        start = match.end()
    yield from _trimmed(text, start, span.end)


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the span without outer white space, unless nothing but marks is left."""
    piece = text[start:end]
    lead = len(piece) - len(piece.lstrip())
    span = Span(start + lead, start + len(piece.rstrip()))
    if any(c.isalnum() for c in span.of(text)):
        yield span


def _shorten(text: str, span: Span) -> Iterator[Span]:
    """Cut an overlong sentence at the last clause mark that fits, else at the limit."""
    start = span.start
    while span.end - start > _MAX_CHARS:
        marks = list(_CLAUSE_END.finditer(text, start, start + _MAX_CHARS))
        cut = marks[-1].end() if marks else start + _MAX_CHARS
        yield from _trimmed(text, start, cut)
        start = cut
    yield from _trimmed(text, start, span.end)
