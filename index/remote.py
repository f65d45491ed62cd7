"""Vectors that are kept elsewhere: what is the same wherever that is."""

from abc import ABC, abstractmethod
from functools import cached_property

import numpy as np

from corpus.errors import StoreError
from index.embedders import Vectors
from index.vectors import Ids, Scores, every_nth, nearest_of, spread_of

LOOKED_AT = 800  # neighbours that a graph (HNSW) looks at for the 400 that a search takes


class RemoteVectors(ABC):
    """Unit vectors by position, searched by inner product; `place` is how an error names them."""

    def __init__(self, place: str, size: int, dimension: int) -> None:
        self._place, self._size, self._dimension = place, size, dimension

    def __len__(self) -> int:
        return self._size

    def nearest(self, query: Vectors, k: int, among: Ids | None = None) -> tuple[Ids, Scores]:
        """Return positions and cosines of the k nearest, best first; fewer when there are fewer."""
        k = min(k, self._size if among is None else len(among))
        if k <= 0:
            return np.empty(0, np.int64), np.empty(0, np.float32)
        if among is not None:
            return nearest_of(among, self.cosines(among, query), k)
        return self._searched(query, k)

    def cosines(self, ids: Ids, query: Vectors) -> Scores:
        """Return the cosine of each of `ids` to the query, in their order."""
        return np.asarray(self.rows(ids) @ query, np.float32)

    def spread(self, query: Vectors, among: Ids | None = None) -> tuple[float, float]:
        """Return mean and standard deviation of the cosines of every n-th vector (2,000 or so)."""
        return spread_of(self._sample if among is None else self.rows(every_nth(among)), query)

    @abstractmethod
    def rows(self, ids: Ids) -> Vectors:
        """Return stored vectors, shape (len(ids), dimension)."""

    @abstractmethod
    def _searched(self, query: Vectors, k: int) -> tuple[Ids, Scores]:
        """Return positions and cosines of the k nearest of all, best first; there are so many."""

    @cached_property
    def _sample(self) -> Vectors:
        return self.rows(every_nth(np.arange(self._size, dtype=np.int64)))

    def _all_there(self, found: int, wanted: int) -> None:
        require_all(self._place, found, wanted)


def require_all(place: str, found: int, wanted: int) -> None:
    """Raise StoreError when something is missing: a version was removed while it was read."""
    if found < wanted:
        raise StoreError(f"{place}已被清理或不完整，请重新提问")
