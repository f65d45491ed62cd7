import pytest

from corpus.errors import InputError
from index.search import Searcher
from rag.questions import MAX_CHARS, asking_part, clean, content_words, understand, weight_of


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


@pytest.mark.parametrize(
    ("told", "part"),
    [
        ("我们楼都四十年了。这回改造的老旧小区有多少个", "这回改造的老旧小区有多少个"),
        ("供水管网,要换几公里", "供水管网, 要换几公里"),  # the last part alone says too little
        ("口袋公园", "口袋公园"),
    ],
)
def test_the_part_that_asks(told: str, part: str) -> None:
    assert asking_part(told) == part


def test_words_with_synonyms_are_kept_whole_and_asking_words_are_left_out() -> None:
    assert content_words("配售型保障性住房今年建多少套?") == ("配售型保障性住房", "今年")
    assert content_words("站?") == ("站",)


def test_words_beside_the_question_count_less_and_strange_ones_not_at_all(
    searcher: Searcher,
) -> None:
    lexicon = searcher.contents.lexicon
    question = understand("我家猫病了,口袋公园边上。供水管网今年改造几公里?")
    weights = question.wanted(lexicon).weights
    assert weights["管网"] == pytest.approx(lexicon.weight("管网"))
    assert weights["口袋公园"] == pytest.approx(0.6 * weight_of("口袋公园", lexicon))
    assert weights["我家"] == 0.0
    assert weights["今年"] == pytest.approx(0.15 * lexicon.weight("今年"))


def test_figures_of_the_question_are_known_and_years_are_none() -> None:
    question = understand("2022春节档,为什么只改造100公里燃气管网?")
    assert [question.plain[q.start : q.end] for q in question.figures] == ["100公里"]
    assert "100" in question.unfigured()
