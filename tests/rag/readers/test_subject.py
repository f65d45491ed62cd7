from collections.abc import Callable

import pytest

from rag.readers import Finding

Short = Callable[[str], str | None]
Found = Callable[[str], Finding | None]


@pytest.mark.parametrize(
    ("question", "clause"),
    [
        ("报告里的1030元指的是什么", "城乡低保标准由每人每月985元提高到1030元"),
        ("哪一项的数量是450个", "累计达到450个"),
        ("280公里是哪个管网", "280公里"),
    ],
)
def test_what_a_figure_is_said_of(short: Short, question: str, clause: str) -> None:
    found = short(question)
    assert clause in (found or "")


def test_a_figure_that_stands_nowhere_is_said_of_nothing(short: Short) -> None:
    assert "7777" not in (short("7777元指的是什么") or "")


def test_a_question_that_says_more_gets_what_holds_it(found: Found) -> None:
    told = found("哪个管网今年改造280公里")
    assert told
    assert len(told.quotes) == 1
