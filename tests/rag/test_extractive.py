from dataclasses import replace

import pytest

from corpus.documents import Document, Span
from rag.answers import Citation
from rag.evidence import Evidence
from rag.extractive import cite, further, heads, quoted_lines, refuse, relate, scanned
from rag.findings import Finding, Quote
from rag.reader.windows import page

TEXT = "改造管网623公里。见注[7]和[x]。新建公园50个。"
DOCUMENT = Document("d", "报告", TEXT)


def quote(text: str) -> Quote:
    start = TEXT.index(text)
    return Quote(DOCUMENT, ("节",), Span(start, start + len(text)))


def composed(found: list[Finding], cited: list[Citation]) -> str:
    return "\n".join([*heads(found, cited), *quoted_lines(found, cited).values()])


def finding(short: str | None, *quotes: Quote, remark: str = "") -> Finding:
    return Finding(short, quotes, remark=remark)


def evidence(number: int) -> Evidence:
    leaf = page(DOCUMENT)
    return Evidence(leaf, number, leaf.span(number), 5.0)


def test_quotes_are_cited_once_each_in_the_order_of_the_document() -> None:
    parks, pipes = quote("新建公园50个"), quote("改造管网623公里")
    cited = cite([parks, pipes, parks, quote("管网623公里")])  # the last stands in another
    assert [(c.n, c.quote, c.start) for c in cited] == [
        (1, "改造管网623公里", 0), (2, "新建公园50个", TEXT.index("新建")),
    ]  # fmt: skip


def test_the_headlines_come_first_each_with_its_mark() -> None:
    found = [finding("50个", quote("新建公园50个")), finding("623公里", quote("改造管网623公里"))]
    cited = cite(q for f in found for q in f.quotes)
    assert composed(found, cited) == "50个[2]；623公里[1]\n改造管网623公里[1]\n新建公园50个[2]"


def test_a_headline_that_is_the_quote_is_not_said_twice() -> None:
    found = [finding("新建公园50个", quote("新建公园50个"), remark="报告写的不是60个。")]
    assert composed(found, cite(found[0].quotes)) == "报告写的不是60个。\n新建公园50个[1]"


def test_brackets_of_a_quote_are_not_taken_for_marks() -> None:
    found = [finding(None, quote("见注[7]和[x]。"))]
    cited = cite(found[0].quotes)
    assert composed(found, cited) == "见注［7］和[x]。[1]"
    assert cited[0].quote == "见注[7]和[x]。"


@pytest.mark.parametrize(
    ("why", "said"),
    [("not_in_documents", "没有找到"), ("no_such_figure", "没有给出所问的数字"),
     ("other_year", "所问年份"), ("off_topic", "无关"), ("unsafe", "不编造")],
)  # fmt: skip
def test_a_refusal_says_why(why: str, said: str) -> None:
    assert said in refuse(why, near=False, notes=[])  # type: ignore[arg-type]


def test_a_refusal_tells_what_there_is_and_what_is_shown() -> None:
    assert refuse("not_in_documents", near=True, notes=["节选"]) == (
        "收录的报告里没有找到能回答这个问题的内容。（收录的是节选。）最接近的原文一并列出，供参考。"
    )


def test_of_a_long_quote_the_clauses_that_answer_are_shown_and_all_of_it_is_cited() -> None:
    text = "，".join(f"改造第{n}段管网" for n in "一二三四五六七八九十" * 2) + "。"
    document = Document("l", "报告", text)
    start = text.index("改造第五段管网")
    focus = Span(start, start + len("改造第五段管网"))
    found = Finding("第五段", (Quote(document, (), Span(0, len(text))),), focus=focus)
    cited = cite(found.quotes)
    assert cited[0].quote == text
    assert quoted_lines([found], cited) == {1: "…改造第五段管网…[1]"}
    begins = Finding("第一段", found.quotes, focus=Span(0, 8))
    assert quoted_lines([begins], cited) == {1: "改造第一段管网…[1]"}
    elsewhere = Finding("第一段", found.quotes, focus=Span(0, len(text) + 5))
    assert quoted_lines([elsewhere], cited) == {1: f"{text}[1]"}


def test_the_nearest_passages_of_a_refusal_are_three_at_most() -> None:
    near = relate([evidence(n) for n in (2, 0, 1, 2)])
    assert [(c.n, c.quote) for c in near] == [
        (1, "新建公园50个。"), (2, "改造管网623公里。"), (3, "见注[7]和[x]。"),
    ]  # fmt: skip


def test_further_sentences_are_numbered_on_and_none_is_cited_already() -> None:
    cited = cite([quote("管网623公里")])
    found = further([evidence(n) for n in (0, 2, 1, 2)], cited)
    assert [(c.n, c.quote) for c in found] == [(2, "新建公园50个。"), (3, "见注[7]和[x]。")]


@pytest.mark.parametrize(
    ("confidence", "said"), [(0.998, "（可信度 99%），"), (0.61, "（可信度 61%，识别不太可靠），")]
)
def test_an_answer_from_a_scan_says_so_and_how_sure_it_is(confidence: float, said: str) -> None:
    (cited,) = cite([quote("改造管网623公里。")])
    assert scanned([cited]) == ()
    (told,) = scanned([replace(cited, confidence=confidence)])
    assert told == f"引文由扫描件识别得来{said}请核对原件。"
