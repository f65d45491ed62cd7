"""Questions put to the wrong place or year: same words, and no answer in this report."""

import re
from collections.abc import Sequence
from random import Random

_SUFFIX = re.compile("(省|市|壮族自治区|回族自治区|维吾尔自治区|自治区)$")
_TIMED = re.compile(r"(19|20)\d\d|[去明前后今]年|十[一二三四五]五|上半年|下半年|五年|季度")
_THIS_YEAR = "今年"


def short(name: str) -> str:
    """Return a province's name as people say it."""
    return _SUFFIX.sub("", name)


def elsewhere(question: str, name: str, places: Sequence[str], rng: Random) -> str:
    """Return a question asked of another place than `name`."""
    other = rng.choice([p for p in places if p not in question and p not in name])
    own = _named(question, name)
    return question.replace(own, other) if own else other + question


def here(question: str, name: str) -> str | None:
    """Return a question that names its place, or None when it did already."""
    return None if _named(question, name) else short(name) + question


def another_year(question: str, sentence: str, years: Sequence[str], rng: Random) -> str | None:
    """Return a question asked of another year, or None where it has a time that is not this year.

    `sentence` is what answers it; a year it speaks of is not taken.
    """
    others = [year for year in years if year not in sentence]
    if _TIMED.search(question.replace(_THIS_YEAR, "")) or not others:
        return None
    year = rng.choice(others)
    return question.replace(_THIS_YEAR, year) if _THIS_YEAR in question else year + question


def this_year(question: str, year: str) -> str | None:
    """Return a question with the year in figures, or None when it does not say 今年."""
    return question.replace(_THIS_YEAR, year) if _THIS_YEAR in question else None


def _named(question: str, name: str) -> str | None:
    return next((own for own in (name, short(name)) if own in question), None)
