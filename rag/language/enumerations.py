"""Lists in a clause: the items between 、 and 和, cut free of what stands around them.

推进甲建设、乙改造等“两大工程” lists 甲建设 and 乙改造: the first loses the verb before it, the last
what sums the list up behind it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from statistics import median

from corpus.documents import Span
from rag.language.names import MARKS, names, opening

_JOIN = re.compile(r"、|(?<=”)(?=“)|以及|(?<![总共调暖温缓平饱中参])[和及与](?![谐平睦解美])")
# What sums a list up: 等, a count (三大品牌, 3个特色街区, 两部), 分别, or a particle.
_SUM = re.compile(
    r"等(?!级|候|待|于|离|保)|分别|[一二两三四五六七八九十\d]+(?:大|个|类|项|家|种|部|条|座|级|所|处|支|门)(?![路街区])"
    r"|(?<=.)(?:在(?!建|线|岗|校|津)|之间|的|方面|各(?!类|项))"
)
_NEXT = re.compile(r"[^、，,。；;等和及与]*")
_SHORTEST = 2


@dataclass(frozen=True, slots=True)
class Enumeration:
    """The items of a list and the whole of it; offsets are those of the text given."""

    items: tuple[Span, ...]
    whole: Span


@lru_cache(maxsize=20_000)
def enumerations(clause: str) -> tuple[Enumeration, ...]:
    """Return the lists of a clause, those of at least two items; 分别 stands between two lists."""
    at = clause.find("分别")
    if at < 0:
        return tuple(_list(clause, Span(0, len(clause))))
    return (*_list(clause, Span(0, at)), *_list(clause, Span(at + 2, len(clause))))


def _list(clause: str, span: Span) -> Iterator[Enumeration]:
    pieces = [Span(a, b) for a, b in _pieces(clause, span) if b > a]
    if len(pieces) < 2:
        return
    last = _last(clause, pieces)
    first = _first(clause, pieces[0], [*pieces[1:-1], last])
    items = tuple(span for span in (first, *pieces[1:-1], last) if span.end > span.start)
    if len(items) > 1:
        yield Enumeration(items, Span(items[0].start, items[-1].end))


def _pieces(clause: str, span: Span) -> Iterator[tuple[int, int]]:
    """Yield start and end of the pieces between joints."""
    start = span.start
    for match in _JOIN.finditer(clause, span.start, span.end):
        if _inside_quotes(clause, match.start()) or _in_a_name(clause, start, match):
            continue
        yield start, match.start()
        start = match.end()
    yield start, start + len(clause[start : span.end].rstrip(MARKS))


def _last(clause: str, pieces: list[Span]) -> Span:
    """Return the last item without what sums the list up or goes on behind it."""
    last = pieces[-1]
    cut = _SUM.search(clause, last.start + 1, last.end)
    if cut:
        last = Span(last.start, cut.start())
    if (found := names(last.of(clause))) and found[0].start == 0:
        last = Span(last.start, last.start + found[0].end)
    last = Span(last.start, last.start + len(last.of(clause).rstrip("共约")))
    if cut:
        return last
    others = [span.of(clause) for span in pieces[1:-1]]
    suffix = _common_suffix(others) if len(others) > 1 else ""
    at = clause.find(suffix, last.start, last.end) if len(suffix) > 1 else -1
    return Span(last.start, at + len(suffix)) if at >= 0 else last


def _first(clause: str, piece: Span, others: list[Span]) -> Span:
    """Return the first item without the verbs before it; its length is like the others'."""
    start = piece.start + opening(piece.of(clause))
    usual = median(span.end - span.start for span in others)
    while piece.end - start > 2 * usual + 2:
        onward = opening(clause[start + 1 : piece.end], anywhere=True)
        if not onward or piece.end - (start + 1 + onward) < min(2, usual):
            break
        start += 1 + onward
    return Span(start, piece.end)


def _common_suffix(texts: list[str]) -> str:
    shortest = min(texts, key=len)
    for size in range(len(shortest), 0, -1):
        if all(text.endswith(shortest[-size:]) for text in texts):
            return shortest[-size:]
    return ""


def _in_a_name(clause: str, start: int, match: re.Match[str]) -> bool:
    """Tell whether 和 is part of a name: 新和成 has one character on each side."""
    after = _NEXT.match(clause, match.end())
    return (
        match[0] not in ("、", "")
        and min(match.start() - start, len(after[0]) if after else 0) < _SHORTEST
    )


def _inside_quotes(clause: str, at: int) -> bool:
    before = clause[:at]
    return before.count("“") > before.count("”") or before.count("(") > before.count(")")
