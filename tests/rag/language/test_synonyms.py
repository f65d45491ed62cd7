from rag.language.synonyms import groups, synonyms, with_synonyms
from rag.language.wordlists import lines, wordlist


def test_words_of_a_group_stand_for_each_other_and_not_for_themselves() -> None:
    assert "轨道交通" in synonyms("地铁") or "地铁" in synonyms("轨道交通")
    for word, others in groups().items():
        assert word not in others
        assert all(word in groups()[other] for other in others)


def test_a_word_without_synonyms_has_none() -> None:
    assert synonyms("葡萄") == frozenset()


def test_words_with_synonyms_are_found_longest_first() -> None:
    longest = max(groups(), key=len)
    found = with_synonyms().search(f"甲{longest}乙")
    assert found
    assert found[0] == longest


def test_word_lists_leave_out_remarks() -> None:
    assert {"今年", "报告"} <= wordlist("generic")
    assert not any("#" in line for name in ("generic", "aspects", "verbs") for line in lines(name))
