import pytest

from rag.language.figures import figures, uncounted


def told(sentence: str) -> list[tuple[str, str, str]]:
    return [
        (sentence[f.quantity.start : f.quantity.end], f.own, f.about) for f in figures(sentence)
    ]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("改造燃气管网623公里、供热管网150公里",
         [("623公里", "改造燃气管网623公里", ""), ("150公里", "供热管网150公里", "")]),
        ("甲企业、乙企业各新增1000家", [("1000家", "甲企业、乙企业各新增1000家", "")]),
        ("新建100家智能工厂和数字化车间、10个5G全连接工厂",
         [("100家", "新建100家智能工厂和数字化车间", ""), ("10个", "10个5g全连接工厂", "")]),
        ("实施7个城市更新项目和一批城中村改造项目", [("7个", "实施7个城市更新项目", "")]),
        ("生产总值4286.5亿元，增长5.8%",
         [("4286.5亿元", "生产总值4286.5亿元,", ""), ("5.8%", "增长5.8%", " 生产总值4286.5亿元,")]),
        ("燃气管网、供热管网分别为280公里、110公里",
         [("280公里", "燃气管网   为280公里", ""), ("110公里", "供热管网  为 110公里", "")]),
    ],
)  # fmt: skip
def test_each_figure_has_the_thing_it_is_about(
    sentence: str, expected: list[tuple[str, str, str]]
) -> None:
    assert told(sentence) == expected


def test_a_figure_for_several_things_together_is_marked_so() -> None:
    shared, own = figures("新建100家智能工厂和数字化车间、10个5G全连接工厂")
    assert (shared.shared, own.shared) == (2, 1)
    (each,) = figures("甲企业、乙企业各新增1000家")
    assert each.shared == 1
    assert each.each


def test_an_average_is_not_each_ones() -> None:
    assert not figures("人均可支配收入5万元")[0].each


def test_the_figure_before_a_change_is_marked_so() -> None:
    before, after = figures("补助标准由每人每年670元提高到700元")
    assert (before.before, after.before) == (True, False)
    assert "补助标准" in after.about


def test_what_is_not_counted_is_known() -> None:
    assert uncounted("实施7个城市更新项目、一批城中村改造项目") == ("一批城中村改造项目",)
    assert uncounted("实施7个城市更新项目") == ()
