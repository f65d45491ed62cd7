import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.wording.characters import is_mark, is_word, narrow
from rag.wording.figuremarks import in_figure
from rag.wording.wordform import read


@pytest.mark.parametrize(
    ("text", "stream"),
    [
        ("“一卡通”模式, 集成。", "一卡通模式集成"),
        ("１０个５Ｇ（全连接）", "10个5G全连接"),
        ("增长5.5%、3,400家", "增长5.5%3400家"),
        ("第3、4季度", "第3,4季度"),
        ("2023—2025年", "2023-2025年"),
        ("增长~5%", "增长~5%"),
        ("COVID-19", "COVID19"),
        ("五、十", "五,十"),
        ("<计划>与<5", "计划与<5"),
        ("链长+链主/合作", "链长+链主/合作"),
        ("10²个①", "10²个①"),
        ("●改​革\x02\ud800", "改革"),
        ("", ""),
    ],
)
def test_the_stream_holds_words_and_the_marks_of_figures(text: str, stream: str) -> None:
    words = read(text)
    assert words.stream == stream
    assert len(words.at) == len(stream)


@given(
    st.text(
        st.one_of(st.characters(), st.sampled_from("新增1.、，-5,000〇十万%\n 發")), max_size=80
    )
)
def test_every_word_character_knows_its_place(text: str) -> None:
    for pasted in (False, True):
        words = read(text, pasted=pasted)
        assert all(a < b for a, b in zip(words.at, words.at[1:], strict=False))
        for character, at in zip(words.stream, words.at, strict=True):
            assert is_word(narrow(text[at])) or character in ",-.:~<>"


def test_script_is_folded_as_far_as_nothing_is_merged() -> None:
    assert read("著力發展經濟").stream == "着力发展经济"  # a text in Traditional script
    assert read("出门瞭望远方，着手发展國内经济").stream == "出门瞭望远方着手发展國内经济"
    pasted = read("推动着手发展國内经济的各项工作", pasted=True)
    assert (pasted.stream, pasted.traditional) == ("推动着手发展国内经济的各项工作", False)


def test_page_numbers_are_left_out_of_a_paste_alone() -> None:
    text = "上文\n— 12 —\n第 3 页\n2024年\n下文"
    assert read(text, pasted=True).stream == "上文2024年下文"
    assert read(text).stream == "上文12第3页2024年下文"


def test_raw_gap_and_part_count_in_the_stream() -> None:
    words = read("“改 革”，增长.5%")
    assert words.raw(0, 2) == "改 革"
    assert (words.gap(1), words.gap(2)) == (" ", "”，")
    assert words.seams() == {2, 4}
    assert words.part(2, 6).raw(2, 4) == ".5%"  # with the point
    assert words.raw(3, 3) == ""


@pytest.mark.parametrize(
    ("stream", "cuts"),
    [
        ("新增1000家", [3, 4, 5]),
        ("增长5.5%", [3, 4]),
        ("2%-5%", []),
        ("增长-5%", [3]),
        ("8:30", [1, 2, 3]),
        ("3,4季度", []),
        ("二十家", [1]),
        ("一二三", []),
        ("", []),
    ],
)
def test_a_cut_is_in_a_figure_where_it_would_leave_another(stream: str, cuts: list[int]) -> None:
    assert [k for k in range(len(stream) + 1) if in_figure(stream, k)] == cuts


def test_marks_are_neither_words_nor_blanks() -> None:
    assert [character for character in "，—·<|%+ \u3000℃改5" if is_mark(character)] == list(
        "，—·<|"
    )
