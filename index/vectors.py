"""Nearest vectors behind a small protocol; FAISS is the one that is shipped.

Up to EXACT passages every vector is compared. Beyond, vectors are halved in precision and put in
lists by their place in space, and only the lists nearest to a question are compared (IVF, SQfp16).
Measured in eval/bench/growing.py.
"""

from typing import Protocol, Self

import faiss
import numpy as np
from numpy.typing import NDArray

from index.embedders import Vectors

Ids = NDArray[np.int64]
Scores = NDArray[np.float32]
EXACT = 200_000
_LISTS = 4.0  # lists for each root of the number of vectors, as FAISS's guidelines have it
_TRAINED_ON = 64  # vectors for each list
_ROUNDS = 10  # of k-means
_COMPARED = 128  # lists for each question
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
    """A FAISS index in memory."""

    def __init__(self, inner: faiss.Index) -> None:
        self._inner = inner
        self._is_exact = not isinstance(inner, faiss.IndexIVF)
        if isinstance(inner, faiss.IndexIVF):
            inner.make_direct_map()  # what stands where, so that vectors can be read again
        self._sample = self.rows(every_nth(np.arange(len(self), dtype=np.int64)))

    @classmethod
    def of(cls, vectors: Vectors, exact: int = EXACT) -> Self:
        """Return an index of the rows of `vectors`, shape (n, dimension), n may be 0."""
        inner = _flat(vectors) if len(vectors) <= exact else _listed(vectors)
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
            if not self._is_exact:
                return nearest_of(among, self.cosines(among, query), k)
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


def _flat(vectors: Vectors) -> faiss.Index:
    return faiss.IndexFlatIP(vectors.shape[1])


def _listed(vectors: Vectors) -> faiss.Index:
    """Return an index, still empty, whose lists were learned from a sample of the vectors."""
    lists = int(_LISTS * len(vectors) ** 0.5)
    inner = faiss.IndexIVFScalarQuantizer(
        _flat(vectors), vectors.shape[1], lists, faiss.ScalarQuantizer.QT_fp16,
        faiss.METRIC_INNER_PRODUCT,
    )  # fmt: skip
    inner.cp.niter, inner.cp.max_points_per_centroid = _ROUNDS, _TRAINED_ON
    step = max(1, len(vectors) // (lists * _TRAINED_ON))
    inner.train(np.ascontiguousarray(vectors[::step]))
    inner.nprobe = _COMPARED
    return inner


def nearest_of(ids: Ids, cosines: Scores, k: int) -> tuple[Ids, Scores]:
    """Return the k of some positions whose cosines are largest, best first."""
    best = np.argsort(-cosines, kind="stable")[:k]
    return ids[best], cosines[best]


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
