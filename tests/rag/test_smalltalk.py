import pytest

from rag.smalltalk import asked_in, small_talk
from tests.rag.talk import ASKED, QUESTIONS, TALK


@pytest.mark.parametrize(("text", "kind"), TALK)
def test_small_talk_is_told_by_its_kind(text: str, kind: str) -> None:
    assert small_talk(text) == kind
    assert asked_in(text) == text


@pytest.mark.parametrize(("text", "question"), ASKED)
def test_courtesies_around_a_question_are_taken_off(text: str, question: str) -> None:
    assert small_talk(text) is None
    assert asked_in(text) == question


@pytest.mark.parametrize("text", QUESTIONS)
def test_what_sounds_like_small_talk_and_asks_is_asked_as_it_stands(text: str) -> None:
    assert small_talk(text) is None
    assert asked_in(text) == text


def test_what_only_softens_a_question_is_no_courtesy_to_take_off() -> None:
    assert asked_in("柳林公园二期今年建成,是吧") == "柳林公园二期今年建成,是吧"
    assert asked_in("现在，养老床位多少张") == "现在，养老床位多少张"


@pytest.mark.parametrize("text", ["真是" * 19 + "报告", "哈" * 5000, "你好" * 5000, "?" * 20_000])
def test_long_texts_and_repetitions_end_at_once_and_ask(text: str) -> None:
    assert small_talk(text) is None
