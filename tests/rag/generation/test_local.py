"""The real thing: llama.cpp and a small model, where there is one. Not in CI: 469 MB."""

import os
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from corpus.errors import ModelError
from index.search import Searcher
from rag.assistant import Assistant
from rag.generation.choice import ChatChoice, Patience
from rag.generation.opening import Opening
from rag.reader import Reader

FILE = os.environ.get("JINWEN_TEST_GGUF", "")
pytestmark = pytest.mark.skipif(not FILE, reason="needs a model: JINWEN_TEST_GGUF=file.gguf")


@pytest.fixture(scope="module")
def opening() -> Iterator[Opening]:
    made = Opening(ChatChoice(local=Path(FILE), patience=Patience(5, 120, 240)))
    made.start(120)
    yield made
    made.close()


def test_a_model_on_this_machine_writes_under_guard(
    opening: Opening, searcher: Searcher, reader: Reader
) -> None:
    assistant = Assistant(lambda: searcher, reader, writer=opening.writer)
    *_, answer = assistant.growing(assistant.draft("今年要改造多少公里燃气管网？"))
    assert answer.short_answer == "623公里"
    assert answer.tokens["input"] > 100
    assert answer.timings_ms["first_token"] > 0
    assert {f"[{c.n}]" in answer.answer for c in answer.citations} == {True}


def test_one_that_was_killed_is_started_anew_and_none_is_left(opening: Opening) -> None:
    (process,) = psutil.Process().children()
    process.kill()
    process.wait()
    opening.start(120)
    assert opening.model()
    opening.close()
    assert psutil.Process().children() == []
    with pytest.raises(ModelError, match="停止"):
        opening.model()
