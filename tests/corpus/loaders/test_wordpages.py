from itertools import pairwise

from corpus.loaders.word.body import parse
from tests.corpus.loaders.files_word import cell, definition, listing, para, row, table, word_file

NOTED = "<w:r><w:lastRenderedPageBreak/></w:r>"
ASKED = '<w:r><w:br w:type="page"/></w:r>'
BEFORE = "<w:pageBreakBefore/>"


def pages(*blocks: str, **parts: str) -> list[str]:
    """Return the text of every page, its line breaks as blanks."""
    parsed = parse(word_file("".join(blocks), **parts))
    bounds = [*parsed.layout.pages, len(parsed.text)]
    return [parsed.text[start:end].replace("\n", " ").strip() for start, end in pairwise(bounds)]


def test_pages_are_not_known_of_a_file_that_was_never_laid_out() -> None:
    assert pages(para("甲"), para(ASKED), para("乙", properties=BEFORE)) == []


def test_a_page_begins_inside_a_paragraph_or_with_it() -> None:
    assert pages(para("甲", NOTED, "乙"), para(NOTED, "丙")) == ["甲", "乙", "丙"]


def test_a_page_asked_for_and_noted_is_one() -> None:
    assert pages(para("甲", ASKED), para(NOTED, "乙")) == ["甲", "乙"]
    assert pages(para("甲"), para(ASKED), para(), para(NOTED, "乙")) == ["甲", "乙"]
    assert pages(para("甲", ASKED, NOTED, "乙")) == ["甲", "乙"]
    assert pages(para("甲"), para(NOTED, "乙", properties=BEFORE)) == ["甲", "乙"]


def test_a_page_asked_for_that_word_did_not_note_is_counted() -> None:
    laid_out = [para("丙"), para(NOTED, "丁")]
    assert pages(para("甲", ASKED), para("乙"), *laid_out) == ["甲", "乙 丙", "丁"]
    assert pages(para("甲"), para("乙", properties=BEFORE), *laid_out) == ["甲", "乙 丙", "丁"]
    assert pages(para("甲", ASKED, "乙"), *laid_out) == ["甲", "乙 丙", "丁"]


def test_a_page_without_words_is_a_page() -> None:
    assert pages(para("甲", ASKED), para(NOTED, ASKED), para(NOTED, "乙")) == ["甲", "", "乙"]
    assert pages(para("甲"), para(NOTED), para(NOTED, "乙")) == ["甲", "", "乙"]


def test_a_note_between_a_page_asked_for_and_noted_does_not_part_them() -> None:
    note = f'<w:footnote w:id="2">{para("注")}</w:footnote>'
    mark = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    assert pages(para("甲", mark, ASKED), para(NOTED, "乙"), footnotes=note) == ["甲", "注 乙"]


def test_pages_begin_with_rows_of_a_table() -> None:
    rows = [row("甲", "1"), row(cell(para(NOTED, "乙")), cell(para(NOTED, "2"))), row("丙", "3")]
    assert pages(table(*rows), para("后")) == ["甲\t1", "乙\t2 丙\t3 后"]


def test_a_row_over_the_end_of_a_page_is_on_the_first() -> None:
    split = row(cell(para("甲", NOTED, "乙")), cell(para("子", NOTED, "丑")))
    assert pages(table(split, row("丙", "1")), para("后")) == ["甲乙\t子丑", "丙\t1 后"]
    assert pages(table(row("丙", "1"), split), para("后")) == ["丙\t1 甲乙\t子丑", "后"]


def test_a_table_after_a_page_asked_for_begins_it_once() -> None:
    rows = table(row(cell(para(NOTED, "甲")), "1"), row("乙", "2"))
    assert pages(para("前", ASKED), rows) == ["前", "甲\t1 乙\t2"]


def test_a_number_before_a_paragraph_is_on_the_page_of_its_first_word() -> None:
    listed = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    numbering = definition(("japaneseCounting", "%1、")) + listing()
    said = pages(
        para("甲", NOTED, "乙", properties=listed), para(NOTED, "丙", properties=listed),
        numbering=numbering,
    )  # fmt: skip
    assert said == ["一、甲", "乙", "二、丙"]
