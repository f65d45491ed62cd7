import pytest

from rag.language.matching import Wanted, holds
from rag.language.synonyms import synonyms, with_synonyms


@pytest.mark.parametrize(
    ("text", "word", "share"),
    [
        ("改造燃气管网", "燃气", 1.0),
        ("改造燃气管网", "煤气", 0.9),  # a synonym
        ("支持天津软件园建设", "软件园区", 0.5),  # two thirds of it
        ("改造燃气管网", "公园", 0.0),
    ],
)
def test_a_text_holds_a_word_itself_by_a_synonym_or_in_part(
    text: str, word: str, share: float
) -> None:
    assert holds(text, word) == share


def test_coverage_is_the_share_of_the_weight() -> None:
    wanted = Wanted({"燃气": 3.0, "公园": 1.0})
    assert wanted.coverage("改造燃气管网") == 0.75
    assert wanted.missing("改造燃气管网") == {"公园"}
    assert wanted.share(frozenset({"公园"})) == 0.25
    assert wanted.without(frozenset({"公园"})).coverage("改造燃气管网") == 1.0
    assert Wanted({}).coverage("改造燃气管网") == 0.0


def test_words_of_another_language_are_held_by_those_that_stand_for_them() -> None:
    wanted = Wanted({"gas": 1.0, "park": 1.0}, {"gas": frozenset({"燃气"}), "park": frozenset()})
    assert wanted.coverage("改造燃气管网") == pytest.approx(0.45)


def test_synonyms_go_both_ways_and_longer_words_are_found_first() -> None:
    assert "燃气" in synonyms("煤气")
    assert "煤气" in synonyms("燃气")
    assert "燃气" not in synonyms("燃气")
    assert synonyms("从来没有的词") == frozenset()
    found = with_synonyms().search("配售型保障性住房多少套")
    assert found is not None
    assert found[0] == "配售型保障性住房"
