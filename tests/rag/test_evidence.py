import pytest

from corpus.documents import Document, Span
from index.passages import Block, Kind
from index.search import Hit, Signals
from rag.evidence import Evidence, gather, of_year

TEXT = "提升品质。新建公园50个。完善养护机制。2023年新增广场7个，今年建成步道30公里。建了哪些公园？"
DOCUMENT = Document("d", "2024年天津市政府工作报告", TEXT)
MANY = Document("m", "甲", "".join(f"第{n}段改造管网{n}公里。" for n in range(20)))


def hit(quote: str, score: float, kind: Kind = "sentence", document: Document = DOCUMENT) -> Hit:
    start = document.text.index(quote)
    return Hit(
        1, 0, score, document.id, document.title, (), start, start + len(quote), quote, kind,
        Block(document.id, 0, len(document.text), ()), Signals(score / 10, 3.0, 1.0, 0.5),
    )  # fmt: skip


def gathered(*hits: Hit) -> list[Evidence]:
    return gather(hits, {"d": DOCUMENT, "m": MANY})


def test_sentences_come_in_the_order_of_their_best_passages() -> None:
    found = gathered(hit("完善养护机制。", 8.0), hit("新建公园50个。", 7.9))
    assert [(e.text, e.score, e.cosine) for e in found] == [
        ("完善养护机制。", 8.0, 0.8), ("新建公园50个。", 7.9, 0.79),
    ]  # fmt: skip
    assert [e.span for e in found] == [Span(13, 20), Span(5, 13)]
    assert all(e.document == DOCUMENT for e in found)


def test_clauses_gather_into_their_sentence_which_is_as_good_as_the_best() -> None:
    (found,) = gathered(
        hit("今年建成步道30公里。", 9.0, "clause"),
        hit("2023年新增广场7个，今年建成步道30公里。", 7.0),
        hit("2023年新增广场7个，", 6.0, "clause"),
    )
    assert found.text == "2023年新增广场7个，今年建成步道30公里。"
    assert (found.score, found.best.of(TEXT)) == (9.0, "今年建成步道30公里。")


def test_a_heading_leads_to_the_sentence_below_it() -> None:
    (found,) = gathered(hit("提升品质。", 9.0, "heading"))
    assert (found.text, found.best.of(TEXT)) == ("新建公园50个。", "新建公园50个。")
    both = gathered(hit("提升品质。", 9.0, "heading"), hit("新建公园50个。", 8.0))
    assert [(e.text, e.score) for e in both] == [("新建公园50个。", 9.0)]


def test_a_heading_that_ends_a_document_leads_to_itself() -> None:
    (found,) = gathered(hit("建了哪些公园？", 9.0, "heading"))
    assert found.text == "建了哪些公园？"


def test_no_more_than_the_eight_best_are_kept() -> None:
    hits = [hit(f"第{n}段改造管网{n}公里。", 20.0 - n, document=MANY) for n in range(12)]
    assert [e.text for e in gathered(*hits)] == [f"第{n}段改造管网{n}公里。" for n in range(8)]


def test_sentences_of_two_documents_stand_side_by_side() -> None:
    found = gathered(hit("第0段改造管网0公里。", 9.0, document=MANY), hit("提升品质。", 8.0))
    assert [e.document.id for e in found] == ["m", "d"]


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        (2023, ["2023年新增广场7个，今年建成步道30公里。"]),
        (2024, ["新建公园50个。", "2023年新增广场7个，今年建成步道30公里。"]),
        (2019, []),
        ("now", ["新建公园50个。", "2023年新增广场7个，今年建成步道30公里。"]),
        (None, ["新建公园50个。", "2023年新增广场7个，今年建成步道30公里。"]),
    ],
)
def test_what_speaks_of_the_asked_year_even_in_one_clause_may_answer(
    asked: int | None, kept: list[str]
) -> None:
    found = gathered(
        hit("新建公园50个。", 9.0), hit("2023年新增广场7个，今年建成步道30公里。", 8.0)
    )
    assert [e.text for e in of_year(found, asked)] == kept


def test_what_is_no_work_report_may_answer_for_any_year() -> None:
    found = gathered(hit("第3段改造管网3公里。", 9.0, document=MANY))
    assert found[0].year is None
    assert of_year(found, 2019) == found


def test_no_hits_give_no_evidence() -> None:
    assert gathered() == []


def test_a_sentence_knows_its_headings(report: Document) -> None:
    (found,) = gather([hit("今年改造燃气管网623公里", 9.0, document=report)], {report.id: report})
    assert found.section[1:] == ("持续释放城市更新生产力", "完善城市设施和服务功能")
    assert found.year == 2024
