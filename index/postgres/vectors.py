"""Vectors of one version in pgvector: each compared, or beyond a few thousand an HNSW graph."""

import numpy as np
from pgvector import Vector

from index.embedders import Vectors
from index.postgres.server import Server
from index.remote import RemoteVectors
from index.vectors import Ids, Scores


class PostgresVectors(RemoteVectors):
    """Unit vectors by position, searched by inner product."""

    def __init__(self, server: Server, version: str, size: int, dimension: int) -> None:
        super().__init__(f"版本“{version}”", size, dimension)
        self._server, self._version = server, version

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

    def _searched(self, query: Vectors, k: int) -> tuple[Ids, Scores]:
        near = _told(query)
        return self._found(
            f"SELECT number, {self._cosine} FROM passages WHERE version = %s"
            f" ORDER BY {self._near} LIMIT {k}",
            (near, self._version, near), k,
        )  # fmt: skip

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


def _told(query: Vectors) -> str:
    return str(Vector(query).to_text())
