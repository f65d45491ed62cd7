import pytest

from index.search import Searcher
from rag.answers import Turn
from rag.followups import resolve


@pytest.mark.parametrize(
    ("before", "asked", "resolved"),
    [
        (["今年改造多少公里燃气管网?"], "那供水的呢?", "今年改造多少供水?"),
        (["单项冠军企业新增几家?", "专精特新呢"], "创新型中小企业也说说",
         "创新型中小企业新增多少?"),
        (["今年改造多少公里供热管网?"], "去年呢?", "去年改造多少公里供热管网?"),
        (["今年新建提升多少个口袋公园?"], "一共要花多少钱?", "口袋公园,一共要花多少钱?"),
        (["今年要新建多少家智能工厂和数字化车间?"], "5G的呢?", "今年要新建多少5g?"),
        (["解放北路要建什么区?"], "东疆那边呢?", "东疆建什么区?"),
    ],
)  # fmt: skip
def test_what_is_left_out_is_taken_from_before(
    searcher: Searcher, before: list[str], asked: str, resolved: str
) -> None:
    turns = [Turn(question, "") for question in before]
    assert resolve(asked, turns, searcher.contents.lexicon) == resolved


@pytest.mark.parametrize(
    "asked", ["机场三期什么时候开工？", "老旧小区改造多少个", "新梅江公园今年能建好吗"]
)
def test_a_question_that_stands_alone_is_left_alone(searcher: Searcher, asked: str) -> None:
    turns = [Turn("今年改造多少公里燃气管网？", "623公里")]
    assert resolve(asked, turns, searcher.contents.lexicon) == asked
    assert resolve(asked, [], searcher.contents.lexicon) == asked


def test_without_a_turn_nothing_is_added(searcher: Searcher) -> None:
    assert resolve("那供水的呢?", [], searcher.contents.lexicon) == "那供水的呢?"


@pytest.mark.parametrize(
    "alone",
    ["红烧肉怎么做", "明天天气怎么样", "电费多少钱一度", "周杰伦是谁", "今年建成哪些轨道线路？"],
)
def test_a_question_with_a_thing_of_its_own_is_left_alone(searcher: Searcher, alone: str) -> None:
    turns = [Turn("今年要改造多少公里燃气管网？", "623公里")]
    assert resolve(alone, turns, searcher.contents.lexicon) == alone


@pytest.mark.parametrize(
    ("asked", "about"),
    [
        ("一共要花多少钱", "燃气管网,一共要花多少钱"),
        ("什么时候完工", "燃气管网,什么时候完工"),
        ("谁来负责", "燃气管网,谁来负责"),
        ("名单在哪能查到", "燃气管网,名单在哪能查到"),
    ],
)
def test_what_is_asked_of_a_thing_is_no_thing_of_its_own(
    searcher: Searcher, asked: str, about: str
) -> None:
    turns = [Turn("今年要改造多少公里燃气管网？", "623公里")]
    assert resolve(asked, turns, searcher.contents.lexicon) == about


def test_another_thing_need_not_be_counted_in_the_same_unit(searcher: Searcher) -> None:
    turns = [Turn("今年要改造多少公里燃气管网？", "623公里")]
    assert resolve("口袋公园呢", turns, searcher.contents.lexicon) == "今年要改造多少口袋公园?"
