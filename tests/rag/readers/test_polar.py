from collections.abc import Callable

import pytest

Short = Callable[[str], str | None]


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("今年新建口袋公园40个，对吗", "是，新建口袋公园40个"),
        ("今年新建口袋公园36个，对吗", "否，新建口袋公园40个"),
        ("今年新建口袋公园超过30个吗", "是，新建口袋公园40个"),
        ("3号线一期今年开工吗", "是，3号线一期上半年开工"),
        ("3号线一期今年建成吗", "否，3号线一期上半年开工"),
        ("博物馆周一开门吗", "是，全市博物馆周一不再闭馆、改为全年开放"),
        ("博物馆周一还闭馆吗", "否，全市博物馆周一不再闭馆、改为全年开放"),
        ("老人坐公交要不要钱", "否，65周岁以上老年人凭社保卡免费乘坐公交车"),
        ("老人坐公交是免费的吗", "是，65周岁以上老年人凭社保卡免费乘坐公交车"),
        ("城中村改造是先拆了再谈安置吗", "否，坚持先安置后拆迁"),
        ("城中村改造是先安置再拆迁吗", "是，坚持先安置后拆迁"),
        ("会议和文件各减少10%吧", "是，以市政府名义召开的会议和印发的文件各减少10%"),
        ("会议和文件加起来总共减少10%吗", "否，以市政府名义召开的会议和印发的文件各减少10%"),
        ("首批配售型保障性住房真的放在澜江区？", "是，首批1200套选址澜江区"),
        ("今年还审批新增围填海项目吗", "否，不再审批新增围填海项目"),
    ],
)
def test_yes_or_no_with_the_fact(short: Short, question: str, verdict: str) -> None:
    assert short(question) == verdict


@pytest.mark.parametrize("question", ["今年改造的老旧小区里有没有深圳的"])
def test_a_name_that_is_not_there_is_no_yes(short: Short, question: str) -> None:
    assert short(question) is None


@pytest.mark.parametrize(
    ("question", "opening"),
    [
        ("老旧小区今年要拆了吗", "否"),  # what is rebuilt is not pulled down
        ("技术合同成交额今年是500亿对吧", "否"),
    ],
)
def test_what_is_built_up_is_not_pulled_down(short: Short, question: str, opening: str) -> None:
    assert (short(question) or "").startswith(opening)


def test_a_figure_that_nothing_is_said_of_gets_no_verdict(short: Short) -> None:
    assert not (short("海洋牧场今年有9999个吗") or "").startswith("是")


def test_a_small_number_that_points_back_is_no_claim(short: Short) -> None:
    assert "2" not in (short("除了这两个，口袋公园还新建别的吗") or "")


def test_a_target_is_its_very_figure_and_a_bound_is_not(short: Short) -> None:
    target = short("技术合同成交额的目标是突破200亿元，对吗")
    assert target
    assert target.startswith("否")
    bound = short("今年技术合同成交额会超过200亿元吗")
    assert bound
    assert bound.startswith("是")
