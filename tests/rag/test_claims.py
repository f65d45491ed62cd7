import pytest

from corpus.quantities import Quantity
from rag.claims import agrees, claim, like, opened


def given(question: str) -> Quantity:
    found = claim(question)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("燃气管网今年改造100公里吗", "100公里"),
        ("为什么今年只改造100公里燃气管网?", "100公里"),
        ("地区生产总值增长5%左右是吧", "5%"),
        ("入津特高压是第三条吗", "第三条"),
        ("培训3个月吗", "3个月"),
        ("增长2个百分点吗", "2个百分点"),
    ],
)
def test_the_one_figure_that_a_question_gives(question: str, figure: str) -> None:
    found = given(question)
    assert question[found.start : found.end] == figure


@pytest.mark.parametrize(
    "question",
    [
        "今年改造多少公里燃气管网",  # it asks for one
        "50个口袋公园建在哪些区",
        "口袋公园建几个",
        "机场三期今年开工吗",  # part of a name
        "2022年改造了管网吗",  # a year
        "新建50个公园和7个广场吗",  # two of them
        "这12条产业链做强吗",  # said before
        "今年改造燃气管网吗",
    ],
)
def test_a_question_that_asks_or_gives_no_figure_or_several_claims_nothing(question: str) -> None:
    assert claim(question) is None


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("燃气管网今年改造100公里吗", "燃气管网今年改造多少公里？"),
        ("为什么改造100公里燃气管网?", "改造多少公里燃气管网？"),
        ("口袋公园新建50个,对吗", "口袋公园新建多少个？"),
        ("供热管网改造不到200公里吗", "供热管网改造多少公里？"),  # with what qualifies it
        ("地区生产总值增长5%左右是吧", "地区生产总值增长百分之多少？"),
        ("增长2个百分点吗", "增长多少个百分点？"),
        ("入津特高压是第三条吗", "入津特高压是第几条？"),
        ("听说失业率控制在5.5%以内吗", "失业率控制在百分之多少？"),
        ("几何公园新建50个吗", "几何公园新建多少个？"),
    ],
)
def test_opened_a_question_asks_for_its_figure(question: str, asked: str) -> None:
    assert opened(question, given(question)) == asked


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("供热管网150公里", "150公里"),
        ("开工11号线，改造623公里，新建50个", "623公里"),
        ("供热150公里、供水30公里", None),
        ("新建50个", None),
        ("今年开工", None),
        ("", None),
    ],
)
def test_like_is_the_one_figure_that_measures_the_same(text: str, figure: str | None) -> None:
    found = like(text, given("改造100公里吗"))
    assert (found and text[found.start : found.end]) == figure


@pytest.mark.parametrize(
    ("question", "told", "agreed"),
    [
        ("改造623公里吗", "623公里", True),
        ("改造六百二十三公里吗", "623公里", True),
        ("改造600公里吗", "623公里", False),
        ("2000亿元吗", "突破2000亿元", True),
        ("改造不到700公里吗", "623公里", True),
        ("改造不到600公里吗", "623公里", False),
        ("最多623公里吗", "623公里", True),
        ("不高于700公里吗", "623公里", True),
        ("不高于600公里吗", "623公里", False),
        ("改造超过600公里吗", "623公里", True),
        ("改造超过700公里吗", "623公里", False),
        ("不低于600公里吗", "623公里", True),
        ("不低于700公里吗", "623公里", False),
        ("至少623公里吗", "623公里", True),
        ("至少700公里吗", "623公里", False),
        ("600公里以上吗", "623公里", True),
        ("700公里以内吗", "623公里", True),
    ],
)
def test_figures_agree_where_they_are_one_or_stand_as_the_question_says(
    question: str, told: str, agreed: bool
) -> None:
    asked = given(question)
    figure = like(told, asked)
    assert figure is not None
    assert agrees(question, asked, figure) is agreed
