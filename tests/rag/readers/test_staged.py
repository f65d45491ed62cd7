from collections.abc import Callable

import pytest

from index.search import Searcher
from rag.assistant import Assistant
from rag.readers import Finding

Told = Callable[[str], Finding | None]


@pytest.fixture(scope="module")
def told(searcher: Searcher) -> Told:
    assistant = Assistant(lambda: searcher)

    def read(question: str) -> Finding | None:
        (reading,) = assistant.readings(question)
        return reading.found

    return read


@pytest.mark.parametrize(
    ("question", "short"),
    [
        (
            "机场三期和5号线延伸线，哪个今年能建成",
            "建成地铁11号线一期西段、5号线延伸线、津静市域(郊)铁路首开段",
        ),
        ("机场三期和5号线延伸线，哪个今年刚开工", None),  # nothing clashes with what is built
        (
            "新梅江公园北段跟柳林公园二期,哪个今年建成,哪个还在推进",
            "建成新梅江公园北段；推进柳林公园二期建设",
        ),
    ],
)
def test_the_thing_at_the_stage_asked(told: Told, question: str, short: str | None) -> None:
    found = told(question)
    assert found
    if short:
        assert found.short == short


def test_what_is_told_of_both_is_quoted(told: Told) -> None:
    found = told("机场三期和5号线延伸线，哪个今年能建成")
    assert found
    quoted = "".join(quote.span.of(found.evidence.document.text) for quote in found.quotes)
    assert "5号线延伸线" in quoted
    assert "机场三期" in quoted
