from collections.abc import Callable

import pytest

Short = Callable[[str], str | None]


@pytest.mark.parametrize(
    ("question", "date"),
    [
        ("澜湾跨海大桥主桥什么时候合龙", "9月底前"),
        ("3号线一期什么时候开工", "上半年"),
        ("地铁2号线一期哪个月通车", "12月底前"),
        ("国企整合工作什么时候完成", "6月底前"),
    ],
)
def test_the_date_of_the_asked_stage(short: Short, question: str, date: str) -> None:
    assert short(question) == date


def test_the_date_of_the_beginning_is_not_that_of_the_end(short: Short) -> None:
    assert short("3号线一期什么时候通车") != "上半年"
