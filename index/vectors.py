"""Nearest vectors behind a small protocol; FAISS is the one that is shipped."""

from typing import Protocol, Self

import faiss
import numpy as np
from numpy.typing import NDArray

from index.embedders import Vectors

Ids = NDArray[np.int64]
Scores = NDArray[np.float32]
_SAMPLE = 2000


class VectorIndex(Protocol):
    """Unit vectors by position, searched by inner product (the cosine)."""

    def __len__(self) -> int:
        """Return the number of vectors."""

    def nearest(self, query: Vectors, k: int, among: Ids | None = None) -> tuple[Ids, Scores]:
        """Return positions and cosines of the k nearest, best first; fewer when there are fewer.

        `among` are the positions that count, all of them for None.
        """

    def cosines(self, ids: Ids, query: Vectors) -> Scores:
        """Return the cosine of each of `ids` to the query, in their order."""

    def spread(self, query: Vectors, among: Ids | None = None) -> tuple[float, float]:
        """Return mean and standard deviation of the cosines of (a sample of) the vectors."""

    def rows(self, ids: Ids) -> Vectors:
        """Return stored vectors, shape (len(ids), dimension)."""


class FaissIndex:
    """An exact (flat) FAISS index: no recall to argue about up to a hundred thousand passages."""

    def __init__(self, inner: faiss.Index) -> None:
        self._inner = inner
        self._sample = self.rows(every_nth(np.arange(len(self), dtype=np.int64)))

    @classmethod
    def of(cls, vectors: Vectors) -> Self:
        """Return an index of the rows of `vectors`, shape (n, dimension), n may be 0."""
        inner = faiss.IndexFlatIP(vectors.shape[1])
        inner.add(np.ascontiguousarray(vectors))
        return cls(inner)

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Return the index `to_bytes` wrote. FAISS checks nothing: verify the bytes before."""
        return cls(faiss.deserialize_index(np.frombuffer(data, np.uint8)))

    def to_bytes(self) -> bytes:
        """Return the index in FAISS's own format."""
        return bytes(faiss.serialize_index(self._inner))

    def __len__(self) -> int:
        return int(self._inner.ntotal)

    def nearest(self, query: Vectors, k: int, among: Ids | None = None) -> tuple[Ids, Scores]:
        """Return positions and cosines of the k nearest, best first; fewer when there are fewer."""
        k = min(k, len(self) if among is None else len(among))
        if k <= 0:  # FAISS asserts on k = 0 and pads with -1 beyond its size
            return np.empty(0, np.int64), np.empty(0, np.float32)
        only = None
        if among is not None:
            only = faiss.SearchParameters()
            only.sel = faiss.IDSelectorBatch(among)
        scores, ids = self._inner.search(query[None, :], k, params=only)
        return ids[0], scores[0]

    def cosines(self, ids: Ids, query: Vectors) -> Scores:
        """Return the cosine of each of `ids` to the query, in their order."""
        return np.asarray(self.rows(ids) @ query, dtype=np.float32)

    def spread(self, query: Vectors, among: Ids | None = None) -> tuple[float, float]:
        """Return mean and standard deviation of the cosines of every n-th vector (2,000 or so)."""
        return spread_of(self._sample if among is None else self.rows(every_nth(among)), query)

    def rows(self, ids: Ids) -> Vectors:
        """Return stored vectors, shape (len(ids), dimension)."""
        if not len(ids):
            return np.empty((0, self._inner.d), np.float32)
        return np.asarray(self._inner.reconstruct_batch(ids), dtype=np.float32)


def spread_of(sample: Vectors, query: Vectors) -> tuple[float, float]:
    """Return mean and standard deviation of the cosines of a sample; 0 and 1 where it is empty."""
    if not len(sample):
        return 0.0, 1.0
    cosines = sample @ query
    return float(cosines.mean()), float(cosines.std()) or 1.0


def every_nth(ids: Ids) -> Ids:
    """Return a sample of 2,000 positions or so."""
    return ids[:: max(1, len(ids) // _SAMPLE)]


def serve_on_one_thread() -> None:
    """Search on one thread: for single queries FAISS's threads cost more than they bring."""
    faiss.omp_set_num_threads(1)
