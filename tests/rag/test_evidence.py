from corpus.documents import Document, Span
from index.passages import Block, Kind
from index.search import Hit, Signals
from rag.evidence import Evidence, for_year, gather, sentence_at
from rag.language.matching import Wanted

TEXT = "提升品质。新建公园50个。完善养护机制。2023年新增广场7个，建成步道30公里。建了哪些公园？"
DOCUMENT = Document("d", "2024年天津市政府工作报告", TEXT)
WANTED = Wanted({"公园": 2.0, "步道": 2.0})


def hit(quote: str, cosine: float, kind: Kind = "sentence", section: tuple[str, ...] = ()) -> Hit:
    start = TEXT.index(quote)
    block = Block("d", 0, len(TEXT), ())
    signals = Signals(cosine, 3.0, 1.0, 0.5, 0.1, 0.0)
    return Hit(
        1, 0, cosine, "d", DOCUMENT.title, section, start, start + len(quote), quote, kind,
        block, signals,
    )  # fmt: skip


def gathered(*hits: Hit) -> list[Evidence]:
    return gather(WANTED, hits, {"d": DOCUMENT})


def test_sentences_come_best_first_by_meaning_and_words() -> None:
    found = gathered(hit("完善养护机制。", 0.80), hit("新建公园50个。", 0.79))
    assert [e.text for e in found] == ["新建公园50个。", "完善养护机制。"]
    assert [round(e.coverage, 2) for e in found] == [0.5, 0.0]


def test_the_clauses_of_a_sentence_gather_into_it_each_with_its_own_cosine() -> None:
    (found,) = gathered(
        hit("2023年新增广场7个，建成步道30公里。", 0.7), hit("建成步道30公里。", 0.9, "clause")
    )
    assert found.text == "2023年新增广场7个，建成步道30公里。"
    assert found.cosine == 0.9
    assert [(c.span.of(TEXT), c.cosine) for c in found.clauses] == [
        ("2023年新增广场7个，", 0.7), ("建成步道30公里。", 0.9),
    ]  # fmt: skip
    assert found.best.span.of(TEXT) == "建成步道30公里。"


def test_a_heading_stands_for_the_sentences_below_it() -> None:
    found = gathered(hit("提升品质。", 0.9, "heading"))
    assert {e.text for e in found} == {
        "新建公园50个。", "完善养护机制。", "2023年新增广场7个，建成步道30公里。"
    }  # fmt: skip


def test_a_sentence_that_asks_comes_after_one_that_tells() -> None:
    found = gathered(hit("建了哪些公园？", 0.8), hit("新建公园50个。", 0.8))
    assert [e.text for e in found] == ["新建公园50个。", "建了哪些公园？"]


def test_a_heading_about_the_question_speaks_for_what_stands_under_it() -> None:
    found = gathered(
        hit("新建公园50个。", 0.8), hit("完善养护机制。", 0.84, section=("公园和步道",))
    )
    assert [e.text for e in found] == ["完善养护机制。", "新建公园50个。"]


def test_sentences_of_the_asked_year_come_first_and_a_year_not_told_of_has_none() -> None:
    plan = gathered(hit("新建公园50个。", 0.8), hit("2023年新增广场7个，建成步道30公里。", 0.8))
    assert [e.year for e in for_year(plan, 2023, 2024)] == [2023, 2024]
    assert [e.year for e in for_year(plan, 2024, 2024)] == [2024, 2023]
    assert for_year(plan, 2019, 2024) == []
    assert for_year(plan, "now", 2024) == plan
    assert for_year(plan, 2019, None) == plan


def test_no_hits_give_no_evidence() -> None:
    assert gathered() == []


def test_the_sentence_at_an_offset_is_in_document_offsets() -> None:
    assert sentence_at(DOCUMENT, 0, len(TEXT), 7) == Span(5, 13)
