from dataclasses import replace

import pytest

from corpus.documents import Document
from rag.targets.finder import targets
from rag.targets.target import Target

REPORT = Document("jia", "甲省2026年政府工作报告", "", place="甲省")


def found(text: str) -> list[Target]:
    return targets([replace(REPORT, text=text)])


@pytest.mark.parametrize(
    ("text", "written", "value", "high", "unit"),
    [
        ("地区生产总值增长5%左右。", "5%左右", 5, None, "%"),
        ("地区生产总值增长4.5%—5%。", "4.5%—5%", 4.5, 5, "%"),
        ("地区生产总值增长4.5-5%。", "4.5-5%", 4.5, 5, "%"),
        ("地区生产总值增长5%-5.5%、力争更好。", "5%-5.5%", 5, 5.5, "%"),
        ("城镇新增就业120万人以上。", "120万人以上", 120, None, "万人"),
        ("森林覆盖率不低于45%。", "不低于45%", 45, None, "%"),
        ("外贸进出口超8500亿元。", "超8500亿元", 8500, None, "亿元"),
        ("研发投入强度达到4.6%左右。", "4.6%左右", 4.6, None, "%"),
        ("培训教师3至5万人次。", "3至5万人次", 3, 5, "万人次"),
        ("城乡居民收入比缩小到2.3:1。", "2.3:1", 2.3, None, "比"),
        ("猕猴桃产量占全国1/4。", "1/4", 25, None, "%"),
    ],
)
def test_a_figure_is_kept_as_it_is_written(
    text: str, written: str, value: float, high: float | None, unit: str
) -> None:
    (target,) = found(text)
    assert (target.written, target.value, target.high, target.unit) == (written, value, high, unit)
    assert text[target.figure_start : target.figure_end] == written


def test_what_is_not_counted_is_written_as_it_stands() -> None:
    text = "实施一批老旧管网改造项目。"
    (target,) = found(text)
    assert (target.written, target.value, target.figure) == ("一批", None, "一批")
    assert text[target.figure_start : target.figure_end] == "一批"


def test_a_scale_without_a_number_has_no_value() -> None:
    (target,) = found("新增减税降费超万亿元。")
    assert (target.indicator, target.value, target.unit) == ("减税降费", None, "元")
    assert target.written == "超万亿元"


@pytest.mark.parametrize(
    "text",
    ["打造万亿级产业集群。", "实现万亿级跃升。", "地区生产总值迈上万亿元台阶。",
     "推进百万吨炼化项目。", "连跨两个万亿元台阶。"],
)  # fmt: skip
def test_a_scale_that_only_names_is_no_figure(text: str) -> None:
    assert found(text) == []


def test_a_unit_said_once_holds_for_all() -> None:
    rows = [
        (t.indicator, t.value, t.unit) for t in found("甲、乙增速分别快于全国3.4个、1个百分点。")
    ]
    assert rows == [("甲增速", 3.4, "个百分点"), ("乙增速", 1, "个百分点")]


def test_a_target_says_whose_it_is_and_of_what_year() -> None:
    (target,) = found("今年改造燃气管网240公里。")
    assert (target.place, target.year, target.kind) == ("甲省", 2026, "target")
    assert set(target.to_json()) >= {
        "high",
        "written",
        "figure_start",
        "figure_end",
        "year",
        "place",
    }
