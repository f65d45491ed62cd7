"""Spans that may answer, found exactly: figures with unit and qualifier, items, names, clauses.

The reader's tokens break spans (11号线、一期、段) and know no unit; what is proposed here begins
and ends where an answer can.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from corpus.documents import Span
from corpus.quantities import quantities
from corpus.sentences import clauses
from rag.language.enumerations import enumerations
from rag.language.names import names

_MARKS = "，,。；;：:、！？!? \t"
_ITEM = re.compile(r"[、，,；;：:]|以及|[和与及或](?![平谐睦])")
_QUOTED = re.compile(r"“[^“”]+”|《[^《》]+》|[（(][^（）()]+[）)]")
# What tells how a figure moves, said with it: 增长5%左右.
_MOVES = re.compile(
    r"(?:同比|年均|累计)?(?:净?增[长加]|下降|上升|上涨|提[高升]|降低|减少|压减|降至|增至)(?:了|到|至)?$"
)
_LONGEST = 80


@lru_cache(maxsize=5_000)
def proposals(sentence: str) -> tuple[Span, ...]:
    """Return the spans of a sentence that may answer; offsets are the sentence's."""
    found = {
        span.stripped(sentence, _MARKS)
        for span in (*_figures(sentence), *_names(sentence), *_pieces(sentence))
    }
    kept = (span for span in found if 0 < span.end - span.start <= _LONGEST)
    return tuple(sorted(kept, key=lambda span: (span.start, span.end)))


def moved(sentence: str, figure: Span) -> Span:
    """Return a figure with the word before it that tells how it moves, if there is one."""
    found = _MOVES.search(sentence[: figure.start])
    return Span(found.start(), figure.end) if found else figure


def _figures(sentence: str) -> Iterator[Span]:
    for quantity in quantities(sentence):
        yield Span(quantity.start, quantity.end)
        yield quantity.qualified
        yield moved(sentence, quantity.qualified)


def _names(sentence: str) -> Iterator[Span]:
    for quoted in _QUOTED.finditer(sentence):
        yield Span(quoted.start(), quoted.end())
        yield Span(quoted.start() + 1, quoted.end() - 1)


def _pieces(sentence: str) -> Iterator[Span]:
    """Yield clauses, the items in them, and runs of items that belong together."""
    for clause in clauses(sentence, Span(0, len(sentence))):
        yield clause
        yield from _named(sentence, clause)
        joints = [clause.start, *_joints(sentence, clause), clause.end]
        for start, end in zip(joints[::2], joints[1::2], strict=True):
            yield Span(start, end)


def _named(sentence: str, clause: Span) -> Iterator[Span]:
    """Yield the items of lists and the names of a clause, free of the verbs around them."""
    text = clause.of(sentence)
    found = [item for listed in enumerations(text) for item in listed.items]
    for span in (*found, *names(text)):
        yield Span(clause.start + span.start, clause.start + span.end)


def _joints(sentence: str, clause: Span) -> Iterator[int]:
    for joint in _ITEM.finditer(sentence, clause.start, clause.end):
        yield joint.start()
        yield joint.end()
