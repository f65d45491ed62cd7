"""What 分别 pairs: in 甲、乙分别建设丙、丁 first goes with first, second with second."""

import re
from dataclasses import dataclass
from functools import lru_cache

from corpus.documents import Span

_RESPECTIVELY = re.compile(r"分别|各自?(?=为|是|达到)")
_JOIN = re.compile(r"、|(?<![总共调暖温缓平])[和及与](?!谐|平|睦|解)|以及")


@dataclass(frozen=True, slots=True)
class Pair:
    """One thing and what is said of it; offsets are those of the text given."""

    left: Span
    right: Span


@lru_cache(maxsize=20_000)
def pairs(clause: str) -> tuple[Pair, ...]:
    """Return the pairs of a clause; none where the two lists differ in length."""
    mark = _RESPECTIVELY.search(clause)
    if not mark:
        return ()
    left = pieces(clause, _JOIN, Span(0, mark.start()))
    right = pieces(clause, _JOIN, Span(mark.end(), len(clause)))
    if len(right) < 2 or len(left) < len(right):
        return ()
    return tuple(map(Pair, left[-len(right) :], right))


def pieces(clause: str, joint: re.Pattern[str], span: Span) -> list[Span]:
    """Return what stands between the joints in a part of a clause, all of it without joints."""
    joints = list(joint.finditer(clause, span.start, span.end))
    starts = [span.start, *(match.end() for match in joints)]
    ends = [*(match.start() for match in joints), span.end]
    return list(map(Span, starts, ends))
