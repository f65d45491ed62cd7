import pytest

from rag.language.stages import asks_forbidden, clash, forbidden, opposed


@pytest.mark.parametrize(
    ("asked", "told", "differ"),
    [
        ("机场三期今年完工吗", "开工建设机场三期等项目", True),
        ("机场三期今年开工吗", "开工建设机场三期等项目", False),
        ("5号线为什么停建了", "建成5号线延伸线", True),
        ("公园二期建成了吗", "推进公园二期建设", True),
        ("公园二期在推进吗", "推进公园二期建设", False),
        ("改造多少公里", "改造燃气管网", False),
    ],
)
def test_another_stage_is_another_thing(asked: str, told: str, differ: bool) -> None:
    assert clash(asked, told) is differ


@pytest.mark.parametrize(
    ("asked", "told", "differ"),
    [("浓度又涨了", "浓度下降6.5%", True), ("浓度下降了吗", "浓度下降6.5%", False),
     ("浓度多少", "浓度下降6.5%", False)],
)  # fmt: skip
def test_up_is_not_down(asked: str, told: str, differ: bool) -> None:
    assert opposed(asked, told) is differ


def test_bans() -> None:
    assert forbidden("不再新建燃煤锅炉")
    assert not forbidden("新建燃煤锅炉")
    assert asks_forbidden("是不是不再新建锅炉")
    assert not asks_forbidden("还能新建锅炉吗")
