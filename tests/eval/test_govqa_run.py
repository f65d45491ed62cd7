from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest

from corpus.documents import Document
from eval.run import run
from eval.sets import World, open_set
from tests.eval.govqa_lines import TEXT, two_reports, write


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return two_reports(tmp_path)


@contextmanager
def _asker(world: World) -> Iterator[Any]:
    yield Parrot(world.documents[0])


class Parrot:
    """Answers 5.2% to whatever says 生产总值 and cites the sentence that says so."""

    def __init__(self, report: Document) -> None:
        self._report = report

    def about(self) -> dict[str, Any]:
        return {"embedder": "none"}

    def ask(self, question: str, history: Any) -> dict[str, Any]:
        start = self._report.text.index("全省生产总值增长5.2%。")
        cited = {"document_id": self._report.id, "start": start, "end": start + 13,
                 "quote": self._report.text[start : start + 13]}  # fmt: skip
        if "生产总值" not in question:
            return {"resolved_question": question, "answered": False, "citations": []}
        return {"resolved_question": question, "answered": True, "answer": "增长5.2%[1]",
                "short_answer": "5.2%", "citations": [cited]}  # fmt: skip

    def search(self, question: str, k: int) -> list[dict[str, Any]]:
        return []


def opener(world: World) -> AbstractContextManager[Any]:
    return _asker(world)


def test_a_run_is_told_by_make_and_says_what_was_trained_on(folder: Path) -> None:
    summary = run(open_set(str(folder)), opener, folder / "out")
    makes = summary["by_make"]
    # Four questions a make: only the two plain ones on 生产总值 are answered; none is a near miss.
    assert list(makes) == ["plain", "paraphrase", "third", "near"]
    assert {make: (row["n"], row["mean"]) for make, row in makes.items()} == {
        "plain": (4, 0.5), "paraphrase": (4, 0.0), "third": (4, 0.0), "near": (4, 1.0),
    }  # fmt: skip
    assert makes["plain"]["citation_recall"] == 0.5
    assert summary["kinds"]["near_miss"]["n"] == 4
    assert summary["trained_on"] == ["江苏省"]
    line = "Trained on: 江苏省. Figures on what was trained on flatter."
    told, page = ((folder / "out" / name).read_text() for name in ("report.md", "report.html"))
    assert told.index(line) < told.index("| measure |")
    assert "| plain | 4 | 50.0 |" in told.split("| right, by make |")[1]
    assert page.index(line) < page.index('<ul class="tiles">')
    assert '<td>paraphrase</td><td class="n">4</td><td class="n">0.0</td>' in page
    assert 'href="#makes"' in page


def test_what_was_not_trained_on_has_no_such_line(folder: Path) -> None:
    summary = run(open_set(str(folder / "广东省.jsonl")), opener, folder / "out")
    assert "trained_on" not in summary
    for name in ("report.md", "report.html"):
        assert "Trained on" not in (folder / "out" / name).read_text()


def test_a_set_without_makes_is_summed_up_as_before(tmp_path: Path) -> None:
    case = {"id": "1", "question": "生产总值？", "kind": "figure", "answerable": True}
    path = write(tmp_path / "own.jsonl", case)
    (tmp_path / "own.txt").write_text(TEXT, encoding="utf-8")
    summary = run(open_set(str(path)), opener, tmp_path / "out")
    assert not {"by_make", "trained_on"} & summary.keys()
    assert "by make" not in (tmp_path / "out" / "report.md").read_text()
    assert 'id="makes"' not in (tmp_path / "out" / "report.html").read_text()
