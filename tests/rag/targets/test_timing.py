import pytest

from corpus.documents import Document
from rag.targets.finder import targets

_TITLE = "甲省2026年政府工作报告\n\n"
Row = tuple[float | None, str, int | None]


def told(text: str, title: str = _TITLE) -> list[Row]:
    document = Document("jia", title.strip() or "通知", f"{title}{text}")
    return [(t.value, t.kind, t.year) for t in targets([document])]


def test_a_part_that_opens_with_its_time_keeps_it_without_a_heading() -> None:
    text = "五年来主要做了以下工作。\n新建公路20公里。\n今年是开局之年。\n新建公路30公里。"
    assert told(text) == [(20, "result", 2025), (30, "target", 2026)]


def test_headings_of_a_period_tell_its_last_year() -> None:
    text = (
        "“十四五”时期工作回顾\n新建公路20公里。\n“十五五”时期的主要目标任务\n森林覆盖率达到45%。\n"
        "2026年重点工作\n新建公路30公里。"
    )
    assert told(text) == [(20, "result", 2025), (45, "target", 2030), (30, "target", 2026)]


def test_a_heading_of_both_periods_leaves_it_to_the_sentences() -> None:
    text = (
        "一、2025年工作回顾\n新建公路20公里。\n二、“十四五”时期发展成就和“十五五”时期主要目标任务\n"
        "过去五年，新建水库3座。\n我们提出今后五年的发展目标。\n建成水库5座。"
    )
    assert told(text) == [(20, "result", 2025), (3, "result", 2025), (5, "target", 2030)]


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("发明专利比2020年增长58%。", (58, "target", 2026)),  # counted from, not spoken of
        ("到2027年，新建公路20公里。", (20, "target", 2027)),
        ("去年新建公路20公里。", (20, "result", 2025)),
        ("已建成水库3座。", (3, "result", 2025)),
        ("改造5000个已建成自然村。", (5000, "target", 2026)),
    ],
)
def test_a_clause_may_speak_of_another_year(text: str, row: Row) -> None:
    assert told(f"一、2026年重点工作\n{text}") == [row]


def test_what_looks_back_stays_so_whatever_a_title_names() -> None:
    text = "一、2025年工作回顾\n3部作品入选《2026年片单》。"
    assert told(text) == [(3, "result", 2025)]


def test_a_note_on_a_word_promises_nothing() -> None:
    assert told("1.“两新”：是指4个方面21条措施。") == [(21, "other", 2026)]


def test_only_a_report_has_years() -> None:
    assert told("新建公路20公里。", title="") == [(20, "other", None)]
