from dataclasses import replace
from pathlib import Path

import pytest

from corpus.documents import Document
from rag.reader import Read
from rag.reader.trained import TrainedReader
from rag.reader.windows import Window, page, window

GAS = "今年要改造多少公里燃气管网？"


@pytest.fixture(scope="module")
def trained(models: Path) -> TrainedReader:
    return TrainedReader(models)


@pytest.fixture(scope="module")
def windows(report: Document) -> list[Window]:
    leaf = page(report)
    words = ("供热管网150公里", "口袋公园50个", "机场三期")
    return [window(leaf, leaf.at(report.text.index(each))) for each in words]


def _likely(read: Read, text: str) -> str:
    return "".join(mark.span.of(text) for mark in read.marks if mark.inside >= 0.5)


def test_marks_stand_in_the_document(
    trained: TrainedReader, windows: list[Window], report: Document
) -> None:
    reads = trained.read(GAS, windows)
    assert [read.window for read in reads] == windows
    assert reads[0].answered > 0.8 > 0.1 > max(read.answered for read in reads[1:])
    assert _likely(reads[0], report.text).endswith("23公里")
    for read in reads:
        places = [mark.span for mark in read.marks]
        assert places == sorted(places, key=lambda span: span.start)
        assert read.window.page.at(places[0].start) == read.window.first
        assert read.window.page.at(places[-1].start) == read.window.last


def test_a_question_of_yes_or_no_is_known_for_one(
    trained: TrainedReader, windows: list[Window]
) -> None:
    (polar,) = trained.read("机场三期今年会开工吗？", windows[2:])
    (words,) = trained.read(GAS, windows[:1])
    assert polar.polar > 0.9 > 0.1 > words.polar
    for read in (polar, words):
        assert 0 <= read.yes <= 1
        assert 0 <= read.answered <= 1


@pytest.mark.parametrize("question", ["今年要改造多少公里燃氣管網?", "今年要改造多少公里燃气管网?"])
def test_a_question_is_folded_before_it_is_read(
    trained: TrainedReader, windows: list[Window], question: str
) -> None:
    assert trained.read(question, windows) == trained.read(GAS, windows)


def test_what_was_read_lately_is_known_in_any_order(
    trained: TrainedReader, windows: list[Window]
) -> None:
    first = trained.read("口袋公园新建几个？", windows[:2])
    again = trained.read("口袋公园新建几个？", windows[::-1])
    assert again[2] is first[0]
    assert again[1] is first[1]
    assert again[0].window == windows[2]


def test_an_equal_window_of_another_page_is_read_for_itself(
    trained: TrainedReader, windows: list[Window], report: Document
) -> None:
    other = page(replace(report, id="copy"))
    copied = replace(windows[0], page=other)
    (read,) = trained.read(GAS, [copied])
    assert read.window.page is other
    assert read.marks == trained.read(GAS, windows[:1])[0].marks


def test_no_windows_give_no_reads(trained: TrainedReader) -> None:
    assert trained.read(GAS, []) == []
