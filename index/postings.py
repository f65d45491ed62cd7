"""Which rows hold a term and with what weight: in memory, or wherever a backend keeps them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, Self

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Rows = NDArray[np.int32]

FIELDS = ("starts", "rows", "weights", "size")


class Postings(Protocol):
    """Which of `size` rows hold a term, by its number, and with what weight."""

    @property
    def size(self) -> int:
        """Return the number of rows."""

    def of(self, terms: Sequence[int]) -> list[tuple[Rows, Floats]]:
        """Return for each term its rows, ascending, and their weights."""


@dataclass(frozen=True, slots=True, eq=False)
class HeldPostings:
    """Postings in memory. For term t: rows[starts[t]:starts[t+1]] and the weights beside them."""

    starts: NDArray[np.int64]
    rows: Rows
    weights: Floats
    size: int

    @classmethod
    def of_texts(cls, numbers: Mapping[str, int], texts: Sequence[Mapping[str, float]]) -> Self:
        """Return the postings of texts, each given by its terms and their weights."""
        term = np.array([numbers[t] for text in texts for t in text], np.int64)
        row = np.array([i for i, text in enumerate(texts) for _ in text], np.int32)
        weight = np.array([w for text in texts for w in text.values()], np.float32)
        order = np.argsort(term, kind="stable")
        starts = np.searchsorted(term[order], np.arange(len(numbers) + 1))
        return cls(starts, row[order], weight[order], len(texts))

    @classmethod
    def of_lists(cls, lists: Iterable[tuple[Rows, Floats]], size: int) -> Self:
        """Return the postings that `of` gives for all terms in turn."""
        rows, weights = [np.empty(0, np.int32)], [np.empty(0, np.float32)]
        for held, weight in lists:
            rows.append(held)
            weights.append(weight)
        starts = np.cumsum([len(held) for held in rows], dtype=np.int64)
        return cls(starts, np.concatenate(rows), np.concatenate(weights), size)

    def of(self, terms: Sequence[int]) -> list[tuple[Rows, Floats]]:
        """Return for each term its rows, ascending, and their weights."""
        spans = [slice(self.starts[term], self.starts[term + 1]) for term in terms]
        return [(self.rows[span], self.weights[span]) for span in spans]


def add_up(postings: Postings, terms: Sequence[int], factors: Floats) -> Floats:
    """Return for every row the sum of its weights for the terms, each times the term's factor."""
    total = np.zeros(postings.size, np.float32)
    for term, (rows, weights) in zip(terms, postings.of(terms), strict=True):
        total[rows] += factors[term] * weights
    return total
