import pytest

from corpus.documents import Document
from rag.outlining import outlined

TEXT = """一、2025年工作回顾
过去一年，成绩很大。
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
