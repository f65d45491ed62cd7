import json
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.errors import InputError
from eval.cases import DATASETS, load
from eval.compare import compare, missed
from eval.run import read, run, set_name
from eval.sets import open_set
from eval.statistics import means
from index.fusion import Mix
from index.search import Searcher

SMOKE = load(DATASETS / "tianjin.jsonl")[::8]


def test_a_run_writes_a_record_a_question_and_the_same_figures_twice(
    searcher: Searcher, tmp_path: Path
) -> None:
    first = run("smoke", SMOKE, searcher, tmp_path / "a")
    second = run("smoke", SMOKE, searcher, tmp_path / "b")
    records = read(tmp_path / "a")
    assert [r["case"]["id"] for r in records] == [case.id for case in SMOKE]
    assert set_name(tmp_path / "a") == "smoke"
    for key in ("measures", "kinds", "auroc"):
        assert first[key] == second[key]
    assert first["measures"]["verbatim"]["mean"] == 1.0
    assert missed("smoke", means(records)) == []
    assert compare(records, read(tmp_path / "b")).changes == ()
    report = (tmp_path / "a" / "report.md").read_text()
    wrong = sum(r["scores"]["right"] < 1 for r in records)
    assert f"## Wrong: {wrong}" in report
    assert json.loads((tmp_path / "a" / "summary.json").read_text()) == first


def test_a_planted_regression_turns_the_gate_red(searcher: Searcher, tmp_path: Path) -> None:
    run("smoke", SMOKE, searcher, tmp_path / "good")
    upside_down = Searcher(searcher.contents, searcher._embedder, Mix(-1.0, -1.0, -1.0))
    run("smoke", SMOKE, upside_down, tmp_path / "bad")
    found = compare(read(tmp_path / "good"), read(tmp_path / "bad"))
    assert len(found.changes) - found.wins >= 10
    assert found.p < 0.05
    assert any(miss.startswith("right 为") for miss in missed("smoke", found.after, found.before))


def test_a_question_that_crashes_keeps_its_place_and_scores_nothing(
    searcher: Searcher, tmp_path: Path
) -> None:
    broken = replace(SMOKE[0], id="broken", question=None)  # type: ignore[arg-type]
    run("crash", [broken, SMOKE[1]], searcher, tmp_path)
    first, _ = read(tmp_path)
    assert first["case"]["id"] == "broken"
    assert "Traceback" in first["given"]["crash"]
    assert first["scores"]["right"] == 0.0


def test_public_questions_come_with_their_passages(tmp_path: Path) -> None:
    question = {"id": "q", "question": "哪年？", "answers": ["1990年"], "answer_starts": [2],
                "passage_id": "p", "title": "甲"}  # fmt: skip
    (tmp_path / "x_questions.jsonl").write_text(json.dumps(question) + "\n")
    (tmp_path / "x_passages.jsonl").write_text('{"id": "p", "text": "建于1990年。"}\n')
    chosen = open_set(str(tmp_path / "x_questions.jsonl"))
    assert chosen.documents[0].id == "p"
    assert chosen.cases[0].evidence_spans({"p": "建于1990年。"}) == [("p", 2, 7)]


def test_an_unknown_set_names_those_there_are() -> None:
    with pytest.raises(InputError, match="可用 tianjin、smoke"):
        open_set("nothing")
    with pytest.raises(InputError, match="请先运行 jinwen eval run"):
        read(Path("/nowhere"))
