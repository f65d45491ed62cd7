from collections.abc import Callable

import pytest

from rag.readers import Finding

Found = Callable[[str], Finding | None]


def test_a_wrong_figure_is_put_right_with_the_quote(found: Found) -> None:
    finding = found("为什么今年只改造100公里燃气管网")
    assert finding
    assert (finding.short, finding.remark) == ("280公里", "报告写的不是100公里。")
    (quote,) = finding.quotes
    assert "280公里" in quote.span.of(quote.document.text)


def test_a_right_figure_is_not_put_right(found: Found) -> None:
    finding = found("为什么今年要改造280公里燃气管网")
    assert finding
    assert finding.remark == ""


@pytest.mark.parametrize(
    "question", ["为什么海洋科创街区放在青屿区", "为何滨海文旅度假区给了望潮区"]
)
def test_a_wrong_pair_is_put_right(found: Found, question: str) -> None:
    finding = found(question)
    assert finding
    assert finding.remark == "报告的说法与问题里的不同。"
