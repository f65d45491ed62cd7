"""What vectors that are kept apart bring: collections that go, a server that is not there."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from corpus.documents import Document
from corpus.errors import StoreError
from index.build import build
from index.embedders import Embedder
from index.store import Store

pytest.importorskip("pymilvus", reason="needs the extra milvus")
from pymilvus import MilvusClient

from index.milvus import MilvusStore

POOL = Document("pool", "体育", "全市新建滑冰馆9座。\n改造游泳馆3座。", "md")


def _build(store: Store, embedder: Embedder, text: str = POOL.text) -> str:
    with store.writing("index build"):
        return build(store, [replace(POOL, text=text)], embedder)


def test_collections_that_no_version_names_are_removed(
    milvus: str, home: Path, toy: Embedder
) -> None:
    client = MilvusClient(milvus.replace("milvus:", "http:"))
    others = set(client.list_collections())
    store = MilvusStore(home / "index", milvus)
    first = store.open(_build(store, toy))
    for number in range(6):
        _build(store, toy, f"滑冰馆{number}座。")
    assert len(set(client.list_collections()) - others) == len(store.names()) == 5
    with pytest.raises(StoreError, match="Milvus"):
        first.vectors.rows(np.array([0]))
    assert not list((home / "index").rglob("vectors.faiss"))


def test_a_version_whose_vectors_are_files_is_told(milvus: str, home: Path, toy: Embedder) -> None:
    version = _build(Store(home / "index"), toy)
    with pytest.raises(StoreError, match=f"版本“{version}”的向量不在 Milvus 里"):
        MilvusStore(home / "index", milvus).open(version)


def test_a_server_that_is_not_there_is_told_and_nothing_is_published(
    home: Path, toy: Embedder
) -> None:
    store = MilvusStore(home / "index", "milvus://127.0.0.1:1")
    with pytest.raises(StoreError, match=r"Milvus 用不了（.*请检查 JINWEN_INDEX_URL"):
        _build(store, toy)
    assert store.names() == []
