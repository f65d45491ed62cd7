import pytest

from corpus.documents import Document, Span
from rag.reader.windows import WINDOW_CHARS, Page, Window, page, window

# Sentences of 8 characters, three paragraphs.
TEXT = (
    "改造管网一公里。改造管网二公里。改造管网三公里。改造管网四公里。改造管网五公里。\n"
    "新建公园六十个。\n新建公园七十个。新建公园八十个。"
)
SMALL = page(Document("d", "报告", TEXT))


def told(found: Window) -> str:
    return "".join(found.texts)


def test_a_page_is_cut_into_its_sentences() -> None:
    assert [SMALL.span(n).of(TEXT) for n in (0, 4, 5, 7)] == [
        "改造管网一公里。", "改造管网五公里。", "新建公园六十个。", "新建公园八十个。",
    ]  # fmt: skip
    assert len(SMALL.sentences) == 8


def test_the_sentence_at_an_offset() -> None:
    assert [SMALL.at(offset) for offset in (0, 7, 8, 39, 41, len(TEXT) - 1)] == [0, 0, 1, 4, 5, 7]


def test_a_document_is_cut_once() -> None:
    assert page(Document("d", "报告", TEXT)) is SMALL


@pytest.mark.parametrize(
    ("focus", "chars", "numbers"),
    [
        (2, 8, (2, 2)),  # nothing fits beside it
        (2, 16, (2, 3)),  # the one behind comes first
        (2, 24, (1, 3)),
        (2, 32, (1, 4)),
        (2, 39, (1, 4)),
        (2, 40, (0, 4)),
        (2, 500, (0, 4)),  # and no further than its paragraph
        (0, 16, (0, 1)),
        (4, 16, (3, 4)),
        (4, 24, (2, 4)),
        (5, 500, (5, 5)),
        (7, 500, (6, 7)),
    ],
)
def test_a_window_grows_by_neighbours_of_its_paragraph_while_they_fit(
    focus: int, chars: int, numbers: tuple[int, int]
) -> None:
    found = window(SMALL, focus, chars)
    assert (found.first, found.last, found.focus) == (*numbers, focus)


def test_a_sentence_that_is_too_long_alone_is_read_alone() -> None:
    long = page(Document("d", "报告", f"甲。{'改造管网、' * 40}新建。乙。"))
    assert window(long, 1).texts == [f"{'改造管网、' * 40}新建。"]


def test_windows_of_the_report_hold_whole_sentences_of_one_paragraph(report: Document) -> None:
    leaf = page(report)
    for focus, sentence in enumerate(leaf.sentences):
        found = window(leaf, focus)
        assert found.first <= focus <= found.last
        held = leaf.sentences[found.first : found.last + 1]
        assert {each.paragraph for each in held} == {sentence.paragraph}
        assert len(told(found)) <= WINDOW_CHARS or len(held) == 1
        assert len(found.texts) == len(held)


def test_texts_and_heading_are_folded_and_the_heading_has_title_and_nearest_headings(
    report: Document,
) -> None:
    leaf = page(report)
    number = leaf.at(report.text.index("今年改造燃气管网623公里"))
    found = window(leaf, number)
    section = leaf.sentences[number].section
    assert found.heading.endswith("持续释放城市更新生产力 完善城市设施和服务功能")
    assert found.heading.startswith("天津市人民政府工作报告")
    assert len(section) > 1
    wide = window(page(Document("d", "２０２４年報告", "改造燃氣管網６２３公里。")), 0)
    assert (wide.heading, wide.texts) == ("2024年报告", ["改造燃气管网623公里。"])


def test_a_long_heading_is_cut() -> None:
    assert window(page(Document("d", "题" * 300, "改造管网。")), 0).heading == "题" * 100


def test_characters_of_the_texts_lead_to_those_of_the_document() -> None:
    text = "新建廠房１２０㎡。改造燃氣管網６２３公里。\n別的。"
    leaf = page(Document("d", "报告", text))
    found = window(leaf, 1)
    assert told(found) == "新建厂房120m2。改造燃气管网623公里。"
    for words, original in (
        ("120m2", "１２０㎡"), ("m2", "㎡"), ("623公里", "６２３公里"), ("改造", "改造"),
        ("m2。改造", "㎡。改造"),
    ):  # fmt: skip
        start = told(found).index(words)
        assert found.span(start, start + len(words)).of(text) == original


def test_all_characters_of_a_window_are_the_sentences_themselves() -> None:
    for focus in range(8):
        found = window(SMALL, focus)
        whole = found.span(0, len(told(found)))
        assert whole == Span(SMALL.span(found.first).start, SMALL.span(found.last).end)


def test_a_blank_between_two_sentences_belongs_to_neither() -> None:
    text = "Pipes: 5 km. Parks: 7."
    found = window(page(Document("d", "R", text)), 0)
    assert found.texts == ["pipes: 5 km.", "parks: 7."]
    assert found.span(12, 17).of(text) == "Parks"
    assert found.span(7, 12).of(text) == "5 km."


def test_pages_are_told_apart_by_what_they_are_not_by_what_they_hold() -> None:
    assert Page(Document("d", "报告", TEXT)) != SMALL
