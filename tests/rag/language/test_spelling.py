import pytest

from index.search import Searcher
from rag.language.spelling import Spelling, sound


@pytest.fixture(scope="module")
def spelling(searcher: Searcher) -> Spelling:
    return Spelling(searcher.contents.lexicon.vocabulary)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("口代公园今年建几个", "口袋公园今年建几个"),
        ("今年燃汽管网改造多少公理", "今年燃气管网改造多少公里"),
        ("单向冠军企业新增几家", "单项冠军企业新增几家"),  # a word, but not beside 冠军
        ("老旧小去改造多少个", "老旧小区改造多少个"),
        ("南港以烯项目多少万顿", "南港乙烯项目多少万吨"),
        ("绿色制照单位", "绿色制造单位"),
        ("试点启动了马?", "试点启动了吗?"),
    ],
)
def test_slips_of_the_same_sound_are_mended(spelling: Spelling, typed: str, meant: str) -> None:
    assert spelling.mend(typed) == meant


@pytest.mark.parametrize(
    "text",
    [
        "事实上今年改造多少公里燃气管网",  # 实施 sounds like 事实
        "六十进制发源于哪里？",
        "何时建成？",
        "高英是哪位皇帝的皇后？",
        "天开园要设立的那只基金全称叫什么",
        "公积金贷款额度上限是多少",
        "世界杯冠军是哪个队",
        "",
        "abc 123",
    ],
)
def test_what_is_no_slip_is_left_alone(spelling: Spelling, text: str) -> None:
    assert spelling.mend(text) == text


def test_nothing_is_known_of_no_documents() -> None:
    assert Spelling([]).mend("口代公园今年建几个") == "口代公园今年建几个"


def test_the_usual_reading_is_the_sound() -> None:
    assert [sound(char) for char in "燃气重a"] == ["ran", "qi", "zhong", "a"]
