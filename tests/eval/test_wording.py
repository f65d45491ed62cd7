import json
from pathlib import Path

import pytest

from eval.compare import missed
from eval.run import read
from eval.statistics import means
from eval.wording import pastes, run, score

TEXT = "今年新建公园50个。完善养护机制。"
PASTE = {"text": "今年新建公园60个。", "verdict": "changed", "quote": "今年新建公园50个。",
         "changed": ["60个"]}  # fmt: skip
MATCH = {
    "start": 0,
    "end": 10,
    "diff": [
        {"op": "equal", "pasted": "今年新建公园"},
        {"op": "replace", "pasted": "60个"},
    ],
}


def test_a_right_check_scores_one_on_every_measure() -> None:
    check = {"verdict": "changed", "matches": [MATCH]}
    assert score(PASTE, check, TEXT) == {
        "right": 1.0, "never_exact": 1.0, "located": 1.0, "diff_shown": 1.0
    }  # fmt: skip


@pytest.mark.parametrize(
    ("check", "name", "score_"),
    [
        ({"verdict": "exact", "matches": [MATCH]}, "right", 0.0),
        ({"verdict": "exact", "matches": [MATCH]}, "never_exact", 0.0),
        ({"verdict": "changed", "matches": [{**MATCH, "start": 10, "end": 17}]}, "located", 0.0),
        ({"verdict": "changed", "matches": [{**MATCH, "diff": []}]}, "diff_shown", 0.0),
    ],
)
def test_a_wrong_check_loses_on_its_measure(
    check: dict[str, object], name: str, score_: float
) -> None:
    assert score(PASTE, check, TEXT)[name] == score_


def test_the_run_holds_the_floors_and_leaves_a_report(tmp_path: Path) -> None:
    summary = run(tmp_path)
    records = read(tmp_path)
    assert len(records) == len(pastes()) == 271
    assert means(records)["never_exact"] == 1.0
    assert missed("wording", means(records)) == []
    assert json.loads((tmp_path / "summary.json").read_text())["measures"] == summary["measures"]
    assert "Share of changed words" in (tmp_path / "report.html").read_text()
