from dataclasses import replace

import pytest

from corpus.library import shipped
from rag.targets.finder import targets

(REPORT,) = shipped()


def found(text: str) -> list[tuple[str, float | None, str]]:
    return [(t.indicator, t.value, t.unit) for t in targets([replace(REPORT, text=text)])]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("服务业增加值增长6.1%。", [("服务业增加值增长", 6.1, "%")]),
        ("建设和美乡村示范村80个。", [("和美乡村示范村", 80, "个")]),
        ("建成“15分钟便民生活圈”30个。", [("“15分钟便民生活圈”", 30, "个")]),
        ("签约亿元以上项目238个。", [("签约亿元以上项目", 238, "个")]),
        ("做强3个千亿级产业集群。", [("千亿级产业集群", 3, "个")]),
        ("继续办好10项民生实事：一是新建农贸市场18个。",
         [("继续办好民生实事", 10, "项"), ("农贸市场", 18, "个")]),
        ("举办澜江马拉松等重大赛事20项。", [("重大赛事", 20, "项")]),
        ("各县（市、区）各打造2条乡村振兴示范带。", [("乡村振兴示范带", 2, "条")]),
        ("新建茶叶、蓝莓标准化基地各5000亩。",
         [("茶叶标准化基地", 5000, "亩"), ("蓝莓标准化基地", 5000, "亩")]),
        ("更新改造燃气、供水、排水管网分别120公里、80公里、60公里。",
         [("燃气管网", 120, "公里"), ("供水管网", 80, "公里"), ("排水管网", 60, "公里")]),
        ("接待游客582万人次、实现旅游收入61亿元，分别增长13%、15%。",
         [("接待游客", 582, "万人次"), ("旅游收入", 61, "亿元"),
          ("接待游客增长", 13, "%"), ("旅游收入增长", 15, "%")]),
        ("新建高标准农田4万亩、改造提升2.5万亩。",
         [("高标准农田", 4, "万亩"), ("高标准农田", 2.5, "万亩")]),
        ("企业开办时间压缩至0.5个工作日。", [("企业开办时间", 0.5, "个工作日")]),
        ("新登记经营主体7800余户。", [("新登记经营主体", 7800, "户")]),
        ("地铁2号线一期18.7公里12月底前通车。", [("地铁2号线一期", 18.7, "公里")]),
    ],
)  # fmt: skip
def test_a_figure_has_the_name_of_what_it_counts(
    text: str, rows: list[tuple[str, float | None, str]]
) -> None:
    assert found(text) == rows


@pytest.mark.parametrize(
    "text",
    ["聚焦“五个中心”建设。", "深刻领悟“两个确立”的决定性意义。", "开通24小时热线。",
     "完成市十六届人大四次会议确定的任务。", "重点抓好八个方面工作。", "落实中央八项规定精神。"],
)  # fmt: skip
def test_a_figure_in_a_name_counts_nothing(text: str) -> None:
    assert found(text) == []


def test_where_a_figure_comes_from_is_no_target() -> None:
    text = "甲市2024年政府工作报告\n\n今年城市生活垃圾回收利用率由36%提高到40%。"
    kinds = [(t.value, t.kind) for t in targets([replace(REPORT, text=text)])]
    assert kinds == [(36, "other"), (40, "target")]
