"""Names in a clause: what is left when the verbs, figures and little words around them are cut."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from corpus.documents import Span
from corpus.quantities import quantities
from rag.language.wordlists import lines

MARKS = "，,。；;：:、 "  # what parts clauses and the items of lists
_EDGES = "，,。；;：:、！？!?（）…—【】「」『』 \t\n"
_SHORTEST = 2


@lru_cache(maxsize=20_000)
def names(clause: str) -> tuple[Span, ...]:
    """Return the spans of a clause that may be names, in text order; offsets are the clause's."""
    cut = sorted([*_words(clause), *_counts(clause)], key=lambda span: span.start)
    found: list[Span] = []
    start = 0
    for span in [*cut, Span(len(clause), len(clause))]:
        if span.start >= start:
            found += _trimmed(clause, start, span.start)
        start = max(start, span.end)
    return tuple(found)


def opening(text: str, anywhere: bool = False) -> int:
    """Return where the name begins that a text opens with verbs to: 2 in 推进海河柳林.

    With `anywhere` the verbs may stand further in; then 0 says that there are none.
    """
    end = 0
    for span in _words(text):
        if span.start > end and not (anywhere and end == 0):
            break
        if span.end < len(text):
            end = span.end
    return end


def without_verbs(text: str) -> str:
    """Return a text without the verbs it opens with, however many stand in a row."""
    while cut := opening(text):
        text = text[cut:]
    return text


def verbs(text: str) -> str:
    """Return the verbs a text opens with: 新建提升 of 新建提升口袋公园."""
    return text[: len(text) - len(without_verbs(text))]


def is_verb(word: str) -> bool:
    """Tell whether a word is one of the verbs that cut names apart."""
    return bool(_cutters()[0].fullmatch(word))


def _words(clause: str) -> Iterator[Span]:
    """Yield the cutting words outside of quotation marks."""
    pattern, doubtful = _cutters()
    for match in pattern.finditer(clause):
        before = clause[: match.start()]
        quoted = before.count("“") > before.count("”") or before.count("《") > before.count("》")
        if not quoted and (match[0] not in doubtful or match.start() == 0):
            yield Span(match.start() - _leaning(before, doubtful), match.end())


def _leaning(before: str, doubtful: frozenset[str]) -> int:
    """Return the length of the doubtful verb that a sure one leans on: 联合 in 联合组建."""
    return next((len(word) for word in doubtful if before.endswith(word)), 0)


def _counts(clause: str) -> Iterator[Span]:
    return (Span(q.start, q.end) for q in quantities(clause) if q.kind not in ("label", "ordinal"))


def _trimmed(clause: str, start: int, end: int) -> Iterator[Span]:
    span = Span(start, end).stripped(clause, _EDGES)
    if span.end - span.start >= _SHORTEST:
        yield span


@cache
def _cutters() -> tuple[re.Pattern[str], frozenset[str]]:
    """Return the pattern of all cutting words, and those that are nouns as well."""
    told = lines("verbs")
    doubtful = frozenset(w for line in told if line[0] == "?" for w in line[1:].split())
    sure = {w for line in told if line[0] != "?" for w in line.split()}
    longest = sorted(sure | doubtful, key=len, reverse=True)
    return re.compile(f"[{_EDGES}]|" + "|".join(map(re.escape, longest))), doubtful
