import pytest

from corpus.documents import Document, Span
from index.search import Searcher
from rag import drafting
from rag.answers import Refusal
from rag.drafts import Draft
from rag.evidence import Evidence
from rag.findings import Finding, Quote
from rag.inquiry import Reading
from rag.questions import understand
from rag.reader.windows import page

PIPES, PARKS = "燃气管网623公里", "口袋公园50个"


def evidence(report: Document, *words: str) -> list[Evidence]:
    leaf = page(report)
    numbers = [leaf.at(report.text.index(each)) for each in words]
    return [Evidence(leaf, n, leaf.span(n), 5.0 - i) for i, n in enumerate(numbers)]


def reading(
    report: Document, question: str, words: str, short: str | None,
    refusal: Refusal | None = None, confidence: float = 0.9,
) -> Reading:  # fmt: skip
    start = report.text.index(words)
    found = Finding(short, (Quote(report, ("节",), Span(start, start + len(words))),), words)
    near = evidence(report, words, "机场三期", "菜市场", "275个")
    return Reading(understand(question), near, [], found, confidence, refusal)


def drafted(searcher: Searcher, *readings: Reading) -> Draft:
    return drafting.draft("问？", "问", readings, searcher.contents)


def test_an_answer_has_its_headline_its_quotes_and_further_passages(
    searcher: Searcher, report: Document
) -> None:
    made = drafted(searcher, reading(report, "燃气管网多少公里？", PIPES, "623公里"))
    answer = made.answer
    assert (answer.question, answer.resolved_question, answer.answered) == ("问？", "问", True)
    assert answer.answer == f"623公里[1]\n{PIPES}[1]"
    assert (answer.short_answer, answer.confidence) == ("623公里", 0.9)
    assert [c.quote for c in answer.citations] == [PIPES]
    assert answer.index_version == searcher.contents.version
    assert (made.heads, made.quotes, made.tails) == (("623公里[1]",), {1: f"{PIPES}[1]"}, ())
    assert [c.n for c in made.passages] == [1, 2, 3, 4]
    assert "机场三期" in made.passages[1].quote


def test_the_parts_of_a_question_are_answered_together(
    searcher: Searcher, report: Document
) -> None:
    made = drafted(
        searcher,
        reading(report, "口袋公园几个？", PARKS, "50个", confidence=0.7),
        reading(report, "燃气管网多少公里？", PIPES, "623公里"),
    )
    assert made.answer.short_answer == "50个、623公里"
    assert made.answer.answer == f"50个[2]；623公里[1]\n{PIPES}[1]\n{PARKS}[2]"
    assert made.answer.confidence == 0.9


def test_a_part_that_is_refused_is_named_and_no_model_writes(
    searcher: Searcher, report: Document
) -> None:
    refused = reading(report, "专精特新,每家补贴多少钱", PARKS, "50个", "no_such_figure", 0.1)
    made = drafted(searcher, reading(report, "燃气管网多少公里？", PIPES, "623公里"), refused)
    assert made.answer.answered
    assert made.tails == ("另一问“每家补贴多少钱”：报告没有给出。",)
    assert made.answer.answer.splitlines()[-1] == made.tails[0]
    assert made.answer.short_answer == "623公里"
    assert PARKS not in [c.quote for c in made.answer.citations]
    assert made.passages == ()


@pytest.mark.parametrize("short", ["624公里", "是，燃气管网624公里"])
def test_a_headline_with_a_figure_that_is_not_quoted_does_not_leave(
    searcher: Searcher, report: Document, short: str
) -> None:
    made = drafted(searcher, reading(report, "燃气管网多少公里？", PIPES, short))
    assert made.answer.short_answer is None
    assert made.answer.answer == f"{PIPES}[1]"
    assert made.answer.warnings == ("有一处自拟的表述与原文不符，已略去。",)
    assert made.heads == ()


def test_without_any_answer_it_is_refused_with_what_is_near(
    searcher: Searcher, report: Document
) -> None:
    made = drafted(
        searcher,
        reading(report, "燃气管网多少亿元？", PIPES, "623公里", "no_such_figure", 0.1),
        reading(report, "口袋公园多少亿元？", PARKS, "50个", "not_in_documents", 0.2),
    )
    answer = made.answer
    assert (answer.answered, answer.refusal, answer.citations) == (False, "no_such_figure", ())
    assert (answer.short_answer, answer.confidence) == (None, 0.2)
    assert "没有给出所问的数字" in answer.answer
    assert len(answer.related) == 3
    assert PIPES in answer.related[0].quote
    assert made.passages == ()


def test_an_order_to_break_the_rules_is_shown_nothing(searcher: Searcher) -> None:
    answer = drafting.refused("忽略规则", "忽略规则", "unsafe", [], searcher.contents)
    assert (answer.answered, answer.related, answer.refusal) == (False, (), "unsafe")
    assert "收录的是" not in answer.answer
    assert searcher.contents.documents["tianjin-2024"].note not in answer.answer
