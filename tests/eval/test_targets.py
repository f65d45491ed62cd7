from pathlib import Path
from typing import Any

import pytest

from eval.compare import missed
from eval.measures.targets import registry
from eval.run import read
from eval.statistics import means
from eval.targets import paired, run

TEXT = "改造燃气管网623公里、供热管网150公里。"


def row(indicator: str, value: float, **other: Any) -> dict[str, Any]:
    given = {"unit": "公里", "kind": "target", "quote": f"{indicator}{value:g}公里",
             "start": 0, "end": len(TEXT)}  # fmt: skip
    return {"indicator": indicator, "value": value, **given, **other}


GAS, HEAT = row("燃气管网", 623), row("供热管网", 150)


def test_rows_are_paired_by_number_and_place_and_each_only_once() -> None:
    assert list(paired(TEXT, [HEAT, GAS], [GAS, HEAT])) == [(GAS, GAS), (HEAT, HEAT)]
    assert list(paired(TEXT, [GAS], [GAS, GAS])) == [(GAS, GAS), (None, GAS)]
    assert list(paired(TEXT, [row("燃气管网", 623, start=40, end=50)], [GAS])) == [(None, GAS)]


@pytest.mark.parametrize(
    ("listed", "meant", "measure"),
    [(None, GAS, "found"), (GAS, None, "true"), (row("燃气管网", 623, unit="米"), GAS, "same_unit"),
     (row("燃气管网", 623, kind="result"), GAS, "same_kind"),
     (row("公园绿地", 623), GAS, "same_indicator")],
)  # fmt: skip
def test_a_fault_loses_on_its_measure(listed: Any, meant: Any, measure: str) -> None:
    scores = {name: each(listed, meant) for name, each in registry().items()}
    assert scores[measure] == scores["right"] == 0.0
    assert all(each(GAS, GAS) == 1.0 for each in registry().values())


def test_the_run_holds_the_floors(tmp_path: Path) -> None:
    run(tmp_path)
    records = read(tmp_path)
    assert {r["case"]["kind"] for r in records} == {"tianjin", "lanzhou_city", "lanxi_city"}
    assert len([r for r in records if r["scores"]["found"] is not None]) == 490
    assert missed("targets", means(records)) == []
