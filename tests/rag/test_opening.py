import pytest

from rag.assembly import Assembly
from rag.opening import opened
from tests.provinces import REPORTS

SHANXI = REPORTS[0]


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("报告是哪天作的", "2026年1月21日"),
        ("报告什么时候作的？", "2026年1月21日"),
        ("这份报告是在哪个会上作的", "山西省第一届人民代表大会第一次会议"),
    ],
)
def test_when_and_where_a_report_was_given_stands_in_its_first_lines(
    question: str, short: str
) -> None:
    found = opened(question, SHANXI)
    assert found is not None
    assert found.short == short
    assert "2026年1月21日在山西省第一届" in found.quotes[0].span.of(SHANXI.text)


@pytest.mark.parametrize("question", ["省长是谁", "谁会受益", "报告写了什么", "机场什么时候投用"])
def test_what_the_first_lines_do_not_tell_is_not_told_from_them(question: str) -> None:
    assert opened(question, SHANXI) is None


def test_it_is_answered_with_its_line(provinces: Assembly) -> None:
    answer = provinces.assistant(generate=False).ask("山西的报告是哪天作的？")
    assert answer.short_answer == "2026年1月21日"
    assert answer.citations[0].document_id == "shanxi"
