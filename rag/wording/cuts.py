"""How a quote was cut out of its text: in mid-clause, through a figure, or away from a negation."""

import re
import unicodedata
from collections.abc import Iterable

from corpus.documents import Span
from rag.wording.characters import is_word, narrow
from rag.wording.wordform import Words

_STOPS = set("。.!?;,、…")  # after one of them a reader takes a clause or an item to be over
_PAUSES = _STOPS | set(":\n\r")
_OPENING, _CLOSING = ("Ps", "Pi"), ("Pe", "Pf")
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*[十百千万亿]*")
_NEGATION = re.compile(r"(?:不得|不能|不再|不|未|没有|严禁|禁止|避免|防止|停止)$")
_BESIDE = 20  # characters beside a quote that are looked at


def starts_late(pasted: Words, span: Span, source: Words) -> bool:
    """Tell whether the paste begins after a stop, and the source does not there."""
    lead = narrow(pasted.text[span.start : int(pasted.at[0])])
    start = int(source.at[0])
    before = _marks(reversed(narrow(source.text[max(start - _BESIDE, 0) : start])))
    return bool(_STOPS & set(lead)) and before is not None and not _PAUSES & set(before)


def ends_early(pasted: Words, span: Span, source: Words) -> bool:
    """Tell whether the paste ends with a stop, or closes a quotation, and the source goes on."""
    tail = narrow(pasted.text[int(pasted.at[-1]) + 1 : span.end])
    end = int(source.at[-1]) + 1
    after = _marks(narrow(source.text[end : end + _BESIDE]))
    if after is None or _PAUSES & set(after):
        return False
    closed = any(unicodedata.category(c) in _CLOSING for c in tail)
    closes = any(unicodedata.category(c) in _CLOSING for c in after)
    return bool(_STOPS & set(tail)) or (closed and not closes and _is_open(source))


def cut_figure(text: str, span: Span) -> str:
    """Return the figure that a span of a text begins or ends within, if it does."""
    low, high = max(span.start - _BESIDE, 0), span.end + _BESIDE
    for figure in _FIGURE.finditer(narrow(text[low:high])):
        if any(figure.start() < at - low < figure.end() for at in (span.start, span.end)):
            return figure.group()
    return ""


def negation(text: str, span: Span) -> str:
    """Return the word right before a span that turns it into its opposite, if there is one."""
    found = _NEGATION.search(text[max(span.start - 2, 0) : span.start])
    return found.group() if found else ""


def _marks(characters: Iterable[str]) -> str | None:
    """Return the marks and blanks before the first word; None when no word follows."""
    found = ""
    for character in characters:
        if is_word(character):
            return found
        found += character
    return None


def _is_open(source: Words) -> bool:
    """Tell whether a quotation or a bracket that begins in the source words does not end there."""
    kinds = [unicodedata.category(c) for c in source.raw(0, len(source.at))]
    return sum(kind in _OPENING for kind in kinds) > sum(kind in _CLOSING for kind in kinds)
