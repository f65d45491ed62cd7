import os
import sys
from subprocess import run

import pytest

from corpus.cleaning import report_lines, text_lines
from corpus.documents import Span

FURNITURE = [
    "导航菜单", "网站导航", "首页", "当前位置：首页 > 政务公开", "您现在的位置：首页", "您的位置",
    "字体：大 中 小", "字号:[大][中][小]", "打印本页", "关闭窗口", "返回顶部", "分享到微信",
    "扫一扫", "上一篇：年度计划", "下一页", "相关阅读", "责任编辑：张三", "责编:李四",
    "来源：天津日报", "信息来源：市政府办公厅", "发布时间：2024-01-29 10:00", "浏览次数：1024",
    "阅读：7", "本文地址:/baogao/hb/9806.html", "留言与评论(共有 条评论)", "网友评论", "验证码:",
    "版权所有 某网", "津ICP备12345678号", "Copyright 2024", "COPYRIGHT 某网", "主办单位：某局",
    "网站标识码：1200000001", "https://example.com/a", "HTTP://example.com",
    "本文仅代表作者观点，不代表立场。", "未经许可，不得转载，本站保留权利。", "免责声明：仅供参考",
]  # fmt: skip
REPORT = [
    "打印机产业加快发展。", "导航产业园开工建设。", "首页显示指南。", "来源多样的收入持续增长。",
    "返回家乡创业人数增加。", "本站位于河北区，今年开通。", "严厉打击侵权假冒。", "2024年", "12345",
    "5.5", "第二页共三页", "上一年目标全部完成。", "https://example.com 可查", "来源：" + "字" * 41,
]  # fmt: skip


def kept(text: str) -> list[str]:
    return [span.of(text) for span in report_lines(text)]


@pytest.mark.parametrize("line", FURNITURE)
def test_page_furniture_near_the_ends_is_left_out(line: str) -> None:
    assert kept(f"正文甲。\n{line}\n正文乙。") == ["正文甲。", "正文乙。"]


@pytest.mark.parametrize("line", REPORT)
def test_lines_that_only_resemble_furniture_are_kept(line: str) -> None:
    assert kept(f"正文甲。\n{line}\n正文乙。") == ["正文甲。", line, "正文乙。"]


@pytest.mark.parametrize(
    ("place", "is_kept"),
    [(0, False), (11, False), (12, True), (17, True), (18, False), (29, False)],
)
def test_furniture_is_looked_for_in_the_first_and_last_twelve_lines_only(
    place: int, is_kept: bool
) -> None:
    lines = [f"正文第{n}行。" for n in range(30)]
    lines[place] = "相关阅读"
    assert kept("\n".join(lines)) == [line for line in lines if is_kept or line != "相关阅读"]


@pytest.mark.parametrize("number", ["— 12 —", "-3-", "第 3 页", "第4页", "· 5 ·", "－６－"])
def test_page_numbers_are_left_out_anywhere(number: str) -> None:
    lines = [f"正文第{n}行。" for n in range(30)]
    lines[15] = number
    assert kept("\n".join(lines)) == [*lines[:15], *lines[16:]]


@pytest.mark.parametrize("number", ["623", "2024", "7页"])
def test_a_bare_number_may_be_a_cell_of_a_table_and_is_kept(number: str) -> None:
    assert kept(f"甲。\n{number}\n乙。") == ["甲。", number, "乙。"]


@pytest.mark.parametrize("text", ["导航菜单\n首页\n打印", "7", "— 1 —\n版权所有 某网"])
def test_when_everything_looks_like_furniture_everything_is_kept(text: str) -> None:
    assert kept(text) == text.split("\n")


def test_lines_are_trimmed_of_every_kind_of_white_space_and_blank_ones_skipped() -> None:
    text = " \u3000\t甲 \u2028乙\u3000\r\n\r\n \t\u3000\n丙\r丁\x0c\n\u2028"
    assert text_lines(text) == [Span(3, 7), Span(16, 17), Span(18, 19)]
    assert kept(text) == ["甲 \u2028乙", "丙", "丁"]


def test_a_text_without_any_line_has_no_lines() -> None:
    assert report_lines("") == report_lines(" \r\n\u3000") == []


@pytest.mark.parametrize(
    "start", ["", "分享", "上一篇", "来源", "您", "第", "-", "第1", "1", "验证码"]
)
@pytest.mark.parametrize("filling", [" ", "-", "1", "大", "：", "您", "本"])
def test_no_pattern_is_slow_on_a_long_line_that_almost_matches(start: str, filling: str) -> None:
    line = f"{start}{filling * 20_000}x{'津' * 70}".strip()
    assert kept(f"甲。\n{line}\n乙。") == ["甲。", line, "乙。"]


@pytest.mark.parametrize(
    "start",
    [
        "字号",
        "分享到",
        "留言",
    ],
)
def test_no_pattern_is_slow_on_furniture_with_very_many_blanks(start: str) -> None:
    code = "import sys; from corpus.cleaning import report_lines; report_lines(sys.argv[1])"
    command = [sys.executable, "-c", code, f"{start}{' ' * 100_000}{'x' * 70}"]
    paths = {"PYTHONPATH": os.pathsep.join(sys.path)}
    # A child, because a bad pattern would hold this process for minutes; the limit only ends that.
    run(command, env=os.environ | paths, timeout=10, check=True)


@pytest.mark.parametrize(
    "line",
    [
        "健全基本网格，加强原创性引领性科技攻关。",
        "样本网点打击侵权。",
        "新赛道基本站稳，原创成果增多。",
    ],
)
def test_a_paragraph_is_kept_though_two_of_its_words_hold_the_letters_of_a_disclaimer(
    line: str,
) -> None:
    assert kept(f"甲。\n{line}\n乙。") == ["甲。", line, "乙。"]


@pytest.mark.parametrize(
    "line", ["分享发展机遇，共创美好未来。", "留言办理群众诉求1200件。", "评论员队伍建设持续加强。"]
)
def test_a_short_sentence_is_kept_though_it_begins_like_furniture(line: str) -> None:
    assert kept(f"甲。\n{line}\n乙。") == ["甲。", line, "乙。"]


PAGE = """下载
【字号：
2026年澜溪市政府工作报告
——2026年1月9日在澜溪市第一届人民代表大会第一次会议上
来源：某报
时间：2026-01-12
市长 张三
市长张三作政府工作报告。本报记者 李四 摄
各位代表：
我代表市人民政府，向大会报告工作。
一、工作回顾
下载量增长。
为全面建设现代化澜溪作出贡献！
责任编辑：
李四
相关链接>>
abcd39f1fb7f426d9dfb6bd0fa1f2146:
2026年澜溪市政府工作报告"""


def test_before_the_greeting_only_title_meeting_and_speaker_are_of_the_report() -> None:
    assert kept(PAGE) == [
        "2026年澜溪市政府工作报告",
        "——2026年1月9日在澜溪市第一届人民代表大会第一次会议上", "市长 张三",
        "各位代表：", "我代表市人民政府，向大会报告工作。", "一、工作回顾", "下载量增长。",
        "为全面建设现代化澜溪作出贡献！",
    ]  # fmt: skip


def test_without_a_greeting_nothing_is_taken_for_the_head_or_the_end_of_a_report() -> None:
    text = "甲行。\n乙行。\n责任编辑：\n李四\n丙行。"
    assert kept(text) == ["甲行。", "乙行。", "李四", "丙行。"]


def test_a_report_that_greets_in_passing_keeps_what_stands_before() -> None:
    text = "澜溪市政府工作报告\n去年完成投资300亿元。\n各位代表！\n今年再上台阶。"
    assert kept(text) == text.split("\n")
