"""Vectors in Milvus, all else of a version in the files of the home (extra `milvus`).

Each version has a collection of its own, filled before the version that names it is published: a
writer that dies leaves one too many.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import numpy as np
from pymilvus import DataType, MilvusClient, MilvusException

from corpus.errors import StoreError
from index.contents import Contents, Parts, unpack
from index.embedders import Vectors
from index.remote import LOOKED_AT, RemoteVectors
from index.store import Store
from index.vectors import Ids, Scores, nearest_of

COLLECTION = "vectors.milvus"  # the file of a version that names where its vectors are
_FIELD = "vector"
_GRAPH = {"index_type": "HNSW", "metric_type": "IP", "params": {"M": 16, "efConstruction": 128}}
_BATCH = 1000  # rows in one message


class MilvusVectors(RemoteVectors):
    """Unit vectors of one collection by position, searched by inner product."""

    def __init__(self, client: MilvusClient, collection: str, size: int, dimension: int) -> None:
        super().__init__(f"Milvus 里的“{collection}”", size, dimension)
        self._client, self._collection = client, collection

    def rows(self, ids: Ids) -> Vectors:
        """Return stored vectors, shape (len(ids), dimension)."""
        wanted = sorted({*ids.tolist()})
        found: dict[int, list[float]] = {}
        with _told():
            for at in range(0, len(wanted), _BATCH):
                rows = self._client.get(
                    self._collection, wanted[at : at + _BATCH], output_fields=[_FIELD]
                )
                found |= {int(row["number"]): row[_FIELD] for row in rows}
        self._all_there(len(found), len(wanted))
        rows = [found[i] for i in ids.tolist()]
        return np.array(rows, np.float32).reshape(-1, self._dimension)

    def _searched(self, query: Vectors, k: int) -> tuple[Ids, Scores]:
        with _told():
            (hits,) = self._client.search(
                self._collection, [query.tolist()], anns_field=_FIELD, limit=k,
                search_params={"metric_type": "IP", "params": {"ef": max(LOOKED_AT, k)}},
            )  # fmt: skip
        self._all_there(len(hits), k)
        ids = np.array([hit.id for hit in hits], np.int64)
        return nearest_of(ids, np.array([hit.distance for hit in hits], np.float32), k)


class MilvusStore(Store):
    """The versions of a home whose vectors are elsewhere; see `Versions`."""

    def __init__(self, root: Path, url: str) -> None:
        super().__init__(root)
        self._url = url

    def open(self, name: str) -> Contents:
        """Return a version, checked; its vectors stay where they are."""
        version = self.read(name)
        if COLLECTION not in version.files:
            raise StoreError(f"版本“{name}”的向量不在 Milvus 里，请运行 jinwen index build 重建")
        collection = json.loads(version.files[COLLECTION])["collection"]
        size, dimension = version.manifest.passages, version.manifest.dimension
        return unpack(version, MilvusVectors(self._client, collection, size, dimension))

    def put(self, parts: Parts) -> str:
        """Keep a new version, switch to it, and return its name. The caller holds the lock."""
        before = self._collections()
        made = super().put(parts)
        with suppress(MilvusException):
            for old in before - self._collections():
                self._client.drop_collection(old)
        return made

    def _vectors(self, vectors: Vectors) -> dict[str, bytes]:
        collection = f"jinwen_{uuid4().hex}"  # nobody else's: other homes may use the same server
        with _told():
            self._fill(collection, vectors)
        return {COLLECTION: json.dumps({"collection": collection}).encode()}

    @cached_property
    def _client(self) -> MilvusClient:
        url = urlsplit(self._url)
        scheme = "https" if url.scheme == "milvus+https" else "http"
        with _told():
            return MilvusClient(
                f"{scheme}://{url.hostname}:{url.port or 19530}", user=url.username or "",
                password=url.password or "", timeout=5,
            )  # fmt: skip

    def _fill(self, collection: str, vectors: Vectors) -> None:
        """Make a collection of vectors."""
        client = self._client
        schema = client.create_schema(auto_id=False)
        schema.add_field("number", DataType.INT64, is_primary=True)
        schema.add_field(_FIELD, DataType.FLOAT_VECTOR, dim=vectors.shape[1])
        graph = client.prepare_index_params()
        graph.add_index(_FIELD, **_GRAPH)
        client.create_collection(
            collection, schema=schema, index_params=graph, consistency_level="Strong"
        )
        for at in range(0, len(vectors), _BATCH):
            batch = enumerate(vectors[at : at + _BATCH].tolist(), start=at)
            client.insert(collection, [{"number": n, _FIELD: row} for n, row in batch])
        client.flush(collection)

    def _collections(self) -> set[str]:
        """Return the collections that versions of this home name."""
        found = set()
        for name in self.names():
            with suppress(StoreError):
                found.add(json.loads(self.read_file(name, COLLECTION))["collection"])
        return found


@contextmanager
def _told() -> Iterator[None]:
    """Say in one line that Milvus does not do what it should."""
    try:
        yield
    except MilvusException as error:
        raise StoreError(
            f"Milvus 用不了（{error.message}），请检查 JINWEN_INDEX_URL 和 Milvus 后再试"
        ) from error
