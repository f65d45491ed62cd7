from collections.abc import Callable

import pytest

Short = Callable[[str], str | None]


@pytest.mark.parametrize(
    ("question", "items"),
    [
        ("要做优的三大品牌是哪些", "鹭洲紫菜、松涛杨梅、青屿大黄鱼"),
        ("人工智能应用场景重点覆盖哪些方面", "港口调度、海洋观测、远程医疗、智慧课堂"),
        ("推行哪三个长制", "湾长制、河长制、林长制"),
        (
            "望潮、青屿、澜江三个区各要建成什么样的功能区",
            "海洋科创街区、滨海文旅度假区、现代商贸集聚区",
        ),
    ],
)
def test_all_items_and_nothing_else(short: Short, question: str, items: str) -> None:
    assert short(question) == items


def test_what_the_question_sets_aside_is_not_in_the_list(short: Short) -> None:
    assert short("除了松涛杨梅，做优的还有哪些品牌") == "鹭洲紫菜、青屿大黄鱼"


def test_a_list_of_another_length_is_not_the_one_asked_for(short: Short) -> None:
    assert short("八大重点工作有哪些") is None
