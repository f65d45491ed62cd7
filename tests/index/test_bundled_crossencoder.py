"""The trained reader on sentences of the shipped report."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from index.bundled.crossencoder import MAX_TOKENS, CrossEncoder, Reading

GAS = "今年要改造多少公里燃气管网?"
PARKS = "口袋公园今年新建几个?"
HEADING = "天津市人民政府工作报告 持续释放城市更新生产力"
PIPES = (
    "制定城市燃气、供热、供水等老旧管网改造计划,集中力量分年度分区域有序实施改造,"
    "今年改造燃气管网623公里、供热管网150公里、供水管网30公里。"
)
FLOODS = "实施易积水地道、片区等内涝治理工程,有效提升城市防洪排涝能力。"
RAILS = (
    "建成地铁11号线一期西段、5号线延伸线、津静市域(郊)铁路首开段,加快推进津滨轻轨改造,"
    "开工建设机场三期等项目,提升改造一批桥梁道路。"
)
GREEN = "完善公园养护机制,建成新梅江公园北段,推进柳林公园二期建设,新建提升口袋公园50个。"
WINDOWS = [(HEADING, [PIPES]), (HEADING, [RAILS, FLOODS]), (HEADING, [GREEN]), ("", [FLOODS])]


@pytest.fixture(scope="module")
def encoder(models: Path) -> CrossEncoder:
    return CrossEncoder(models)


def _marked(reading: Reading, text: str) -> str:
    """Return the characters of the tokens that are likely part of an answer."""
    likely = zip(reading.tokens, reading.inside, strict=True)
    return "".join(text[token.start : token.end] for token, inside in likely if inside >= 0.5)


def test_probabilities_are_probabilities(encoder: CrossEncoder) -> None:
    for reading in encoder.read(GAS, WINDOWS):
        assert reading.verdict.shape == (4,)
        assert reading.verdict.sum() == pytest.approx(1.0, abs=1e-5)
        for each in (reading.verdict, reading.inside, reading.begins):
            assert ((each >= 0) & (each <= 1)).all()
        assert (reading.begins <= reading.inside + 1e-6).all()


@pytest.mark.parametrize(("question", "best", "answer"), [(GAS, 0, "623公里"), (PARKS, 2, "50个")])
def test_the_window_that_answers_scores_above_all_others_and_marks_the_answer(
    encoder: CrossEncoder, question: str, best: int, answer: str
) -> None:
    readings = encoder.read(question, WINDOWS)
    answered = [float(1 - reading.verdict[0]) for reading in readings]
    assert answered[best] > 0.5
    assert max(answered[:best] + answered[best + 1 :]) < 0.1
    assert _marked(readings[best], "".join(WINDOWS[best][1])) == answer


def test_a_yes_or_no_question_is_told_from_one_that_asks_for_words(encoder: CrossEncoder) -> None:
    (polar,) = encoder.read("今年开工建设机场三期吗?", [(HEADING, [RAILS])])
    none, span, yes, no = polar.verdict
    assert yes > 0.5 > no
    assert none + span < 0.1
    (words,) = encoder.read("今年开工建设什么项目?", [(HEADING, [RAILS])])
    assert words.verdict[1] > 0.5
    assert words.verdict[2] + words.verdict[3] < 0.1


def test_a_batch_gives_what_single_calls_give(encoder: CrossEncoder) -> None:
    together = encoder.read(GAS, WINDOWS)
    for window, reading in zip(WINDOWS, together, strict=True):
        (alone,) = encoder.read(GAS, [window])
        assert alone.tokens == reading.tokens
        for name in ("verdict", "inside", "begins"):
            np.testing.assert_allclose(getattr(alone, name), getattr(reading, name), atol=1e-3)


def test_offsets_are_those_of_the_sentences_put_together(encoder: CrossEncoder) -> None:
    (reading,) = encoder.read(GAS, [(HEADING, [FLOODS, PIPES])])
    text = FLOODS + PIPES
    assert "".join(text[t.start : t.end] for t in reading.tokens) == text
    assert _marked(reading, text) == "623公里"
    figures = [text[t.start : t.end] for t in reading.tokens if text[t.start].isdigit()]
    assert [figure for figure in figures if figure in ("150", "30")] == ["150", "30"]
    assert len(reading.inside) == len(reading.begins) == len(reading.tokens)


def test_what_is_too_long_is_cut(encoder: CrossEncoder) -> None:
    question, sentence = "改造" * 250, "改造" * 50_000
    (reading,) = encoder.read(question, [("题" * 100_000, [sentence])])
    assert MAX_TOKENS / 2 < len(reading.tokens) < MAX_TOKENS
    assert [t.start for t in reading.tokens] == [2 * i for i in range(len(reading.tokens))]
    assert reading.verdict.sum() == pytest.approx(1.0, abs=1e-5)
    (other,) = encoder.read(question + "公园", [("题" * 100_000, [sentence + "公园", PIPES])])
    assert other.verdict.tolist() == reading.verdict.tolist()  # all of that is beyond


def test_a_sentence_that_does_not_fit_does_not_lose_the_one_before(encoder: CrossEncoder) -> None:
    (reading,) = encoder.read(GAS, [(HEADING, [PIPES, "改造" * 50_000])])
    text = PIPES + "改造" * 50_000
    assert _marked(reading, text).startswith("623公里")
    assert "".join(text[t.start : t.end] for t in reading.tokens).startswith(PIPES)


@pytest.mark.parametrize("text", ["", "\x00", "改\ud83d造", "ﷺ" * 50, "🧑\u200d🚀"])
def test_no_text_is_too_strange(encoder: CrossEncoder, text: str) -> None:
    for reading in encoder.read(text, [(text, [text, PIPES]), (text, [text])]):
        assert np.isfinite(reading.verdict).all()
        assert len(reading.inside) == len(reading.tokens)


def test_threads_share_one_reader(encoder: CrossEncoder) -> None:
    expected = [reading.verdict.tolist() for reading in encoder.read(GAS, WINDOWS)]
    with ThreadPoolExecutor(4) as pool:
        given = list(pool.map(lambda _: encoder.read(GAS, WINDOWS), range(4)))
    assert [[r.verdict.tolist() for r in readings] for readings in given] == [expected] * 4
