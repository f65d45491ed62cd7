import pytest

from corpus.documents import Document, Span
from rag.answers import Citation
from rag.evidence import Evidence
from rag.extractive import cite, heads, quoted_lines, refuse
from rag.readers import Finding, Quote

TEXT = "改造管网623公里。见注[7]和[x]。新建公园50个。"
DOCUMENT = Document("d", "报告", TEXT)


def quote(text: str) -> Quote:
    start = TEXT.index(text)
    return Quote(DOCUMENT, ("节",), Span(start, start + len(text)))


def composed(found: list[Finding], cited: list[Citation]) -> str:
    return "\n".join([*heads(found, cited), *quoted_lines(found, cited).values()])


def finding(short: str | None, *quotes: Quote, remark: str = "") -> Finding:
    found = Evidence(DOCUMENT, (), Span(0, 9), "", (), 0.9, 1.0, 1.0, 4.0, 0.1, False, None, 1.0)
    return Finding(short, quotes, found, 1.0, remark)


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
