import pytest

from corpus.documents import Document
from rag.evidence import Evidence
from rag.reader import Read, Reader
from rag.reader.windows import Window, page
from rag.reading import Sight, look
from tests.readers import Told, read_of

TEXT = "\n".join(f"第{n}段改造管网{n}公里。" for n in range(8))
PAGE = page(Document("d", "报告", TEXT))
FOUND = [Evidence(PAGE, n, PAGE.span(n), 5.0 - n / 100) for n in range(8)]


def told(*answered: float) -> Told:
    """A reader that is as sure of the sentences as given, and of the rest not at all."""

    def says(question: str, window: Window) -> Read:
        return read_of(window, dict(enumerate(answered)).get(window.focus, 0.01))

    return Told(says)


def read(reader: Told) -> list[list[int]]:
    return [[window.focus for window in windows] for _, windows in reader.asked]


def order(sights: list[Sight]) -> list[int]:
    return [sight.evidence.number for sight in sights]


@pytest.mark.parametrize(
    ("answered", "calls"),
    [
        ([0.9], [[0]]),  # sure at once
        ([0.85], [[0]]),
        ([0.84, 0.9], [[0], [1, 2]]),
        ([0.1, 0.1, 0.95], [[0], [1, 2]]),
        ([0.1, 0.1, 0.1, 0.9], [[0], [1, 2], [3, 4]]),
        ([0.1] * 8, [[0], [1, 2], [3, 4]]),  # and no more than five
        ([0.1] * 5 + [0.99], [[0], [1, 2], [3, 4]]),
    ],
)
def test_no_more_is_read_than_it_takes_to_be_sure(
    answered: list[float], calls: list[list[int]]
) -> None:
    reader = told(*answered)
    look("改造多少公里", FOUND, reader)
    assert read(reader) == calls
    assert {question for question, _ in reader.asked} == {"改造多少公里"}


@pytest.mark.parametrize(
    ("several", "calls"), [(1, [[0]]), (2, [[0], [1]]), (4, [[0], [1, 2], [3]])]
)
def test_less_evidence_is_read_to_its_end(several: int, calls: list[list[int]]) -> None:
    reader = told()
    assert len(look("问", FOUND[:several], reader)) == several
    assert read(reader) == calls


def test_without_evidence_nothing_is_read() -> None:
    reader = told()
    assert look("问", [], reader) == []
    assert reader.asked == []


def test_the_window_that_fits_best_comes_first() -> None:
    found = look("问", FOUND, told(0.1, 0.3, 0.9, 0.95, 0.95))
    assert order(found) == [2, 1, 0]
    assert [sight.read.answered for sight in found] == [0.9, 0.3, 0.1]
    assert [sight.fit for sight in found] == sorted((s.fit for s in found), reverse=True)


def test_between_two_that_answer_alike_the_search_decides() -> None:
    far = [FOUND[0], *(Evidence(PAGE, n, PAGE.span(n), 5.0 - 0.5 * n) for n in (1, 2))]
    assert order(look("问", far, told(0.7, 0.75, 0.1))) == [0, 1, 2]
    assert order(look("问", FOUND[:3], told(0.7, 0.75, 0.1))) == [1, 0, 2]


def test_what_the_search_found_far_behind_is_not_read() -> None:
    reader = told(0.1, 0.1, 0.9)
    far = [FOUND[0], *(Evidence(PAGE, n, PAGE.span(n), 5.0 - 3 * n) for n in (1, 2))]
    assert order(look("问", far, reader)) == [0]
    assert read(reader) == [[0]]


@pytest.mark.parametrize("extreme", [0.0, 1.0])
def test_certainty_is_a_number_like_any_other(extreme: float) -> None:
    (sight, *_) = look("问", FOUND[:2], told(extreme))
    assert abs(sight.fit) < 20


def test_the_trained_reader_reads_once_where_the_first_window_answers(
    reader: Reader, report: Document
) -> None:
    leaf = page(report)
    wanted = [leaf.at(report.text.index(words)) for words in ("供热管网150公里", "口袋公园50个")]
    evidence = [Evidence(leaf, n, leaf.span(n), 5.0) for n in wanted]
    seen = Told(lambda question, window: reader.read(question, [window])[0])
    (sight,) = look("供热管网今年改造多少公里?", evidence, seen)
    assert read(seen) == [[wanted[0]]]
    assert sight.read.answered > 0.8
    sights = look("口袋公园新建多少个?", evidence, reader)
    assert order(sights) == wanted[::-1]
