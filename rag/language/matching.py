"""How much of what is asked a text holds, by the words' weight; synonyms and parts count too."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from rag.language.synonyms import synonyms

_SYNONYM, _PART = 0.9, 0.5
_HAN = re.compile(r"[一-鿿]{2,}")


@dataclass(frozen=True, slots=True)
class Wanted:
    """The words that carry a question's meaning, with their weights.

    `also` has, for words of another language, those of the documents that may stand for them.
    """

    weights: Mapping[str, float]
    also: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def coverage(self, folded: str) -> float:
        """Return the share, 0 to 1, of the weight that a folded text holds."""
        held = total = 0.0
        for word, weight in self.weights.items():
            total += weight
            held += weight * self._holds(folded, word)
        return held / total if total else 0.0

    def missing(self, folded: str) -> frozenset[str]:
        """Return the words that a folded text does not hold in any way."""
        return frozenset(word for word in self.weights if self._holds(folded, word) == 0)

    def share(self, words: frozenset[str]) -> float:
        """Return the share of the weight that some words have."""
        total = sum(self.weights.values())
        return sum(self.weights[word] for word in words) / total if total else 0.0

    def without(self, words: frozenset[str]) -> "Wanted":
        """Return the same without some words."""
        return Wanted({w: x for w, x in self.weights.items() if w not in words}, self.also)

    def _holds(self, folded: str, word: str) -> float:
        others = self.also.get(word)
        if others is None:
            return holds(folded, word)
        return _SYNONYM if any(other in folded for other in others) else 0.0


@lru_cache(maxsize=50_000)
def holds(folded: str, word: str) -> float:
    """Return how well a text holds a word: 1 itself, .9 by a synonym, .5 by two thirds of it."""
    if word in folded:
        return 1.0
    others, pieces = _ways(word)
    for other in others:
        if other in folded:
            return _SYNONYM
    for piece in pieces:
        if piece in folded:
            return _PART
    return 0.0


@lru_cache(maxsize=5_000)
def _ways(word: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what may stand for a word: its synonyms, and every two thirds of it in a row."""
    others = tuple(sorted(synonyms(word)))
    if len(word) < 3 or not _HAN.fullmatch(word):
        return others, ()
    size = -(-2 * len(word) // 3)
    return others, tuple(word[i : i + size] for i in range(len(word) - size + 1))
