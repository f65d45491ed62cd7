import pytest

from rag.wording.pieces import cut, outer_span, word_range
from rag.wording.wordform import read


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("改造燃气管网。建成地铁线路！", ["改造燃气管网。", "建成地铁线路！"]),
        ("“改造管网。”“建成地铁。”", ["“改造管网。”", "“建成地铁。”"]),
        ("改造燃气管网.建成地铁线路. ", ["改造燃气管网.", "建成地铁线路."]),
        ("增长5.5%以上.建成5.5G网络.", ["增长5.5%以上.", "建成5.5G网络."]),
        ("改造燃气\n管网，建成\n地铁线路", ["改造燃气\n管网，建成\n地铁线路"]),
        ("改造燃气管网\n\n建成地铁线路", ["改造燃气管网", "建成地铁线路"]),
        ("改造燃气管网\n　　建成地铁线路", ["改造燃气管网", "建成地铁线路"]),
        ("改造燃气管网\n（二）建成地铁", ["改造燃气管网", "（二）建成地铁"]),
        ("好。改造燃气管网。是。", ["好。改造燃气管网。是。"]),
        ("改造燃气管网。；", ["改造燃气管网。；"]),
    ],
)
def test_a_paste_is_cut_into_sentences_of_four_characters_or_more(
    text: str, pieces: list[str]
) -> None:
    assert [span.of(text) for span in cut(read(text))] == pieces


def test_a_paste_that_lost_its_stops_is_cut_but_not_in_a_figure() -> None:
    text = "津" * 198 + "12345家" + "沽" * 300
    assert [len(span.of(text)) for span in cut(read(text))] == [198, 200, 106]
    assert [len(span.of("1" * 450)) for span in cut(read("1" * 450))] == [200, 200, 50]


def test_marks_belong_to_the_words_they_open_or_close() -> None:
    words = read("推进改革，“平急两用”设施。 （完）")
    assert word_range(words, cut(words)[0]) == (0, len(words.stream))
    assert outer_span(words, 0, 4).of(words.text) == "推进改革，"
    assert outer_span(words, 4, 8).of(words.text) == "“平急两用”"
    assert outer_span(words, 8, 11).of(words.text) == "设施。 （完）"
