from io import BytesIO
from math import log

import numpy as np
import pytest

from corpus.documents import Document
from index.lexicon import Lexicon, terms, words
from index.passages import cut

TEXTS = [
    "改造燃气管网623公里，改造供热管网150公里",
    "供水管网30公里",
    "新建提升口袋公园50个，完善公园养护机制",
    "启动275个老旧小区改造提升",
]
# The idf of a term in two of three blocks is ln(1 + 1.5 / 2.5), in one ln(1 + 2.5 / 1.5).
GAS_SHARE = log(1.6) / (log(1.6) + log(8 / 3))


def test_words_and_bigrams_are_the_terms() -> None:
    assert terms("新建100家智能工厂，") == [
        "新建", "100", "家", "智能", "工厂", "新建", "家智", "智能", "能工", "工厂",
    ]  # fmt: skip
    assert words("新建100家智能工厂，") == ["新建", "100", "家", "智能", "工厂"]


def test_terms_are_folded_and_marks_are_none() -> None:
    assert terms("「燃氣」，供熱！") == ["燃气", "供热", "燃气", "供热"]
    assert terms("５.５Ｇ") == ["5g", "5.5g"]
    assert terms("，。—— \n") == []


def _bm25(query: list[str], texts: list[str], row: int) -> float:
    """The formula of Robertson & Zaragoza (2009), written out plainly."""
    found = [terms(text) for text in texts]
    mean = sum(map(len, found)) / len(found)
    score = 0.0
    for term in query:
        holding = sum(term in other for other in found)
        frequency = found[row].count(term)
        idf = log(1 + (len(texts) - holding + 0.5) / (holding + 0.5))
        length = 0.9 * (1 - 0.4 + 0.4 * len(found[row]) / mean)
        score += idf * frequency * (0.9 + 1) / (frequency + length)
    return score


@pytest.mark.parametrize(
    "question", ["燃气管网改造多少公里", "公园公园公园", "老旧小区", "供水管网30公里", "滑冰馆"]
)
def test_bm25_is_the_formula(question: str) -> None:
    query = terms(question)
    given = Lexicon.of(TEXTS, []).bm25(query)
    expected = [_bm25(query, TEXTS, row) for row in range(len(TEXTS))]
    np.testing.assert_allclose(given, expected, rtol=1e-5, atol=1e-6)


def test_bm25_of_one_term_by_hand() -> None:
    # Two blocks of two terms each ("燃气" is a word and a bigram): idf = ln 2, length norm = 0.9.
    scores = Lexicon.of(["燃气", "供热"], []).bm25(["燃气"])
    assert scores.tolist() == pytest.approx([log(2) * 2 * 1.9 / 2.9, 0.0])


@pytest.mark.parametrize(
    ("query", "shares"),
    [
        (["燃气"], [1.0, 0.0, 1.0]),
        (["燃气", "供热"], [GAS_SHARE, 1 - GAS_SHARE, 1.0]),
        (["燃气", "燃气", "供热"], [GAS_SHARE, 1 - GAS_SHARE, 1.0]),  # said twice, asked once
        (["燃气", "滑冰馆"], [GAS_SHARE, 0.0, GAS_SHARE]),  # unknown weighs as the rarest
        (["滑冰馆"], [0.0, 0.0, 0.0]),
        ([], [0.0, 0.0, 0.0]),
    ],
)
def test_coverage_is_the_share_of_the_weight_held(query: list[str], shares: list[float]) -> None:
    lexicon = Lexicon.of(["燃气", "燃气，供热", "，"], ["燃气", "供热", "燃气，供热"])
    assert lexicon.coverage(query).tolist() == pytest.approx(shares, abs=1e-6)


def test_a_lexicon_comes_back_as_it_was(report: Document) -> None:
    passages, blocks = cut([report])
    texts = [passage.text(report) for passage in passages]
    lexicon = Lexicon.of([report.text[block.start : block.end] for block in blocks], texts)
    again = Lexicon.from_bytes(lexicon.to_bytes())
    query = terms("今年要改造多少公里燃气管网？")
    assert again.bm25(query).tolist() == lexicon.bm25(query).tolist()
    assert again.coverage(query).tolist() == lexicon.coverage(query).tolist()
    assert "燃气管网623公里" in texts[int(np.argmax(again.coverage(query)))]
    assert again.to_bytes() == lexicon.to_bytes()


def test_an_empty_lexicon_scores_nothing_and_comes_back() -> None:
    empty = Lexicon.from_bytes(Lexicon.of([], []).to_bytes())
    assert empty.bm25(["燃气", ""]).tolist() == []
    assert empty.coverage(["燃气"]).tolist() == []


def test_texts_of_marks_alone_score_zero() -> None:
    lexicon = Lexicon.from_bytes(Lexicon.of(["，", "。"], ["！"]).to_bytes())
    assert lexicon.bm25(["燃气"]).tolist() == [0.0, 0.0]
    assert lexicon.coverage(["燃气"]).tolist() == [0.0]


def test_nothing_pickled_is_ever_loaded() -> None:
    out = BytesIO()
    np.savez(out, vocabulary=np.array([{"a": 1}], object))
    with pytest.raises(ValueError, match="allow_pickle=False"):
        Lexicon.from_bytes(out.getvalue())


def test_a_term_weighs_its_idf_and_one_found_nowhere_the_most() -> None:
    lexicon = Lexicon.of(["燃气 管网", "供热 管网"], ["燃气 管网"])
    assert lexicon.weight("管网") == pytest.approx(np.log(1 + 0.5 / 2.5), rel=1e-6)
    assert lexicon.weight("燃气") == pytest.approx(np.log(1 + 1.5 / 1.5), rel=1e-6)
    assert lexicon.weight("冰雪") == lexicon.weight("燃气")
    assert "管网" in lexicon
    assert "冰雪" not in lexicon
    assert {"燃气", "供热", "管网"} <= set(lexicon.vocabulary)
