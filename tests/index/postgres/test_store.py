"""What a database of its own brings: damage in rows, versions that go, servers that go."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from corpus.documents import Document
from corpus.errors import StoreError
from index.build import build
from index.contents import Contents
from index.embedders import Embedder
from index.lexicon import terms
from tests.clusters import Cluster, clusters

psycopg = pytest.importorskip("psycopg", reason="needs the extra postgres")
from index.postgres.store import PostgresStore  # noqa: E402

POOL = Document("pool", "体育", "全市新建滑冰馆9座。\n改造游泳馆3座。", "md")


@pytest.fixture
def url(cluster: Cluster) -> str:
    return cluster.database()


def _build(store: PostgresStore, embedder: Embedder, text: str = POOL.text) -> Contents:
    with store.writing("index build"):
        return store.open(build(store, [replace(POOL, text=text)], embedder))


def _sql(url: str, statement: str) -> list[Any]:
    with psycopg.connect(url, autocommit=True) as connection:
        cursor = connection.execute(statement)
        while cursor.nextset():
            pass
        return cursor.fetchall() if cursor.description else []


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        ("UPDATE documents SET line = replace(line, '9', '8')", "documents"),
        ("UPDATE passages SET line = replace(line, '10', '11')", "passages"),
        ("DELETE FROM passages WHERE number = 1", "passages"),
        ("DELETE FROM blocks WHERE number = 1", "blocks"),
        ("UPDATE versions SET manifest = replace(manifest, 'toy', 'top')", "manifest"),
    ],
)
def test_a_damaged_row_is_named_when_a_version_is_opened(
    url: str, toy: Embedder, statement: str, what: str
) -> None:
    store = PostgresStore(url)
    version = _build(store, toy).version
    _sql(url, statement)
    with pytest.raises(StoreError, match=f"索引数据“{version}/{what}”已损坏，请运行 jinwen"):
        store.open(version)


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        ("UPDATE passages SET embedding = -embedding WHERE number = 0", "vectors"),
        ("UPDATE words SET passage_rows = '\\x07000000' WHERE number = 3", "words"),
        ("UPDATE words SET idf = idf + 1 WHERE number = 0", "words"),
    ],
)
def test_a_damaged_vector_or_word_is_named_when_a_version_is_checked(
    url: str, toy: Embedder, statement: str, what: str
) -> None:
    store = PostgresStore(url)
    version = _build(store, toy).version
    store.check(version)
    _sql(url, statement.replace("-embedding", "embedding * array_fill(-1, ARRAY[64])::vector"))
    with pytest.raises(StoreError, match=f"索引数据“{version}/{what}”已损坏"):
        store.check(version)


def test_a_version_that_was_removed_is_not_taken_for_one_without_answers(
    url: str, toy: Embedder
) -> None:
    store = PostgresStore(url)
    first = _build(store, toy)
    for number in range(6):
        _build(store, toy, f"滑冰馆{number}座。")
    assert first.version not in store.names()
    query = toy.embed_query("滑冰馆")
    for ask in (
        lambda: first.vectors.nearest(query, 1),
        lambda: first.vectors.rows(np.array([0])),
        lambda: first.lexicon.bm25(terms("滑冰馆")),
    ):
        with pytest.raises(StoreError, match=f"版本“{first.version}”已被清理或不完整，请重新提问"):
            ask()
    assert _sql(url, "SELECT count(DISTINCT version) FROM passages") == [(5,)]


def test_many_passages_get_a_graph_and_few_are_compared(url: str, toy: Embedder) -> None:
    graphs = "SELECT count(*) FROM pg_indexes WHERE indexdef LIKE '%USING hnsw%'"
    _build(PostgresStore(url), toy)
    assert _sql(url, graphs) == [(0,)]
    made = _build(PostgresStore(url, exact=1), toy)
    assert _sql(url, graphs) == [(1,)]
    near = f"embedding::vector(64) <#> '{toy.embed_query('水').tolist()}'::vector"
    asked = f"FROM passages WHERE version = '{made.version}' ORDER BY {near} LIMIT 1"
    plan = _sql(url, f"SET enable_sort = off; EXPLAIN SELECT number {asked}")
    assert "_embedding_idx" in str(plan)


def test_an_address_that_is_none_and_a_server_that_is_not_there_are_told() -> None:
    with pytest.raises(StoreError, match="JINWEN_INDEX_URL 无法识别"):
        PostgresStore("不是地址")
    away = PostgresStore("postgresql://jinwen@127.0.0.1:1/none")
    with pytest.raises(StoreError, match="索引数据库连接不上，请检查 JINWEN_INDEX_URL"):
        away.current()
    with pytest.raises(StoreError, match="索引数据库连接不上"), away.writing("index build"):
        pass


def test_a_server_that_was_away_is_found_again(toy: Embedder) -> None:
    with clusters() as (cluster,):
        cluster.create()
        cluster.start()
        store = PostgresStore(cluster.database())
        made = _build(store, toy)
        cluster.stop()
        with pytest.raises(StoreError, match="连接不上"):
            made.vectors.nearest(toy.embed_query("水"), 1)
        cluster.start()
        assert made.vectors.nearest(toy.embed_query("滑冰馆"), 1)[0].tolist() == [0]


@pytest.fixture
def pair() -> Iterator[tuple[Cluster, Cluster]]:
    """A primary that commits when its standby has it, and that standby."""
    with clusters(2) as (primary, standby):
        primary.create()
        primary.start()
        standby.copy_of(primary, "standby")
        standby.start()
        _sql(
            f"postgresql://jinwen@{primary.host}/postgres",
            "ALTER SYSTEM SET synchronous_standby_names = 'standby'",
        )
        _sql(f"postgresql://jinwen@{primary.host}/postgres", "SELECT pg_reload_conf()")
        yield primary, standby


def test_when_the_primary_dies_nothing_is_lost_and_readers_go_on(
    pair: tuple[Cluster, Cluster], toy: Embedder
) -> None:
    primary, standby = pair
    name = primary.database().rpartition("/")[2]
    store = PostgresStore(f"postgresql://jinwen@{primary.host},{standby.host}/{name}")
    made = [_build(store, toy, f"滑冰馆{number}座。").version for number in range(3)]
    found: list[object] = []
    ended, half = threading.Event(), threading.Event()

    def read() -> None:
        reading = store.open(store.current())
        query = toy.embed_query("滑冰馆")
        while not ended.is_set():
            try:
                found.append(reading.vectors.nearest(query, 1)[0].tolist())
            except StoreError as error:
                found.append(error)
            if len(found) > 100:
                half.set()

    readers = [threading.Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    assert half.wait(20)
    primary.stop()
    assert store.names() == made  # the standby has all that was published
    with pytest.raises(StoreError, match="索引数据库连接不上"):
        _build(store, toy, "没有人能写。")
    standby.promote()
    _sql(f"postgresql://jinwen@{standby.host}/{name}",
         "ALTER SYSTEM SET synchronous_standby_names = ''")  # fmt: skip
    _sql(f"postgresql://jinwen@{standby.host}/{name}", "SELECT pg_reload_conf()")
    after = _build(store, toy, "又能写了。").version
    read_before = len(found)
    while len(found) < read_before + 50:
        ended.wait(0.01)
    ended.set()
    for reader in readers:
        reader.join()
    assert (store.names(), store.current()) == ([*made, after], after)
    assert store.documents(made[-1])[0].text == "滑冰馆2座。"
    assert [answer for answer in found if answer != [0]] == []
