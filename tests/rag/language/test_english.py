import pytest

from index.search import Searcher
from rag.language.english import Translator, content_words, is_english


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("How many pocket parks are planned?", True),
        ("5G工厂几个", False),
        ("Nangang 南港 ethylene capacity", True),
        ("park", False),
        ("", False),
    ],
)
def test_english_is_told_by_its_letters(text: str, english: bool) -> None:
    assert is_english(text) is english


def test_the_words_of_a_question_are_found_in_the_report(searcher: Searcher) -> None:
    translator = Translator(searcher.contents.lexicon.vocabulary)
    assert "口袋" in translator.chinese("pocket")
    assert "公园" in translator.chinese("parks")
    assert "管网" in translator.chinese("pipelines")  # by a synonym
    assert "南港" in translator.chinese("nangang")  # by its sound
    assert translator.chinese("elephant") == frozenset()
    asked = content_words("How many kilometers of gas pipelines will Tianjin renovate?")
    assert asked == ("kilometers", "gas", "pipelines", "tianjin", "renovate")
