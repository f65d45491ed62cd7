from corpus.documents import Document, Span
from index.passages import Block
from index.search import Hit, Signals
from rag.evidence import choose
from rag.questions import understand

TEXT = "提升品质。新建公园50个。完善养护机制。" + "推进" * 70 + ",新增广场7个,建成步道30公里。"
DOCUMENT = Document("d", "标题", TEXT)


def hit(quote: str, score: float, kind: str = "sentence", rank: int = 1) -> Hit:
    start = TEXT.index(quote)
    return Hit(
        rank, 0, score, "d", "标题", (), start, start + len(quote), quote, kind,  # type: ignore[arg-type]
        Block("d", 0, len(TEXT), ()), Signals(0.9, 3.0, 1.0, 0.5),
    )  # fmt: skip


def quotes(question: str, *hits: Hit) -> list[str]:
    return [e.span.of(TEXT) for e in choose(understand(question), list(hits), {"d": DOCUMENT})]


def test_a_heading_is_answered_by_the_sentences_below_it() -> None:
    assert quotes("怎么提升品质", hit("提升品质。", 5, "heading")) == [
        "新建公园50个。",
        "完善养护机制。",
    ]


def test_a_second_hit_is_taken_when_it_scores_near_and_holds_another_word() -> None:
    found = quotes("公园和养护机制", hit("完善养护机制。", 5), hit("新建公园50个。", 4))
    assert found == ["新建公园50个。", "完善养护机制。"]  # in document order


def test_a_second_hit_far_below_the_best_is_left_out() -> None:
    assert quotes("公园和养护机制", hit("完善养护机制。", 5), hit("新建公园50个。", 3)) == [
        "完善养护机制。"
    ]


def test_a_second_hit_without_a_new_word_is_left_out() -> None:
    assert quotes("公园", hit("新建公园50个。", 5), hit("完善养护机制。", 5)) == ["新建公园50个。"]


def test_a_clause_of_a_long_sentence_is_quoted_alone_without_its_comma() -> None:
    assert quotes("广场", hit("新增广场7个,", 5, "clause")) == ["新增广场7个"]


def test_no_hits_give_no_evidence() -> None:
    assert choose(understand("公园"), [], {"d": DOCUMENT}) == []


def test_spans_are_slices_of_the_document() -> None:
    (evidence,) = choose(understand("公园"), [hit("新建公园50个。", 5)], {"d": DOCUMENT})
    assert evidence.span == Span(5, 13)
