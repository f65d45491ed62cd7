from pathlib import Path

import pytest

from corpus.documents import Document
from corpus.identity import identify
from eval.askers import searcher_of
from index.embedders import Embedder
from rag.answers import Answer, Turn
from rag.assistant import Assistant
from rag.reader import Reader
from tests.provinces import REPORTS

_HEAD = "2026年{0}政府工作报告\n——2026年1月20日在{0}第一届人民代表大会第一次会议上\n各位代表：\n"
PARTED = _HEAD.format("甘肃省") + (
    "一、2025年工作回顾\n（一）经济增长\n生产总值增长5%。\n（二）民生改善\n新增就业30万人。\n"
    "二、2026年重点工作\n（一）扩大内需\n发消费券。\n（二）乡村振兴\n建农田。\n三、政府自身建设\n精简会议。"
)
FLAT = _HEAD.format("青海省") + "今年生产总值增长5%左右。新增就业6万人。"


def of(embedder: Embedder, reader: Reader, folder: Path, *documents: Document) -> Assistant:
    searcher = searcher_of(documents, embedder, folder)
    return Assistant(lambda: searcher, reader)


@pytest.fixture(scope="module")
def several(
    embedder: Embedder, reader: Reader, tmp_path_factory: pytest.TempPathFactory
) -> Assistant:
    own = [identify(Document(n, n, text), n) for n, text in (("gs", PARTED), ("qh", FLAT))]
    return of(embedder, reader, tmp_path_factory.mktemp("several"), *REPORTS, *own)


def asked(assistant: Assistant, *questions: str) -> Answer:
    return assistant.ask(questions[-1], [Turn(question, "") for question in questions[:-1]])


def test_headings_stand_once_each_with_its_place(several: Assistant) -> None:
    answer = asked(several, "甘肃的报告讲了什么")
    assert answer.answer.splitlines() == [
        "甘肃省：报告分 3 块：", "一、2025年工作回顾[1]", "二、2026年重点工作[2]",
        "三、政府自身建设[3]",
    ]  # fmt: skip
    assert [c.quote for c in answer.citations] == [
        "一、2025年工作回顾", "二、2026年重点工作", "三、政府自身建设"
    ]  # fmt: skip
    assert all(c.quote == PARTED[c.start : c.end] for c in answer.citations)
    assert answer.short_answer == "2025年工作回顾；2026年重点工作；政府自身建设"


def test_of_several_reports_it_is_asked_which(several: Assistant) -> None:
    answer = asked(several, "总结一下")
    assert answer.refusal == "which_report"
    assert answer.answer.startswith(
        "收录的有 9 份，请说明是哪个地方的，例如“山西省的报告讲了什么？”"
    )
    assert answer.related == ()
    assert asked(several, "总结一下", "甘肃").answer.startswith("甘肃省：报告分 3 块：")
    assert asked(several, "湖北今年就业目标", "总结一下").answer.startswith("湖北省：报告分 2 块：")


def test_the_year_that_is_asked_leads_to_its_report_or_to_what_looks_back(
    several: Assistant,
) -> None:
    assert "2026年工作安排" in asked(several, "湖北的报告讲了什么").answer
    assert "2025年工作安排" in asked(several, "湖北2025年报告主要内容").answer
    assert asked(several, "甘肃去年工作总结").short_answer == "经济增长；民生改善"
    assert asked(several, "甘肃2020年报告讲了什么").refusal == "other_year"
    assert asked(several, "云南报告讲了什么").refusal == "no_such_report"


def test_two_reports_are_told_side_by_side_without_doubling(several: Assistant) -> None:
    lines = asked(several, "陕西和山西的报告分几部分").answer.splitlines()
    assert lines[0] == "陕西省：报告分 2 块[1][2]；山西省：报告分 2 块[3][4]"
    assert len(lines) == 5


def test_a_report_without_headings_has_no_outline(several: Assistant) -> None:
    answer = asked(several, "青海的报告分几部分")
    assert answer.refusal == "not_in_documents"
    assert "没有分级的小标题" in answer.answer
    assert answer.related == ()


def test_documents_without_a_place_are_chosen_first(
    embedder: Embedder, reader: Reader, tmp_path: Path
) -> None:
    two = [Document(n, f"{n}办法", f"一、总则\n{n}要办好。\n二、附则\n即日施行。") for n in "甲乙"]
    answer = of(embedder, reader, tmp_path, *two).ask("主要内容")
    assert answer.refusal == "which_report"
    assert answer.answer == "收录的有 2 份，请先选定一份再问。收录的有：甲办法、乙办法。"


def test_the_outline_is_no_follow_up_of_the_thing_before(
    embedder: Embedder, reader: Reader, tmp_path: Path
) -> None:
    only = of(embedder, reader, tmp_path, identify(Document("gs", "gs", PARTED), "gs"))
    assert asked(only, "新增就业多少", "总结一下").short_answer == (
        "2025年工作回顾；2026年重点工作；政府自身建设"
    )
