from collections.abc import Callable

import pytest

Short = Callable[[str], str | None]


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("哪个区建滨海文旅度假区", "青屿区"),
        ("望潮区建什么街区", "海洋科创街区"),
        ("支持哪个县建设山海康养基地", "松涛县"),
        ("鹭洲县支持它创建什么", "国家级海洋渔业示范县"),
        ("首批配售型保障性住房建在哪个区", "澜江区"),
        ("离境退税即买即退在哪个区试点", "望潮区"),
        ("哪家公司建设大型浮式风电平台总装基地", "澜海重工"),
    ],
)
def test_what_the_question_leaves_open_in_the_clause(
    short: Short, question: str, name: str
) -> None:
    assert short(question) == name


def test_a_name_has_to_end_with_the_noun_that_asks_for_it(short: Short) -> None:
    assert short("哪个镇建滨海文旅度假区") is None


def test_asked_for_by_its_kind_a_thing_is_found_with_its_kind(short: Short) -> None:
    assert short("望潮区建的是哪个街区") == "海洋科创街区"
