"""Words that may stand for one another when a question is matched with a passage."""

import re
from functools import cache

from index.folding import fold
from rag.language.wordlists import lines

_FULL_CHARS = 4


@cache
def groups() -> dict[str, frozenset[str]]:
    """Return for every word of `words/synonyms.txt` the words that may stand for it."""
    found: dict[str, set[str]] = {}
    for line in lines("synonyms"):
        group = fold(line).split()
        for word in group:
            found.setdefault(word, set()).update(group)
    return {word: frozenset(others - {word}) for word, others in found.items()}


def synonyms(word: str) -> frozenset[str]:
    """Return what may stand for a folded word; empty for most words."""
    return groups().get(word, frozenset())


@cache
def with_synonyms() -> re.Pattern[str]:
    """Return the pattern of all words that have synonyms, longest first."""
    return re.compile("|".join(map(re.escape, sorted(groups(), key=len, reverse=True))))


def canonical(folded: str) -> str:
    """Return a text with the short names of things under their full ones: gdp, 社零, 规上工业."""
    return _known().sub(lambda match: _full()[match[0]], folded)


@cache
def _known() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(_full(), key=len, reverse=True))))


@cache
def _full() -> dict[str, str]:
    """Return the first word of its group for every word that is short for one of four or more."""
    found: dict[str, str] = {}
    for line in lines("synonyms"):
        first, *others = fold(line).split()
        if len(first) >= _FULL_CHARS:
            found.update({word: first for word in (first, *others) if word not in found})
    return found
