from pathlib import Path

import pytest

from corpus.documents import Document
from eval.askers import searcher_of
from index.embedders import Embedder
from rag.assistant import Assistant

TEXT = (
    "由于乙酰胺中含有酰胺键，与蛋白质相似，因此这一发现支持了生命起源的一种说法。"
    "乙酰胺（英文名略）是由乙酸衍生出的酰胺。乙酰胺易溶于水。"
)


@pytest.mark.parametrize("question", ["什么是乙酰胺？", "乙酰胺是什么？", "乙酰胺指的是什么"])
def test_the_sentence_that_says_what_it_is(
    embedder: Embedder, tmp_path: Path, question: str
) -> None:
    searcher = searcher_of([Document("d", "酰胺", TEXT)], embedder, tmp_path)
    (reading,) = Assistant(lambda: searcher).readings(question)
    assert reading.found
    (quote,) = reading.found.quotes
    assert quote.span.of(TEXT) == "乙酰胺（英文名略）是由乙酸衍生出的酰胺。"
