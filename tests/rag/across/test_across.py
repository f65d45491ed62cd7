from collections.abc import Sequence

import pytest

from index.scope import Scope
from rag.answers import Answer, Turn
from rag.assembly import Assembly
from rag.assistant import Assistant

SHANXI, SHAANXI, HUNAN, HUBEI = "山西省", "陕西省", "湖南省", "湖北省"
PROVINCES = Scope(documents=("shanxi", "shaanxi", "hunan", "hubei", "hubei-2025"))


@pytest.fixture(scope="module")
def assistant(provinces: Assembly) -> Assistant:
    return provinces.assistant(generate=False)


def rows(answer: Answer) -> list[tuple[str, str]]:
    assert answer.table is not None
    return [(row.place, row.value) for row in answer.table.rows]


def ask(assistant: Assistant, text: str, history: Sequence[str] = ()) -> Answer:
    return assistant.ask(text, [Turn(question, "") for question in history], PROVINCES)


@pytest.mark.parametrize(
    ("question", "short", "table"),
    [
        ("山西和陕西今年的GDP增长目标分别是多少？", "山西省5%左右，陕西省5.5%—6%，陕西省更高",
         [(SHANXI, "5%左右"), (SHAANXI, "5.5%—6%")]),
        ("湖南和湖北今年城镇新增就业目标谁更多？", "湖南省70万人，湖北省70万人以上，湖北省更多",
         [(HUNAN, "70万人"), (HUBEI, "70万人以上")]),
        ("山西比湖南今年城镇新增就业目标差多少？",
         "山西省45万人，湖南省70万人，湖南省更多，相差25万人（按两处数字算出）",
         [(SHANXI, "45万人"), (HUNAN, "70万人")]),
        ("山西、陕西今年城镇调查失业率目标一样吗？", "山西省5.5%左右，陕西省5.5%左右，相同",
         [(SHANXI, "5.5%左右"), (SHAANXI, "5.5%左右")]),
        ("哪个省今年GDP增长目标最高？", "湖南省6%以上", [(HUNAN, "6%以上")]),
        ("今年城镇新增就业目标最少的是哪个省？", "陕西省42万人以上", [(SHAANXI, "42万人以上")]),
        ("今年要改造的老旧小区，哪两个省最多？", "湖北省2000个、湖南省1500个",
         [(HUBEI, "2000个"), (HUNAN, "1500个")]),
        ("哪些省今年城镇新增就业目标在70万人以上（含70万）？", "湖北省、湖南省",
         [(HUBEI, "70万人以上"), (HUNAN, "70万人")]),
        ("哪些省提到了低空经济？", "山西省、湖南省", [(SHANXI, "低空经济"), (HUNAN, "低空经济")]),
        ("各省今年城镇调查失业率目标一览", "山西省5.5%左右、陕西省5.5%左右、湖北省5%以内",
         [(SHANXI, "5.5%左右"), (SHAANXI, "5.5%左右"), (HUBEI, "5%以内")]),
        ("湖北去年经济增长多少，今年目标多少？", "2025年5.8%，2026年5%以上",
         [(HUBEI, "5.8%"), (HUBEI, "5%以上")]),
    ],
)  # fmt: skip
def test_a_question_across_reports_is_answered_with_a_table(
    assistant: Assistant, question: str, short: str, table: list[tuple[str, str]]
) -> None:
    answer = ask(assistant, question)
    assert answer.answered
    assert (answer.short_answer, rows(answer)) == (short, table)


def test_every_row_has_the_citation_that_its_value_stands_in(
    assistant: Assistant, provinces: Assembly
) -> None:
    answer = ask(assistant, "各省今年的GDP增长目标汇总一下")
    assert answer.table is not None
    documents = provinces.searcher().contents.documents
    cited = {citation.n: citation for citation in answer.citations}
    assert [row.n for row in answer.table.rows] == list(cited)
    for row in answer.table.rows:
        citation = cited[row.n]
        assert row.value in citation.quote
        assert (citation.document_id, citation.place) == (row.document_id, row.place)
        text = documents[row.document_id].text
        assert text[citation.start : citation.end] == citation.quote
        assert f"[{row.n}]" in answer.answer


def test_ranges_keep_both_ends_and_who_gives_none_is_named(assistant: Assistant) -> None:
    answer = ask(assistant, "各省今年的GDP增长目标汇总一下")
    assert answer.table is not None
    ends = {row.place: (row.low, row.high) for row in answer.table.rows}
    assert ends[SHAANXI] == (5.5, 6.0)
    assert ends[SHANXI] == (5.0, None)
    grain = ask(assistant, "各省今年粮食产量目标一览")
    assert grain.table is not None
    assert grain.table.missing == (SHANXI, SHAANXI, HUBEI)
    assert "没有给出的有 3 个：山西省、陕西省、湖北省" in grain.answer


def test_a_condition_that_none_meets_is_a_refusal_that_says_so(assistant: Assistant) -> None:
    answer = ask(assistant, "哪些省今年城镇新增就业目标超过500万人？")
    assert not answer.answered
    assert "给出这个数字的 4 份报告里，没有一份符合条件" in answer.answer


def test_a_named_place_without_a_report_is_missing_from_the_table(assistant: Assistant) -> None:
    answer = ask(assistant, "山西、湖南和广东今年城镇新增就业目标分别是多少？")
    assert rows(answer) == [(SHANXI, "45万人"), (HUNAN, "70万人")]
    assert answer.table is not None
    assert answer.table.missing == ("广东",)


def test_what_is_asked_in_words_is_answered_report_by_report(assistant: Assistant) -> None:
    answer = ask(assistant, "山西和湖南怎么发展低空经济？")
    assert answer.answered
    assert answer.table is None
    assert {citation.place for citation in answer.citations} == {SHANXI, HUNAN}


def test_follow_ups_change_the_place_or_the_year_alone(assistant: Assistant) -> None:
    first = "山西今年城镇新增就业目标是多少？"
    there = ask(assistant, "湖南呢？", [first])
    assert there.resolved_question == "湖南今年城镇新增就业目标是多少？"
    assert there.short_answer == "70万人"
    before = ask(assistant, "去年呢？", ["湖北今年城镇新增就业是多少？"])
    assert before.resolved_question == "湖北去年城镇新增就业是多少？"
    assert before.short_answer == "91万人"
    on = ask(assistant, "城镇调查失业率是多少？", [first])
    assert on.resolved_question == "山西城镇调查失业率是多少？"
    assert on.short_answer == "5.5%左右"
