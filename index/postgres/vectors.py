"""Vectors of one version in pgvector: each compared, or beyond a few thousand an HNSW graph."""

from functools import cached_property

import numpy as np
from pgvector import Vector

from corpus.errors import StoreError
from index.embedders import Vectors
from index.postgres.server import Server
from index.vectors import Ids, Scores, every_nth, nearest_of, spread_of


class PostgresVectors:
    """Unit vectors by position, searched by inner product."""

    def __init__(self, server: Server, version: str, size: int, dimension: int) -> None:
        self._server, self._version = server, version
        self._size, self._dimension = size, dimension

    def __len__(self) -> int:
        return self._size

    def nearest(self, query: Vectors, k: int, among: Ids | None = None) -> tuple[Ids, Scores]:
        """Return positions and cosines of the k nearest, best first; fewer when there are fewer."""
        k = min(k, self._size if among is None else len(among))
        if k <= 0:
            return np.empty(0, np.int64), np.empty(0, np.float32)
        if among is not None:
            return nearest_of(among, self.cosines(among, query), k)
        near = _told(query)
        return self._found(
            f"SELECT number, {self._cosine} FROM passages WHERE version = %s"
            f" ORDER BY {self._near} LIMIT {k}",
            (near, self._version, near), k,
        )  # fmt: skip

    def cosines(self, ids: Ids, query: Vectors) -> Scores:
        """Return the cosine of each of `ids` to the query, in their order."""
        if not len(ids):
            return np.empty(0, np.float32)
        # Without the subquery the planner may walk the graph, which knows nothing of `ids`.
        found, scores = self._found(
            f"SELECT number, {self._cosine} FROM (SELECT number, embedding FROM passages"
            " WHERE version = %s AND number = ANY(%s) OFFSET 0) AS few",
            (_told(query), self._version, ids.tolist()), len(set(ids.tolist())),
        )  # fmt: skip
        order = np.argsort(found)
        return np.asarray(scores[order[np.searchsorted(found, ids, sorter=order)]])

    def spread(self, query: Vectors, among: Ids | None = None) -> tuple[float, float]:
        """Return mean and standard deviation of the cosines of every n-th vector (2,000 or so)."""
        return spread_of(self._sample if among is None else self.rows(every_nth(among)), query)

    def rows(self, ids: Ids) -> Vectors:
        """Return stored vectors, shape (len(ids), dimension)."""
        found = self._server.rows(
            "SELECT number, vector_send(embedding) FROM passages"
            " WHERE version = %s AND number = ANY(%s)",
            (self._version, ids.tolist()),
        )
        kept = {number: np.frombuffer(data, ">f4", offset=4) for number, data in found}
        self._all_there(len(kept), len(set(ids.tolist())))
        return np.array([kept[i] for i in ids.tolist()], np.float32).reshape(-1, self._dimension)

    @cached_property
    def _sample(self) -> Vectors:
        return self.rows(every_nth(np.arange(self._size, dtype=np.int64)))

    @property
    def _near(self) -> str:
        return f"(embedding::vector({self._dimension})) <#> %s::vector"

    @property
    def _cosine(self) -> str:
        return f"(-({self._near}))::real"

    def _found(self, sql: str, given: tuple[object, ...], count: int) -> tuple[Ids, Scores]:
        rows = self._server.rows(sql, given)
        self._all_there(len(rows), count)
        ids, scores = zip(*rows, strict=True)
        return np.array(ids, np.int64), np.array(scores, np.float32)

    def _all_there(self, found: int, wanted: int) -> None:
        """Raise StoreError when rows are missing: the version was removed while it was read."""
        if found < wanted:
            raise StoreError(f"版本“{self._version}”已被清理或不完整，请重新提问")


def _told(query: Vectors) -> str:
    return str(Vector(query).to_text())
