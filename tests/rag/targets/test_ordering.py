from dataclasses import replace

from corpus.documents import Document
from rag.targets.finder import targets
from rag.targets.ordering import ordered, size_of, unit_of
from rag.targets.target import Target

TEXT = "今年技术合同成交额3亿元、财政收入2万亿元、新增就业60万人、技能培训9000人、发放补贴500万元。"
FOUND = targets([Document("jia", "甲省2026年政府工作报告", TEXT)])


def told(found: list[Target]) -> list[str]:
    return [t.written for t in found]


def test_figures_are_put_in_order_within_their_unit() -> None:
    falling = ["2万亿元", "3亿元", "500万元", "60万人", "9000人"]
    assert told(ordered(FOUND, "数值（大到小）")) == falling
    rising = ["500万元", "3亿元", "2万亿元", "9000人", "60万人"]
    assert told(ordered(FOUND, "数值（小到大）")) == rising


def test_what_has_no_value_stands_last() -> None:
    vague = replace(FOUND[0], value=None, written="一批")
    assert told(ordered([vague, FOUND[1]], "数值（小到大）")) == ["2万亿元", "一批"]


def test_other_columns_put_what_is_not_known_last() -> None:
    unknown, early, late = (replace(FOUND[0], year=year) for year in (None, 2025, 2026))
    assert [t.year for t in ordered([unknown, late, early], "年份")] == [2025, 2026, None]
    names = [t.indicator for t in ordered(FOUND, "指标")]
    assert names == sorted(names)
    assert ordered(FOUND, "原文顺序") == FOUND


def test_a_unit_is_known_without_its_scale() -> None:
    sizes = [(unit_of(t), size_of(t)) for t in FOUND[:3]]
    assert sizes == [("元", 3e8), ("元", 2e12), ("人", 6e5)]
