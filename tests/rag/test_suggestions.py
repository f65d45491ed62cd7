from pathlib import Path

import pytest

from corpus.loaders import load
from eval.askers import searcher_of
from index.embedders import Embedder
from index.search import Searcher
from rag.answers import Answer
from rag.assistant import Assistant
from rag.reader import Reader
from rag.suggestions import Suggestion, near, suggestions


@pytest.fixture(scope="module")
def assistant(searcher: Searcher, reader: Reader) -> Assistant:
    return Assistant(lambda: searcher, reader)


@pytest.fixture(scope="module")
def offered(assistant: Assistant, searcher: Searcher) -> list[Suggestion]:
    return suggestions(assistant, list(searcher.contents.documents.values()))


def test_they_are_made_of_figures_and_headings(offered: list[Suggestion]) -> None:
    questions = [suggestion.question for suggestion in offered]
    assert "启动多少个老旧小区改造提升？" in questions
    assert "新增创新型中小企业多少家？" in questions  # the verb of the list is said again
    assert "全市技术合同成交额突破多少亿元？" in questions
    assert "加快绿色化转型有什么安排？" in questions


def test_each_is_answered_from_where_it_was_made(
    offered: list[Suggestion], assistant: Assistant
) -> None:
    for suggestion in offered:
        answer = assistant.ask(suggestion.question)
        assert answer.answered
        assert any(c.document_id == suggestion.document_id for c in answer.citations)


def test_the_nearest_come_first_and_what_is_answered_is_not_offered_again(
    offered: list[Suggestion], assistant: Assistant
) -> None:
    answer = assistant.ask("燃气管网改造要花多少亿元？")
    assert not answer.answered
    found = near(offered, answer, 3)
    assert "供水管网多少公里？" in found
    told = assistant.ask("今年改造燃气管网多少公里？")
    assert "供水管网多少公里？" not in near(offered, told, 50)  # what is cited tells it
    asked = assistant.ask("启动多少个老旧小区改造提升？")
    assert "启动多少个老旧小区改造提升？" not in near(offered, asked, 50)


def test_what_a_reply_names_is_not_offered_below_it(offered: list[Suggestion]) -> None:
    named = offered[0].question
    reply = Answer("你能做什么", "你能做什么", False, f"例如“{named}”。", refusal="small_talk")
    assert near(offered, reply, 50) == [s.question for s in offered[1:]]


def test_no_documents_offer_nothing(assistant: Assistant) -> None:
    assert suggestions(assistant, []) == []


def test_of_a_tables_row_the_last_figure_is_asked_for(
    embedder: Embedder, reader: Reader, tmp_path: Path
) -> None:
    (tmp_path / "a.csv").write_text("指标,2024年完成,2025年目标\n城镇新增就业,36.2万人,35万人\n")
    found = searcher_of(load([tmp_path / "a.csv"]), embedder, tmp_path / "home")
    offered = suggestions(Assistant(lambda: found, reader), list(found.contents.documents.values()))
    assert [s.question for s in offered] == ["城镇新增就业2025年目标是多少？"]
