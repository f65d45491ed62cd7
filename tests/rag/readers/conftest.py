"""What the readers find in the report of Binlan, which none of their rules was written for."""

from collections.abc import Callable

import pytest

from index.search import Searcher
from rag.assistant import Assistant
from rag.readers import Finding

Found = Callable[[str], Finding | None]


@pytest.fixture(scope="session")
def found(binlan: Searcher) -> Found:
    assistant = Assistant(lambda: binlan)

    def read(question: str) -> Finding | None:
        (reading,) = assistant.readings(question)
        return reading.found

    return read


@pytest.fixture(scope="session")
def short(found: Found) -> Callable[[str], str | None]:
    """Return what a question's reader gives as headline."""

    def read(question: str) -> str | None:
        reading = found(question)
        return reading.short if reading else None

    return read
