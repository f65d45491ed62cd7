import pytest

from corpus.documents import Document, Span
from rag.evidence import Evidence
from rag.quoting import around, clause_of, focus, whole
from rag.reader.windows import Page, page

# One long sentence of clauses of eight characters and a mark, and a short one.
CLAUSES = [f"改造第{n}段管网" for n in "一二三四五六七八九十"] * 3
LONG = "，".join(CLAUSES) + "。"
TEXT = f"新建公园，50个。\n{LONG}"
REPORT = page(Document("r", "2024年天津市政府工作报告", TEXT))
PROSE = page(Document("p", "公园志", TEXT))


def span(text: str, start: int = 0) -> Span:
    at = TEXT.index(text, start)
    return Span(at, at + len(text))


def quoted(leaf: Page, *words: str) -> str:
    return around(leaf, 1, [span(text) for text in words]).span.of(TEXT)


def test_a_short_sentence_is_quoted_whole_with_its_place(report: Document) -> None:
    quote = around(REPORT, 0, [span("50个")])
    assert quote.span.of(TEXT) == "新建公园，50个。"
    assert (quote.document, quote.section) == (REPORT.document, ())
    leaf = page(report)
    number = leaf.at(report.text.index("口袋公园50个"))
    assert around(leaf, number, [leaf.span(number)]).section[-1] == "优化生态宜居品质"


def test_of_a_long_sentence_the_clauses_around_the_answer_are_quoted() -> None:
    found = quoted(REPORT, "第五段")
    assert found == "，".join(CLAUSES[:10])
    assert len(found) <= 80
    assert len(quoted(PROSE, "第五段")) <= 200
    assert len(quoted(PROSE, "第五段")) > 80


def test_clauses_of_several_answers_are_quoted_with_all_between_them() -> None:
    far = span("第九段", span("第九段").end)
    found = around(REPORT, 1, [span("第二段"), far]).span.of(TEXT)
    assert found == "，".join(CLAUSES[1:19])


@pytest.mark.parametrize(("words", "most"), [("第一段", 45), ("第五段", 45), ("第十段", 45)])
def test_the_focus_is_short_and_holds_the_answer(words: str, most: int) -> None:
    found = focus(REPORT, 1, [span(words)])
    assert span(words).overlaps(found)
    assert 30 < found.end - found.start <= most


def test_without_a_span_the_focus_begins_the_sentence() -> None:
    assert focus(REPORT, 1, []).of(TEXT).startswith("改造第一段管网，")


def test_evidence_is_quoted_whole_or_around_its_best_passage() -> None:
    short = Evidence(REPORT, 0, span("50个"), 5.0)
    assert whole(short).span.of(TEXT) == "新建公园，50个。"
    last = Span(len(TEXT) - 8, len(TEXT))
    long = whole(Evidence(REPORT, 1, last, 5.0)).span
    assert (long.of(TEXT)[-8:], long.end) == (TEXT[-8:], len(TEXT))
    assert 100 < long.end - long.start <= 130


@pytest.mark.parametrize(
    ("words", "clause"),
    [
        ("50个", "50个"),
        ("新建公园", "新建公园"),
        ("公园，50", "新建公园，50个"),
        ("新建公园，50个。", "新建公园，50个"),
    ],
)
def test_the_clause_of_a_span_has_no_marks_at_its_ends(words: str, clause: str) -> None:
    assert clause_of(REPORT, 0, span(words)).of(TEXT) == clause


def test_a_span_of_another_sentence_has_no_clause_here() -> None:
    assert clause_of(REPORT, 0, span("第三段")) == span("第三段")


def test_clauses_of_the_shipped_report_end_at_its_own_commas(report: Document) -> None:
    leaf = page(report)
    at = report.text.index("口袋公园50个")
    found = clause_of(leaf, leaf.at(at), Span(at, at + 7)).of(report.text)
    assert found == "新建提升口袋公园50个"
