from collections.abc import Sequence
from pathlib import Path

import pytest

from corpus.library import shipped
from corpus.loaders import load
from rag.targets.finder import targets
from rag.targets.target import Target

(REPORT,) = shipped()
FOUND = targets([REPORT])
BINLAN = load([Path(__file__).parents[3] / "eval" / "datasets" / "binlan.txt"])


def rows(found: Sequence[Target]) -> set[tuple[str, float | None, str]]:
    return {(t.indicator, t.value, t.unit) for t in found}


def test_the_report_has_these_and_no_others() -> None:
    """Checked by hand against the report: every figure it promises, with its unit as written."""
    assert rows(FOUND) == {
        ("科技型企业", 1500, "家"), ("具有上市潜力的企业", 10, "家"),
        ("天开九安海河海棠科创母基金", 50, "亿元"), ("全国重点实验室", 20, "家"),
        ("全市技术合同成交额", 2000, "亿元"), ("科技型企业纳入上市培育库", 100, "家"),
        ("国家高新技术企业", 1000, "家"), ("国家科技型中小企业", 1000, "家"),
        ("重点产业链", 12, "条"),
        ("单项冠军企业", 20, "家"), ("“专精特新”企业", 500, "家"), ("创新型中小企业", 1000, "家"),
        ("智能工厂和数字化车间", 100, "家"), ("5G全连接工厂", 10, "个"),
        ("国家级绿色制造单位", 20, "家"), ("中石化南港乙烯投产", 120, "万吨"),
        ("城市更新项目", 7, "个"), ("老旧小区改造提升", 275, "个"), ("燃气管网", 623, "公里"),
        ("供热管网", 150, "公里"), ("供水管网", 30, "公里"), ("口袋公园", 50, "个"),
        ("京津出行便利化举措", None, ""), ("制造业数字化转型优秀服务商", None, ""),
        ("工业行业共性化典型应用场景", None, ""), ("市场化品质展会和“文旅商赛演”活动", None, ""),
        ("城中村改造项目", None, ""), ("桥梁道路", None, ""),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("indicator", "qualifier"),
    [("科技型企业", "累计、达到"), ("国家高新技术企业", "各、新增"), ("“专精特新”企业", "新增"),
     ("全市技术合同成交额", "突破"), ("城中村改造项目", "一批"), ("燃气管网", "")],
)  # fmt: skip
def test_what_limits_a_figure_is_kept(indicator: str, qualifier: str) -> None:
    assert {t.qualifier for t in FOUND if t.indicator == indicator} == {qualifier}


def test_every_quote_is_a_slice_and_has_its_section() -> None:
    for target in FOUND:
        assert REPORT.text[target.start : target.end] == target.quote
        assert target.section
        assert target.kind == "target"


def test_a_report_of_two_years_tells_results_from_targets() -> None:
    found = {(t.indicator, t.value, t.unit, t.kind) for t in targets(BINLAN)}
    assert ("燃气管网", 240, "公里", "result") in found
    assert ("燃气管网", 280, "公里", "target") in found
    assert ("居民人均可支配收入增长", 5.6, "%", "result") in found
    assert ("绿色化工产值", 468, "亿元", "result") in found  # 分别
    assert ("国家高新技术企业", 1126, "家", "result") in found  # 净增138家、累计达到1126家
    assert ("粮食总产量", 120, "万吨", "target") in found  # 稳定在


def test_no_target_is_without_its_thing() -> None:
    assert [t for t in targets(BINLAN) if not t.indicator] == []
