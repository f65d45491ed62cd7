import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.folding import fold, located, simplified


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("燃氣管網改造", "燃气管网改造"),
        ("臺灣、裡面、頭髮", "台湾、里面、头发"),
        ("乾燥的乾隆", "干燥的乾隆"),  # by phrase, not by character
        ("著作", "著作"),
        ("６２３公里", "623公里"),
        ("５Ｇ全连接", "5g全连接"),
        ("Ａ，（Ｂ）", "a,(b)"),
        ("120㎡、①", "120m2、1"),
        ("\u3000天津\u3000", " 天津 "),
    ],
)
def test_script_width_and_case_are_folded(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_chinese_marks_without_a_half_width_stay() -> None:
    assert fold("“一核两翼”、。") == "“一核两翼”、。"


@pytest.mark.parametrize("character", ["\x00", "\x08", "\x0b", "\x0c", "\x1f", "\x7f", "\ud800"])
def test_what_no_library_can_take_becomes_a_blank(character: str) -> None:
    assert fold(f"改{character}造") == "改 造"


def test_tabs_and_line_breaks_stay() -> None:
    assert fold("改\t造\r\n网") == "改\t造\r\n网"


@given(st.text(st.characters(), max_size=50))
def test_any_text_at_all_folds_to_what_can_be_encoded(text: str) -> None:
    folded = fold(text).encode().decode()
    assert not any(c < " " and c not in "\t\n\r" for c in folded)


@pytest.mark.parametrize(
    ("text", "simple"),
    [
        ("著力強化城鄉結合部", "着力强化城乡结合部"),  # 著 is 着 in Taiwan, but not in 著作
        ("經典著作", "经典著作"),
        ("裡面、裏面、為、爲", "里面、里面、为、为"),
        ("\x00發\ud800展", " 发 展"),
        ("", ""),
    ],
)
def test_script_alone_is_folded_and_no_length_changes(text: str, simple: str) -> None:
    assert simplified(text) == simple


@given(st.text(st.characters(), max_size=50))
def test_simplified_text_is_as_long_as_it_was(text: str) -> None:
    assert len(simplified(text)) == len(text)


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("６２３公里", [0, 1, 2, 3, 4, 5]),
        ("120㎡①改", [0, 1, 2, 3, 3, 4, 5, 6]),
        ("燃氣管網", [0, 1, 2, 3, 4]),
        ("臺灣、裡面", [0, 1, 2, 3, 4, 5]),
        ("乾燥的乾隆", [0, 1, 2, 3, 4, 5]),  # by phrase
        ("㍿改造", [0, 0, 0, 0, 1, 2, 3]),
        ("İ改", [0, 0, 1, 2]),  # two characters only in lower case
        ("改\x00\ud800造", [0, 1, 2, 3, 4]),
        ("", [0]),
    ],
)
def test_each_folded_character_knows_its_place_in_the_text(text: str, places: list[int]) -> None:
    assert located(text) == (fold(text), places)


def test_what_only_together_is_one_character_is_folded_apart_and_keeps_its_places() -> None:
    assert located("e\u0301改㎡") == ("e\u0301改m2", [0, 1, 2, 3, 3, 4])


@given(st.text(st.characters(), max_size=50))
def test_places_rise_from_the_beginning_to_the_end_of_any_text(text: str) -> None:
    folded, places = located(text)
    assert len(places) == len(folded) + 1
    assert places == sorted(places)
    assert (places[0], places[-1]) == (0, len(text))
    for character, place in zip(folded, places, strict=False):
        if character.isascii() and character.isalnum():
            assert character in fold(text[place])
