from dataclasses import replace

import pytest

from corpus.documents import Document
from rag.outlining import asks_whole, outlined

TEXT = """一、2025年工作回顾
（一）开局良好
过去一年，成绩很大。
（二）民生改善
新增就业3万人。
二、2026年重点工作
（一）扩大内需
办好消费季活动，发放消费券。
（二）推进乡村振兴
1.提升粮食产能
建设高标准农田10万亩。
2.建设和美乡村
改造农村公路20公里。
三、政府自身建设
精简文件会议。"""
REPORT = Document("r", "澜溪市2026年政府工作报告", TEXT)


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("这份报告分哪几个部分?", "2025年工作回顾；2026年重点工作；政府自身建设"),
        ("总结一下这份报告", "2025年工作回顾；2026年重点工作；政府自身建设"),
        ("2025年工作回顾讲了什么?", "开局良好；民生改善"),
        ("今年有哪些重点工作?", "扩大内需；推进乡村振兴"),
        ("2026年重点工作安排分几个方面", "扩大内需；推进乡村振兴"),
        ("推进乡村振兴分哪几个方面的工作安排?", "提升粮食产能；建设和美乡村"),
    ],
)
def test_questions_about_the_report_are_answered_by_its_headings(question: str, short: str) -> None:
    found = outlined(question, REPORT)
    assert found is not None
    assert found.short == short
    quoted = [quote.span.of(TEXT) for quote in found.quotes]
    assert all(part in quote for part, quote in zip(short.split("；"), quoted, strict=True))


@pytest.mark.parametrize(
    "question",
    ["今年在就业方面有哪些安排?", "报告提到哪些企业?", "报告提了几个项目", "高标准农田建多少亩?",
     "老旧小区改造分哪几个方面的工作安排?"],  # no heading speaks of it
)  # fmt: skip
def test_other_questions_are_not(question: str) -> None:
    assert outlined(question, REPORT) is None


WHOLE = """
    总结一下 | 有哪些重点工作 | 报告讲了什么 | 主要内容 | 概括一下这份报告 | 报告分几部分 | 目录
    请帮我总结一下报告 | 这份报告主要说了啥 | 介绍一下这份报告 | 重点任务有哪些 | 归纳一下要点
    简单说说这报告 | 报告都写了些什么内容 | 全文大意 | 列一下提纲 | 報告的框架是什麼
    今年的工作重点 | 重点要干哪些事 | 今年重点抓哪几件事 | 重点做什么
"""
TOPICAL = """
    总结一下医保 | 概括一下就业方面的工作 | 报告讲了医保吗 | 报告里就业写了什么 | 报告是谁做的
    海绵城市的主要内容 | 乡村振兴分几个方面 | 目录管理 | 报告 | 今年目标是多少 | 讲了哪些方面
    重点工程有哪些 | 报告提到哪些企业 | 产业结构 | 医保重点抓什么 | 重点要干哪些工程
"""


def _each(told: str) -> list[str]:
    return [text.strip() for line in told.strip().splitlines() for text in line.split("|")]


@pytest.mark.parametrize("text", _each(WHOLE))
def test_questions_about_a_whole_report_are_known(text: str) -> None:
    assert asks_whole(text)


@pytest.mark.parametrize("text", _each(TOPICAL))
def test_a_question_with_a_topic_is_not_about_the_whole(text: str) -> None:
    assert not asks_whole(text)


def test_the_line_above_the_headings_says_of_what_they_are_and_how_many() -> None:
    def lead(question: str, document: Document = REPORT) -> str:
        found = outlined(question, document, whole=True)
        assert found is not None
        return found.lead

    assert lead("总结一下") == "报告分 3 块："
    assert lead("有哪些重点工作") == "“2026年重点工作”分 2 块："
    assert lead("重点要干哪些事") == "“2026年重点工作”分 2 块："
    assert lead("总结一下", replace(REPORT, note="节选")) == "收录的这一部分报告分 3 块："
    assert lead("总结一下", replace(REPORT, title="办法")) == "这份文档分 3 块："
    many = Document(
        "m", "办法", "\n".join(f"{n}、做好第{n}件事\n办好。" for n in "一二三四五六七八九")
    )
    assert lead("总结一下", many) == "这份文档分 9 块："


def test_of_very_many_parts_the_first_are_listed_and_all_counted() -> None:
    numbers = [*"一二三四五六七八九十", *(f"十{n}" for n in "一二三四五六七")]
    many = Document("m", "办法", "\n".join(f"{n}、办好一件事\n办好。" for n in numbers))
    found = outlined("目录", many, whole=True)
    assert found is not None
    assert found.lead == "这份文档分 17 块，先列前 15 块："
    assert len(found.quotes) == 15
