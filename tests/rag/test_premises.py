import pytest

from corpus.documents import Document
from rag.evidence import Evidence
from rag.findings import Finding
from rag.premises import weighed
from rag.questions import understand
from rag.reader import Read
from rag.reader.windows import Window, page
from rag.reading import look
from tests.readers import Told, read_of

TEXT = "今年改造燃气管网623公里。新建口袋公园50个。"
PAGE = page(Document("d", "2024年天津市政府工作报告", TEXT))
FOUND = [Evidence(PAGE, n, PAGE.span(n), 5.0 - n) for n in range(2)]


def told(answered: float = 0.9, polar: float = 0.0) -> Told:
    """A reader that finds the figure of the first sentence whatever is asked."""

    def says(question: str, window: Window) -> Read:
        if window.focus > 0:
            return read_of(window, 0.01)
        return read_of(window, answered, "623公里", polar=polar)

    return Told(says)


def weigh(question: str, reader: Told) -> Finding | None:
    asked = understand(question)
    return weighed(asked, look(asked.plain, FOUND, reader), reader)


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("今年改造燃气管网623公里吗？", "是，今年改造燃气管网623公里"),
        ("今年改造燃气管网六百二十三公里，对吗？", "是，今年改造燃气管网623公里"),
        ("今年改造燃气管网100公里吗？", "否，今年改造燃气管网623公里"),
        ("今年改造燃气管网超过600公里吧？", "是，今年改造燃气管网623公里"),
        ("今年改造燃气管网不到600公里吧？", "否，今年改造燃气管网623公里"),
    ],
)
def test_a_yes_or_no_is_decided_by_whether_the_figures_agree(question: str, short: str) -> None:
    found = weigh(question, told(polar=0.9))
    assert found is not None
    assert (found.short, found.remark) == (short, "")
    assert [quote.span.of(TEXT) for quote in found.quotes] == ["今年改造燃气管网623公里。"]


def test_a_figure_that_is_not_the_reports_is_put_right() -> None:
    found = weigh("为什么今年改造100公里燃气管网？", told())
    assert found is not None
    assert (found.short, found.remark) == ("今年改造燃气管网623公里", "报告写的不是100公里。")


def test_a_figure_that_is_the_reports_needs_no_remark() -> None:
    assert weigh("为什么今年改造623公里燃气管网？", told()) is None


def test_the_report_is_asked_for_the_figure_without_being_told_it() -> None:
    reader = told()
    weigh("为什么今年改造100公里燃气管网？", reader)
    first, last = reader.asked[0][0], reader.asked[-1][0]
    assert "100" in first
    assert last == "今年改造多少公里燃气管网?"


@pytest.mark.parametrize(
    "question", ["今年改造多少公里燃气管网？", "今年改造燃气管网吗？", "机场三期开工吗？"]
)
def test_a_question_without_a_figure_is_not_weighed(question: str) -> None:
    reader = told(polar=0.9)
    assert weigh(question, reader) is None
    assert {asked for asked, _ in reader.asked} == {understand(question).plain}


def test_where_the_report_does_not_tell_the_figure_nothing_is_put_right() -> None:
    assert weigh("今年改造燃气管网100公里吗？", told(answered=0.4)) is None


def test_a_figure_that_measures_something_else_puts_nothing_right() -> None:
    assert weigh("今年改造燃气管网花100亿元吗？", told()) is None


def test_without_anything_read_nothing_is_weighed() -> None:
    reader = told()
    assert weighed(understand("今年改造燃气管网100公里吗？"), [], reader) is None
    assert reader.asked == []
