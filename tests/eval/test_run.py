import json
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

import pytest

from corpus.errors import InputError
from eval.askers import Asker, Json, Local
from eval.compare import compare, missed
from eval.run import read, run, set_name
from eval.sets import World, open_set
from eval.statistics import means
from index.fusion import Mix
from index.search import Searcher
from rag.answers import Turn
from rag.assistant import Assistant
from rag.reader import Reader

SMOKE = open_set("smoke")


def opener(searcher: Searcher, reader: Reader, asker: type[Local] = Local) -> Any:
    def opened(world: World) -> AbstractContextManager[Asker]:
        return nullcontext(asker(searcher, Assistant(lambda: searcher, reader)))

    return opened


class Broken(Local):
    def ask(self, question: str, history: Sequence[Turn]) -> Json:
        raise RuntimeError("out of order")


def test_a_run_writes_a_record_a_question_and_the_same_figures_twice(
    searcher: Searcher, reader: Reader, tmp_path: Path
) -> None:
    first = run(SMOKE, opener(searcher, reader), tmp_path / "a")
    second = run(SMOKE, opener(searcher, reader), tmp_path / "b")
    records = read(tmp_path / "a")
    assert [r["case"]["id"] for r in records] == [case.id for case in SMOKE.worlds[0].cases]
    assert len(records) == 30
    assert set_name(tmp_path / "a") == "smoke"
    for key in ("measures", "kinds", "refusal"):
        assert first[key] == second[key]
    assert first["measures"]["verbatim"]["mean"] == 1.0
    assert first["index_version"] == searcher.contents.version
    assert missed("smoke", means(records)) == []
    assert compare(records, read(tmp_path / "b")).changes == ()
    assert json.loads((tmp_path / "a" / "summary.json").read_text()) == first


def test_a_planted_regression_turns_the_gate_red(
    searcher: Searcher, reader: Reader, tmp_path: Path
) -> None:
    run(SMOKE, opener(searcher, reader), tmp_path / "good")
    upside_down = Searcher(searcher.contents, searcher._embedder, Mix(-1.0, -1.0, -1.0))
    run(SMOKE, opener(upside_down, reader), tmp_path / "bad")
    found = compare(read(tmp_path / "good"), read(tmp_path / "bad"))
    assert found.losses >= 10
    assert found.tests["citation_recall"]["high"] < 0
    assert found.tests["citation_recall"]["p"] < 0.05
    assert any(miss.startswith("right") for miss in missed("smoke", found.after))
    assert missed("smoke", found.after, found.before)


def test_a_question_that_crashes_is_recorded_and_scores_nothing(
    searcher: Searcher, reader: Reader, tmp_path: Path
) -> None:
    summary = run(SMOKE, opener(searcher, reader, Broken), tmp_path)
    assert summary["measures"]["right"] == {"n": 30, "mean": 0.0, "low": 0.0, "high": 0.0}
    assert summary["measures"]["refused_rightly"]["mean"] == 0.0  # a crash is no honest no
    assert all("out of order" in record["given"]["crash"] for record in read(tmp_path))


def test_a_folder_without_a_run_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="没有评测结果"):
        read(tmp_path)
