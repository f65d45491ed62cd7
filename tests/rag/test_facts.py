"""Files of every format, added and asked: found, quoted and placed."""

from pathlib import Path

import pytest

from corpus.loaders import load
from eval.askers import searcher_of
from index.embedders import Embedder
from index.search import Searcher
from rag.assistant import Assistant
from rag.reader import Reader
from tests.rag.facts import TABLES, facts, write


@pytest.fixture(scope="module")
def files(embedder: Embedder, tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    documents = load(write(tmp_path_factory.mktemp("files")))
    return searcher_of(documents, embedder, tmp_path_factory.mktemp("facts"))


@pytest.fixture(scope="module")
def assistant(files: Searcher, reader: Reader) -> Assistant:
    return Assistant(lambda: files, reader)


def test_cells_are_found_quoted_and_placed_in_files_of_every_format(
    assistant: Assistant, files: Searcher
) -> None:
    documents = files.contents.documents
    wrong, asked = [], 0
    for name, table in TABLES.items():
        if Path(name).stem not in documents:
            continue
        for fact in facts(table):
            answer = assistant.ask(fact.question)
            asked += 1
            for cited in (*answer.citations, *answer.related):
                assert documents[cited.document_id].text[cited.start : cited.end] == cited.quote
            cells = [documents[c.document_id].text[slice(*c.focus)]
                     for c in answer.citations if c.focus]  # fmt: skip
            if (answer.short_answer or "", *cells) != (fact.short, *filter(None, [fact.cell])):
                wrong.append((name, fact.question, answer.short_answer, cells))
    assert asked >= 60
    assert len(wrong) <= 0.03 * asked, wrong


@pytest.mark.parametrize(
    ("question", "page"),
    [("新增养老床位2025年的目标是多少？", 2), ("造林绿化2025年的目标是多少？", 2)],
)
def test_a_citation_names_its_page_or_slide(
    assistant: Assistant, files: Searcher, question: str, page: int
) -> None:
    if "造林" in question and "print" not in files.contents.documents:
        pytest.skip("needs Chromium: apt-get install chromium fonts-noto-cjk")
    cited = assistant.ask(question).citations[-1]
    assert (cited.page, cited.path[-1]) == (page, f"第 {page} 页")
