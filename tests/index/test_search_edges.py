"""Searches at the edges: strange queries, few passages, other models, many threads."""

import warnings
from dataclasses import replace
from pathlib import Path
from threading import Thread
from typing import Any

import numpy as np
import pytest

from corpus.documents import Document
from corpus.errors import StoreError
from index.build import build
from index.bundled.folder import FOLDER
from index.embedders import Embedder
from index.search import Searcher
from index.store import Store

GAS = "今年要改造多少公里燃气管网？"


def _searcher(home: Path, documents: list[Document], embedder: Embedder) -> Searcher:
    store = Store(home / "index")
    with store.writing("index build"):
        build(store, documents, embedder)
    return Searcher(store.open(store.current()), embedder)


@pytest.mark.parametrize("query", ["", "  \u3000", "\x00", "\n"])
def test_a_blank_query_finds_nothing(searcher: Searcher, query: str) -> None:
    assert searcher.search(query) == []


@pytest.mark.parametrize(
    "query", ["？？", "\ud800", "🧑\u200d🚀", "ﷺ" * 5000, "a" * 100_000, "\x00燃气\x00"]
)
def test_strange_queries_do_no_harm(searcher: Searcher, query: str) -> None:
    hits = searcher.search(query, 3)
    assert len(hits) in (0, 3)
    assert all(np.isfinite(hit.score) for hit in hits)


def test_an_empty_index_finds_nothing(home: Path, toy: Embedder) -> None:
    empty = _searcher(home, [], toy)
    with warnings.catch_warnings(action="error"):  # there is no mean of nothing
        assert empty.search(GAS) == []


def test_one_passage_is_found_without_any_spread(home: Path, toy: Embedder) -> None:
    (hit,) = _searcher(home, [Document("a", "甲", "改造管网。")], toy).search("滑冰馆")
    assert (hit.text, hit.signals.bm25_deviation, hit.signals.coverage) == ("改造管网。", 0.0, 0.0)
    assert hit.signals.cosine_deviation == pytest.approx(0.0, abs=1e-6)


def test_passages_of_two_documents_at_one_place_do_not_overlap(home: Path, toy: Embedder) -> None:
    twins = [Document(name, "甲", "新建口袋公园50个。") for name in ("a", "b")]
    hits = _searcher(home, twins, toy).search("口袋公园")
    assert [(hit.document_id, hit.start, hit.end) for hit in hits] == [("a", 0, 10), ("b", 0, 10)]


def test_an_exact_word_far_down_the_neighbours_is_still_a_candidate(
    home: Path, toy: Embedder
) -> None:
    lines = [f"第{n}段燃气管网改造多少公里。" for n in range(450)]
    documents = [
        Document("many", "甲", "\n".join(lines)),
        Document("one", "乙", "xkcd" + "云" * 90),
    ]
    found = _searcher(home, documents, toy)
    vector = toy.embed_query("第几段燃气管网改造多少公里xkcd")
    near, _ = found.contents.vectors.nearest(vector, 400)
    assert 450 not in near
    hits = found.search("第几段燃气管网改造多少公里xkcd", 1000)
    assert "one" in {hit.document_id for hit in hits}


def test_an_index_of_another_model_is_refused(searcher: Searcher, toy: Embedder) -> None:
    with pytest.raises(StoreError, match=f"嵌入模型是“{FOLDER}”，当前是“toy”"):
        Searcher(searcher.contents, toy)
    other: Any = replace(toy, name=FOLDER)  # type: ignore[type-var]
    with pytest.raises(StoreError, match="向量维数是“384”，当前是“64”"):
        Searcher(searcher.contents, other)


def test_an_index_of_the_plain_encoder_is_refused_by_the_trained_one_and_the_other_way_round(
    searcher: Searcher, home: Path, embedder: Embedder, plain: Embedder
) -> None:
    untrained = _searcher(home, [Document("a", "甲", "改造管网。")], plain)
    for found, other in ((untrained, embedder), (searcher, plain)):
        with pytest.raises(StoreError) as caught:
            Searcher(found.contents, other)
        assert str(caught.value) == (
            f"索引的嵌入模型是“{found.contents.manifest.embedder}”，当前是“{other.name}”，"
            "请运行 jinwen index build 重建"
        )


def test_many_threads_get_the_same_hits(searcher: Searcher) -> None:
    expected, found = searcher.search(GAS, 5), []
    threads = [Thread(target=lambda: found.append(searcher.search(GAS, 5))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [expected] * 8
