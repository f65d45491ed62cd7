import pytest

from corpus.errors import InputError
from rag.questions import MAX_CHARS, clean, content_words, understand


@pytest.mark.parametrize("blank", ["", "   ", "\u3000\n\t", "\x00\x07", "\ud800"])
def test_nothing_to_work_on_is_said_with_an_example(blank: str) -> None:
    with pytest.raises(InputError, match="请输入一个问题，例如"):
        clean(blank)


def test_the_longest_question_passes_and_one_more_character_does_not() -> None:
    assert len(clean("问" * MAX_CHARS)) == MAX_CHARS
    with pytest.raises(InputError, match="501 个字，太长了，请缩短到 500 字以内"):
        clean("问" * (MAX_CHARS + 1))


def test_unusable_characters_become_spaces() -> None:
    assert clean("口袋\x00公园\ud83d 新建\ufffe几个\n？") == "口袋 公园 新建 几个 ？"


def test_words_with_synonyms_are_kept_whole_and_asking_words_are_left_out() -> None:
    assert content_words("配售型保障性住房今年建多少套?") == ("配售型保障性住房", "今年")
    assert content_words("站?") == ("站",)


def test_a_figures_unit_is_no_part_of_a_word() -> None:
    assert "1030" in content_words("1030元指的是什么?")
    assert not any(word.startswith("元") for word in content_words("1030元指的是什么?"))


def test_a_question_without_meaningful_words_has_those_it_is_made_of() -> None:
    assert content_words("多少?")
    assert content_words("???") == ()


def test_a_question_is_kept_as_typed_and_taken_apart_in_plain_words() -> None:
    question = understand("今年要改造多少公里燃氣管網？")
    assert question.text == "今年要改造多少公里燃氣管網？"
    assert question.plain == "今年要改造多少公里燃气管网?"
    assert (question.slot.kind, question.slot.unit) == ("figure", "公里")
