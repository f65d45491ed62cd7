import numpy as np
import pytest

from corpus.documents import Document
from index.embedders import Embedder
from index.fusion import Mix
from index.lexicon import terms
from index.passages import Passage
from index.search import Hit, Searcher, apart

GAS = "今年要改造多少公里燃气管网？"


@pytest.mark.parametrize(
    ("question", "quote"),
    [
        (GAS, "今年改造燃气管网623公里、供热管网150公里、供水管网30公里。"),
        ("今年要启动多少个老旧小区改造？", "启动275个老旧小区改造提升,"),
        ("科技型企业的上市培育机制怎么优化？", "进一步优化科技型企业梯度培育和上市培育机制,"),
        (
            "地铁今年建成哪几条线路？",
            "建成地铁11号线一期西段、5号线延伸线、津静市域(郊)铁路首开段,加快推进津滨轻轨改造,"
            "开工建设机场三期等项目,提升改造一批桥梁道路。",
        ),
        (
            "一刻钟便民生活圈要配置哪些设施？",
            "推进一刻钟便民生活圈建设,合理配置菜市场、停车泊位、公共充电桩等服务设施。",
        ),
    ],
)
def test_the_best_hit_is_the_passage_that_answers(
    searcher: Searcher, question: str, quote: str
) -> None:
    best = searcher.search(question)[0]
    assert (best.rank, best.text) == (1, quote)


def test_a_hit_is_the_slice_of_its_document_and_knows_its_place(
    searcher: Searcher, report: Document
) -> None:
    hits = searcher.search(GAS, 20)
    assert [hit.rank for hit in hits] == list(range(1, 21))
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    for hit in hits:
        passage = searcher.contents.passages[hit.number]
        assert hit.text == report.text[hit.start : hit.end]
        assert (hit.start, hit.end, hit.section) == (passage.start, passage.end, passage.section)
        assert hit.block == searcher.contents.blocks[passage.block]
    best = hits[0]
    assert (best.start, best.end, best.kind) == (2512, 2545, "clause")
    assert (best.document_id, best.title) == ("tianjin-2024", report.title)
    assert best.section[1:] == ("持续释放城市更新生产力", "完善城市设施和服务功能")
    assert searcher.document("tianjin-2024") == report


def test_ranked_has_every_passage_once_and_apart_keeps_the_best_of_what_overlaps(
    searcher: Searcher,
) -> None:
    ranked = list(searcher.ranked(GAS))
    assert sorted(hit.number for hit in ranked) == list(range(len(searcher.contents.passages)))
    assert list(apart(ranked, 5)) == searcher.search(GAS, 5)
    whole, part = (hit for hit in ranked if "供热管网150公里" in hit.text)
    assert [hit.number for hit in apart([whole, part], 2)] == [whole.number]
    assert [hit.number for hit in apart([part, whole], 2)] == [part.number]


def test_no_two_hits_overlap_and_nothing_else_is_left_out(searcher: Searcher) -> None:
    hits = searcher.search(GAS, 1000)
    for hit in hits:
        assert [other.rank for other in hits if _share_characters(other, hit)] == [hit.rank]
    for passage in searcher.contents.passages:
        assert any(_share_characters(hit, passage) for hit in hits)


def _share_characters(a: Hit | Passage, b: Hit | Passage) -> bool:
    return bool(set(range(a.start, a.end)) & set(range(b.start, b.end)))


@pytest.mark.parametrize(("k", "expected"), [(1, 1), (3, 3), (10, 10), (0, 0), (-1, 0)])
def test_k_is_respected(searcher: Searcher, k: int, expected: int) -> None:
    hits = searcher.search(GAS, k)
    assert len(hits) == expected
    assert hits == searcher.search(GAS, 10)[:expected]


@pytest.mark.parametrize(
    ("question", "simplified"),
    [
        ("今年要改造多少公里燃氣管網？", GAS),
        ("改造燃氣管網６２３公里", "改造燃气管网623公里"),
        ("新建１０個５Ｇ全連接工廠", "新建10个5g全连接工厂"),
    ],
)
def test_traditional_and_full_width_give_exactly_the_same_hits(
    searcher: Searcher, question: str, simplified: str
) -> None:
    assert searcher.search(question, 20) == searcher.search(simplified, 20)


def test_the_score_is_the_mix_of_the_signals(searcher: Searcher, embedder: Embedder) -> None:
    hit = searcher.search(GAS)[0]
    signals, mix = hit.signals, Mix()
    folded = "今年要改造多少公里燃气管网?"
    vector = embedder.embed_query(folded)
    index, lexicon = searcher.contents.vectors, searcher.contents.lexicon
    rows = index.rows(np.arange(len(searcher.contents.passages)))
    cosines = rows @ vector
    assert signals.cosine == pytest.approx(cosines[hit.number], abs=1e-5)
    deviation = (cosines[hit.number] - cosines.mean()) / cosines.std()
    assert signals.cosine_deviation == pytest.approx(deviation, abs=1e-3)
    bm25 = lexicon.bm25(terms(folded)).astype(float)
    place = searcher.contents.passages[hit.number].block
    expected = (bm25[place] - bm25.mean()) / bm25.std()
    assert signals.bm25_deviation == pytest.approx(expected, abs=1e-3)
    assert signals.coverage == searcher.coverage(terms(folded), hit)
    assert hit.score == pytest.approx(
        mix.cosine * signals.cosine_deviation
        + mix.bm25 * signals.bm25_deviation
        + mix.coverage * signals.coverage,
        abs=1e-5,
    )


def test_coverage_of_a_hit_is_the_share_of_the_words_it_holds(searcher: Searcher) -> None:
    hit = searcher.search(GAS)[0]
    assert searcher.coverage(["燃气", "供热", "623"], hit) == 1.0
    assert searcher.coverage(["口袋"], hit) == 0.0
    assert 0.0 < searcher.coverage(["燃气", "口袋"], hit) < 1.0
