"""The contract of every place that versions are kept in: files, and a database."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from corpus.documents import Document
from corpus.errors import StoreError
from index.build import build
from index.contents import Contents, Parts
from index.embedders import Embedder
from index.lexicon import terms
from index.search import Searcher
from index.store import Store
from index.upkeep import Upkeep, roll_back
from index.versions import Versions
from tests.clusters import Cluster

Opened = Callable[[], Versions]
POOL = Document(
    "pool", "体育", "全市新建滑冰馆9座。\n改造游泳馆3座，其中室内2座。\n\x00保留。", "md"
)
PARK = Document("park", "公园", "新建口袋公园５０个。\n公园免费开放。")


@pytest.fixture(params=["files", "postgres", "graph", "milvus"])
def opened(request: pytest.FixtureRequest, home: Path) -> Opened:
    """Give another handle of one place at each call; a graph is searched from the first passage."""
    if request.param == "files":
        return lambda: Store(home / "index")
    if request.param == "milvus":
        from index.milvus import MilvusStore

        address = request.getfixturevalue("milvus")
        return lambda: MilvusStore(home / "index", address)
    from index.postgres.store import EXACT, PostgresStore

    cluster: Cluster = request.getfixturevalue("cluster")
    url, exact = cluster.database(), 0 if request.param == "graph" else EXACT
    return lambda: PostgresStore(url, exact)


@pytest.fixture
def store(opened: Opened) -> Versions:
    return opened()


def _build(store: Versions, embedder: Embedder, *documents: Document) -> Contents:
    with store.writing("index build"):
        name = build(store, list(documents), embedder)
    return store.open(name)


def test_a_new_place_holds_nothing_and_says_what_to_do(store: Versions, toy: Embedder) -> None:
    assert (store.names(), store.pointed()) == ([], "")
    with pytest.raises(StoreError, match="还没有索引，请先运行 jinwen index build"):
        store.current()
    for ask in (store.open, store.check, store.manifest, store.documents, store.passages):
        with pytest.raises(StoreError, match="没有版本“000001-"):
            ask("000001-123456789abc")


def test_what_is_kept_comes_back_as_it_was(store: Versions, opened: Opened, toy: Embedder) -> None:
    made = _build(store, toy, POOL, PARK)
    again = opened()
    assert again.names() == [made.version]
    assert (again.current(), again.pointed()) == (made.version, made.version)
    assert again.documents(made.version) == [POOL, PARK]
    assert again.passages(made.version) == list(made.passages)
    assert again.listed_documents(made.version) == {"pool", "park"}
    assert again.check(made.version) == again.manifest(made.version) == made.manifest
    assert made.manifest.documents == {d.id: d.digest for d in (POOL, PARK)}
    text = made.passages[0].text(POOL)
    assert (text, made.blocks[0].document_id) == ("全市新建滑冰馆9座。", "pool")


def test_vectors_are_found_as_numpy_finds_them(
    store: Versions, report: Document, toy: Embedder
) -> None:
    vectors = _build(store, toy, report, POOL).vectors
    count = len(vectors)
    rows = vectors.rows(np.arange(count))
    query = toy.embed_query("燃气管网改造多少公里")
    cosines = rows @ query
    for k in (1, 10, count, count + 5):
        ids, scores = vectors.nearest(query, k)
        assert len(set(ids.tolist())) == len(ids) == min(k, count)
        np.testing.assert_allclose(scores, np.sort(cosines)[::-1][:k], atol=1e-6)
        np.testing.assert_allclose(scores, cosines[ids], atol=1e-6)
    among = np.arange(3, count, 7)
    ids, scores = vectors.nearest(query, 4, among)
    assert set(ids.tolist()) <= set(among.tolist())
    np.testing.assert_allclose(scores, np.sort(cosines[among])[::-1][:4], atol=1e-6)
    some = np.array([5, 0, 5], np.int64)
    np.testing.assert_allclose(vectors.cosines(some, query), cosines[some], atol=1e-6)
    np.testing.assert_allclose(vectors.spread(query), (cosines.mean(), cosines.std()), atol=1e-5)
    none = np.empty(0, np.int64)
    assert (
        vectors.nearest(query, 0)[0].tolist() == vectors.nearest(query, 3, none)[0].tolist() == []
    )
    assert vectors.cosines(none, query).tolist() == []
    assert vectors.rows(none).shape == (0, 64)


def test_words_score_as_they_do_in_memory(
    store: Versions, home: Path, report: Document, toy: Embedder
) -> None:
    kept = _build(store, toy, report, POOL).lexicon
    files = _build(Store(home / "other"), toy, report, POOL).lexicon
    assert list(kept.vocabulary) == list(files.vocabulary)
    for text in ("新建滑冰馆", "燃气管网改造多少公里", "没有的词：䶮", ""):
        query = terms(text)
        assert kept.bm25(query).tolist() == files.bm25(query).tolist()
        assert kept.coverage(query).tolist() == files.coverage(query).tolist()
    for term in ("滑冰", "改造", "䶮"):
        assert kept.rows(term).tolist() == files.rows(term).tolist()
        assert (kept.weight(term), term in kept) == (files.weight(term), term in files)
    assert kept.to_bytes() == files.to_bytes()


def test_a_search_finds_the_same_everywhere(
    store: Versions, home: Path, report: Document, toy: Embedder
) -> None:
    here = Searcher(_build(store, toy, report, POOL), toy)
    files = Searcher(_build(Store(home / "other"), toy, report, POOL), toy)
    for query in ("今年改造燃气管网多少公里", "滑冰馆", "新建"):
        for within in (None, ["pool"], []):
            found = [(h.document_id, h.start, h.end) for h in here.search(query, 5, within)]
            assert found == [
                (h.document_id, h.start, h.end) for h in files.search(query, 5, within)
            ]


def test_an_empty_version_is_a_version(store: Versions, toy: Embedder) -> None:
    made = _build(store, toy)
    assert (made.passages, len(made.vectors), store.documents(made.version)) == ((), 0, [])
    assert store.check(made.version).passages == 0
    assert Searcher(made, toy).search("燃气") == []


def test_known_texts_are_not_embedded_again(store: Versions, toy: Embedder) -> None:
    _build(store, toy, POOL)
    told: list[tuple[int, int]] = []
    with store.writing("index add"):
        build(store, [POOL, PARK], toy, lambda done, total: told.append((done, total)))
    assert told[-1] == (2, 2)  # the two sentences of the park


def test_a_failing_writer_leaves_the_version_in_use(store: Versions, toy: Embedder) -> None:
    made = _build(store, toy, POOL)
    parts = Parts(
        made.manifest, [POOL], list(made.passages), list(made.blocks),
        np.ones((1, 64), np.float32), made.lexicon,
    )  # fmt: skip
    bad = replace(parts, passages=[*made.passages, object()])  # type: ignore[list-item]
    with pytest.raises(TypeError), store.writing("index add"):
        store.put(bad)
    assert (store.names(), store.current()) == ([made.version], made.version)
    store.check(made.version)


def test_rolling_back_is_one_switch(store: Versions, opened: Opened, toy: Embedder) -> None:
    first, second = _build(store, toy, POOL), _build(store, toy, POOL, PARK)
    assert opened().current() == second.version
    roll_back(store, first.version)
    assert (opened().current(), store.names()) == (first.version, [first.version, second.version])
    with pytest.raises(StoreError, match="没有版本“000009-"):
        roll_back(store, "000009-123456789abc")
    assert opened().current() == first.version


def test_five_are_kept_and_the_one_before(store: Versions, toy: Embedder) -> None:
    names = [_build(store, toy, replace(POOL, text=f"滑冰馆{n}座。")).version for n in range(6)]
    assert store.names() == names[1:]
    roll_back(store, names[1])
    latest = _build(store, toy, PARK).version
    assert store.names() == [names[1], *names[2:], latest][-6:]
    assert store.documents(names[1])[0].text == "滑冰馆1座。"


def test_a_second_writer_is_refused_and_told_what_the_first_does(
    store: Versions, opened: Opened, toy: Embedder
) -> None:
    with store.writing("index add"):
        with pytest.raises(
            StoreError, match=r"索引正被另一个程序写入（.*index add.*），请等它结束"
        ):
            _build(opened(), toy, POOL)
        assert store.names() == []
    assert _build(opened(), toy, POOL).documents == {"pool": POOL}


def test_upkeep_is_the_same_everywhere(store: Versions, toy: Embedder) -> None:
    upkeep = Upkeep(store, toy)
    assert upkeep.replace([POOL]).added == ("pool",)
    assert upkeep.add([PARK]).fates[0].what == "new"
    before = store.current()
    assert upkeep.add([PARK]).version == before  # nothing changed, nothing published
    upkeep.set("park", {"place": "天津市"})
    assert [d.place for d in store.documents(store.current())] == ["", "天津市"]
    assert upkeep.remove("pool").removed == ("pool",)
    assert [d.id for d in store.documents(store.current())] == ["park"]
