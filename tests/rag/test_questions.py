import pytest

from corpus.errors import InputError
from rag.questions import MAX_CHARS, understand


@pytest.mark.parametrize("blank", ["", "   ", "\u3000\n\t", "\x00\x07", "\ud800"])
def test_nothing_to_work_on_is_said_with_an_example(blank: str) -> None:
    with pytest.raises(InputError, match="请输入一个问题，例如"):
        understand(blank)


def test_the_longest_question_passes_and_one_more_character_does_not() -> None:
    assert len(understand("问" * MAX_CHARS).text) == MAX_CHARS
    with pytest.raises(InputError, match="501 个字，太长了，请缩短到 500 字以内"):
        understand("问" * (MAX_CHARS + 1))


def test_unusable_characters_become_spaces() -> None:
    question = understand("口袋\x00公园\ud83d 新建\ufffe几个\n？")
    assert question.resolved == "口袋 公园 新建 几个 ？"
    assert question.text == "口袋\x00公园? 新建\ufffe几个\n？"  # as typed, as far as UTF-8 can


@pytest.mark.parametrize(
    ("text", "focus"),
    [
        ("今年要改造多少公里燃气管网？", "今年要改造 公里燃气管网"),
        ("请问口袋公园新建几个呀?", "口袋公园新建 个"),
        ("怎么推动智能化升级", "推动智能化升级"),
        ("燃氣管網要改造多少公里", "燃气管网要改造 公里"),
    ],
)
def test_the_focus_is_what_is_left_without_asking_words(text: str, focus: str) -> None:
    assert understand(text).focus == focus
