"""Words that may stand for one another when a question is matched with a passage."""

import re
from functools import cache

from index.folding import fold
from rag.language.wordlists import lines


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


def canonical(text: str) -> str:
    """Return a folded text with every word that has synonyms as the first of them."""
    return with_synonyms().sub(lambda match: _first()[match[0]], text)


@cache
def _first() -> dict[str, str]:
    found: dict[str, str] = {}
    for line in lines("synonyms"):
        first, *others = fold(line).split()
        for word in (first, *others):
            found.setdefault(word, first)
    return found
