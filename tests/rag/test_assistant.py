import re
from dataclasses import replace

import pytest

from corpus.errors import InputError
from index.search import Searcher
from rag.answerability import Calibration
from rag.answers import Answer
from rag.assistant import Assistant, refused_input

ALWAYS = Calibration((0.0, 0.0, 0.0), 0.0, threshold=0.0)
NEVER = replace(ALWAYS, threshold=1.0)


@pytest.fixture
def assistant(searcher: Searcher) -> Assistant:
    return Assistant(lambda: searcher)


@pytest.mark.parametrize(
    ("question", "fact"),
    [
        ("今年要改造多少公里燃气管网？", "燃气管网623公里"),
        ("燃氣管網今年要改造多少公里", "燃气管网623公里"),
        ("老旧小区改造多少个", "275个老旧小区"),
        ("口袋公园新建几个", "口袋公园50个"),
        ("技术合同成交额要达到多少", "突破2000亿元"),
        ("地铁今年建成哪几条线路？", "建成地铁11号线一期西段"),
    ],
)
def test_a_question_is_answered_with_the_words_of_the_report(
    assistant: Assistant, searcher: Searcher, question: str, fact: str
) -> None:
    answer = assistant.ask(question)
    text = searcher.document("tianjin-2024").text
    assert answer.answered
    assert fact in answer.citations[0].quote
    assert answer.index_version == searcher.contents.version
    for citation in answer.citations:
        assert text[citation.start : citation.end] == citation.quote
    assert _marks(answer) == [citation.n for citation in answer.citations]
    assert _without_marks(answer) == "\n".join(citation.quote for citation in answer.citations)


@pytest.mark.parametrize("question", ["红烧肉怎么做", "法国的首都在哪", "推荐几部悬疑电影"])
def test_what_the_report_does_not_say_is_refused(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert not answer.answered
    assert answer.refusal == "not_in_documents"
    assert answer.citations == ()
    assert answer.short_answer is None
    assert len(answer.related) == 3
    assert "没有找到" in answer.answer
    assert "节选" in answer.answer


def test_the_threshold_decides(searcher: Searcher) -> None:
    assert Assistant(lambda: searcher, ALWAYS).ask("红烧肉怎么做").answered
    assert not Assistant(lambda: searcher, NEVER).ask("口袋公园新建几个").answered


@pytest.mark.parametrize("text", ["😀😀", "？？？", "……"])
def test_a_question_without_words_is_off_topic(assistant: Assistant, text: str) -> None:
    answer = assistant.ask(text)
    assert (answer.answered, answer.refusal, answer.related) == (False, "off_topic", ())


@pytest.mark.parametrize(
    "text", ["مرحبا كيف الحال", "ﷺ" * 300, "\u202e测试\u2066", "𠀀𠀁𠀂", "a" * 500]
)
def test_odd_scripts_get_an_answer_or_a_refusal(assistant: Assistant, text: str) -> None:
    assert isinstance(assistant.ask(text), Answer)


def test_bad_input_is_an_error_for_one_question_and_a_refusal_in_a_batch(
    assistant: Assistant,
) -> None:
    with pytest.raises(InputError):
        assistant.ask("")
    refused = refused_input("\ud800", "没有看到问题")
    assert (refused.answered, refused.refusal, refused.question) == (False, "bad_question", "?")


def _marks(answer: Answer) -> list[int]:
    return [int(n) for n in re.findall(r"\[(\d+)\]", answer.answer)]


def _without_marks(answer: Answer) -> str:
    return re.sub(r"\[\d+\]$", "", answer.answer, flags=re.MULTILINE)
