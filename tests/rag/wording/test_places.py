from hypothesis import given
from hypothesis import strategies as st

from corpus.documents import Document
from rag.wording.places import Places

TEXTS = ["建设口袋公园50个。改造燃气管网。", "", "！", "新建口袋公园80个，改造供热管网。"]
PLACES = Places([Document(str(k), "标题", text) for k, text in enumerate(TEXTS)])


def test_words_are_found_wherever_they_stand_and_never_over_the_end_of_a_document() -> None:
    found = PLACES.find("口袋公园")
    assert [PLACES.document(position) for position in found] == [0, 3]
    assert PLACES.documents_of(found) == [0, 3]
    assert [PLACES.part(at, at + 4).raw(0, 4) for at in found] == ["口袋公园"] * 2
    assert PLACES.find("管网新建") == []
    assert PLACES.find("公园") == []  # less than a trigram


@given(
    st.lists(st.text("甲乙丙", max_size=12), max_size=4), st.text("甲乙丙", min_size=3, max_size=5)
)
def test_finding_is_what_searching_each_text_would_be(texts: list[str], words: str) -> None:
    places = Places([Document(str(k), "标题", text) for k, text in enumerate(texts)])
    expected = [
        (k, start)
        for k, text in enumerate(texts)
        for start in range(len(text))
        if text.startswith(words, start)
    ]
    found = [
        (places.document(at), at - places.bases[places.document(at)]) for at in places.find(words)
    ]
    assert found == expected


def test_the_sentence_that_shares_the_rarest_grams_is_proposed_first() -> None:
    assert PLACES.propose("改造供热管网", 5)[0] == 2
    assert PLACES.propose("改造燃气", 1) == [1]
    assert PLACES.propose("网络", 5) == []
    assert PLACES.propose("管网", 5) == [1, 2]  # a bigram will do
    assert PLACES.propose("鑫鑫鑫鑫", 5) == Places([]).propose("改造燃气", 5) == []


def test_sentences_clauses_and_figures_have_their_bounds() -> None:
    start = PLACES.bases[3]
    assert PLACES.sentence(start + 3) == (start, start + 15)
    assert PLACES.clause_end(start + 2) == start + 9
    assert PLACES.clause_start(start + 11) == start + 9
    assert PLACES.whole_figures(start + 7, start + 7) == (start + 6, start + 8)
    assert PLACES.sentence(PLACES.bases[1]) is None
