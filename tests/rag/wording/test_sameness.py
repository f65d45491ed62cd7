"""What may be called the same as the report, and what must not: that error is the harmful one."""

import json

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from corpus.documents import Document
from corpus.errors import InputError
from corpus.library import shipped
from rag.wording.checker import Checker
from rag.wording.checks import Check

REPORT = shipped()[0]
CHECKER = Checker([REPORT])
SAME = ("exact", "exact_ignoring_punctuation")
HAN = [c for c in sorted(set(REPORT.text)) if "\u4e00" <= c <= "\u9fff"]


def check(source: str, text: str) -> Check:
    """Check a text against a document of one paragraph that has `source` in its middle."""
    return Checker([Document("d", "标题", f"前文说明。{source}。后文说明。")]).check(text)


@pytest.mark.parametrize(
    ("source", "changed", "same"),
    [
        ("增长5.5%左右", "增长55%左右", "增长5.5％左右"),
        ("增长5.5%左右", "增长5,5%左右", "增长5 .5%左右"),
        ("增长5%左右吧", "增长.5%左右吧", "增长 5%左右吧"),
        ("增长.5%左右吧", "增长5%左右吧", "增长 .5%左右吧"),
        ("任务。5%左右吧", "任务0.5%左右吧", "任务.5%左右吧"),
        ("任务、5%左右吧", "任务、.5%左右吧", "任务，5%左右吧"),
        ("第3、4季度完成", "第34季度完成", "第3，4季度完成"),
        ("新增1500家企业", "新增15.00家企业", "新增1,500家企业"),
        ("新增1,500家企业", "新增1、500家企业", "新增1500家企业"),
        ("新增15 00家企业", "新增1500家企业", "新增15 00家、企业"),
        ("按1. 5G网络建设", "按1.5G网络建设", "按1.  5G网络建设"),
        ("下降-5%左右吧", "下降5%左右吧", "下降−5%左右吧"),
        ("建设2023-2025年项目", "建设2023、2025年项目", "建设2023～2025年项目"),
        ("投资15亿元—20亿元", "投资15亿元、20亿元", "投资15亿元-20亿元"),
        ("在五、十个方面着力", "在五十个方面着力", "在五，十个方面着力"),
        ("五十、六项新任务", "五十六项新任务", "五十，六项新任务"),
        ("完成率达到95%以上", "完成率达到95以上", "完成率达到95％，以上"),
        ("时间为8:30开始", "时间为830开始", "时间为8：30开始"),
        ("温度<5度即可", "温度5度即可", "温度＜5度，即可"),
        ("依照<2024计划>办理", "依照<2024划>办理", "依照《2024计划》办理"),
        ("面积为10²左右", "面积为102左右", "面积为１0²左右"),
        ("每吨30元/吨收取", "每吨30元吨收取", "每吨30元／吨收取"),
        ("加快5G建设应用", "加快5g建设应用", "加快５Ｇ建设应用"),
        ("着力推进改革", "著力推进改革", "着力、推进改革"),
        ("名著推广活动", "名着推广活动", "名著·推广活动"),
        ("出门瞭望远方", "出门了望远方", "出门：瞭望远方"),
        ("頭髮護理服務", "頭發護理服務", "頭髮、護理服務"),
        ("优化宜居品质", "优化宜居。", "“优化宜居”"),
        ("擦亮“海河工匠”品牌", "擦亮“海河工匠”。", "擦亮“海河工匠”"),
        ("擦亮“海河工匠”品牌", "擦亮“海河”", "擦亮“海河工匠”品牌。"),
        ("加快空客二线、中海油", "加快空客、", "加快空客二线，"),
        ("累计、引育科技企业", "、育科技企业", "，引育科技企业"),
        ("更好释放京津效能", "，释放京津效能", "“释放京津效能"),
        ("目标突破2000亿元", "目标突破200，", "目标突破2000亿元，"),
        ("目标突破2000亿元", "目标，突破2000", "目标，突破2000亿"),
    ],
)
def test_a_difference_of_meaning_is_no_difference_of_marks(
    source: str, changed: str, same: str
) -> None:
    found = check(source, changed)
    assert found.verdict == "changed"
    assert any(diff.op != "equal" for diff in found.matches[0].diff)
    assert check(source, same).verdict in SAME


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("着力强化乡镇建设", "著力強化鄉鎮建設"),
        ("推动华为于响中心", "推動華爲於響中心"),
        ("發展經濟工作", "发展经济工作"),
        ("国家发展工作", "国家發展工作"),
        ("发展國内经济工作", "发展國内、经济工作"),
        ("工业发展计划", "⼯业发展计划"),
        ("二〇二四年计划", "二○二四年计划"),
        ("加快推进改革开放", "● 加快推进​改革\x02开放"),
        ("加快推进改革开放", "加快推进\n— 12 —\n改革开放"),
        ("建设A、B两区", "建设A-B两区"),
        ("建设8G网络，COVID-19", "建设8G网络COVID19"),
    ],
)
def test_marks_width_script_and_page_numbers_do_not_matter(source: str, text: str) -> None:
    assert check(source, text).verdict == "exact_ignoring_punctuation"


@given(st.data())
def test_any_piece_of_the_report_is_exact(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(REPORT.text) - 4))
    end = data.draw(st.integers(start + 4, min(start + 600, len(REPORT.text))))
    text = REPORT.text[start:end]
    assume(sum(c.isalnum() for c in text) >= 4)
    found = CHECKER.check(text)
    assert found.verdict == "exact"
    assert found.matches[0].quote == text.strip()


@given(st.data())
def test_one_changed_character_is_never_the_same(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(REPORT.text) - 12))
    text = REPORT.text[start : start + data.draw(st.integers(12, 120))]
    places = [k for k, c in enumerate(text) if c.isdigit() or c in HAN]
    assume(len(places) >= 12)
    k = data.draw(st.sampled_from(places))
    other = data.draw(st.sampled_from("0123456789" if text[k].isdigit() else HAN))
    changed = text[:k] + other + text[k + 1 :]
    assume(changed.strip() not in REPORT.text)
    found = CHECKER.check(changed)
    assert found.verdict not in SAME
    if found.verdict == "changed" and len(found.matches) == 1:
        assert any(diff.op != "equal" for diff in found.matches[0].diff)


@given(st.data())
def test_marks_and_blanks_between_words_leave_them_the_same(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(REPORT.text) - 40))
    text = REPORT.text[start : start + 40]
    assume(sum(c.isalnum() for c in text) >= 4)
    k = data.draw(st.integers(1, 39))
    mark = data.draw(st.sampled_from(" \n\u3000、，“”（）《》\u200b"))
    assume(not any(c.isdigit() for c in (text[k - 1], text[k], text[-1])))
    assume(not text[0].isdigit() and text[0] not in "万亿")  # a figure that is cut is another one
    # A stop at the outer edge is another matter: it says that a clause ends where it may not.
    assume(any(map(str.isalnum, text[:k])) and any(map(str.isalnum, text[k:])))
    assert CHECKER.check(text[:k] + mark + text[k:]).verdict in SAME


@given(
    st.text(
        st.one_of(st.characters(), st.sampled_from("公园建设5.0-、，。\n“<3万十%")), max_size=60
    )
)
def test_any_text_at_all_gets_a_check_whose_parts_add_up(text: str) -> None:
    try:
        found = CHECKER.check(text)
    except InputError:
        return
    for match in found.matches:
        assert match.quote == REPORT.text[match.start : match.end]
        assert not match.diff or "".join(d.source for d in match.diff) == match.quote
    assert json.loads(json.dumps(found.to_json()))["verdict"] == found.verdict
