from collections.abc import Callable

import pytest

from rag.readers.comparing import sides

Short = Callable[[str], str | None]


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("燃气管网和供水管网今年哪个改造得长", "燃气管网，280公里"),
        ("口袋公园去年建得多还是今年建得多", "今年，新建口袋公园40个"),
        ("养老床位跟普惠托位今年哪个新增目标更高", "新增普惠托位2100个"),
        ("养老床位和普惠托位今年哪个新增得少", "新增养老床位1800张"),
    ],
)
def test_the_greater_or_the_lesser_with_its_figure(
    short: Short, question: str, verdict: str
) -> None:
    assert short(question) == verdict


@pytest.mark.parametrize(
    ("plain", "two"),
    [
        ("燃气管网和供水管网今年哪个改造得长", ("燃气管网", "供水管网")),
        ("智能工厂比5g全连接工厂多吗?", ("智能工厂", "5g全连接工厂")),
        ("今年改造多少个?", None),
    ],
)
def test_the_two_sides_of_a_comparison(plain: str, two: tuple[str, str] | None) -> None:
    assert sides(plain) == two
