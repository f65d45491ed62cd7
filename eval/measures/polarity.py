"""Polarity: yes and no are not mixed up."""

from eval.cases import Case
from eval.measures import Given
from eval.measures.texts import sign


def measure(case: Case, given: Given) -> float | None:
    """Share of yes/no questions whose headline opens rightly: 是, 会, 有, or 不, 否, 没有."""
    if not case.polar:
        return None
    short = given.get("short_answer") if given.get("answered") else None
    return float(sign(short) is not None and sign(short) == sign(case.accept[0]))
