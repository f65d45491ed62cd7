import tomllib
from pathlib import Path

from corpus.loaders import load
from eval.cases import Case
from eval.fitcells import fit
from eval.sets import World
from index.embedders import Embedder
from rag.reader import Reader

ROWS = ("新建充电桩,8100个,9300个", "更新公交车,410辆,520辆", "新增停车位,1.4万个,1.9万个")


def test_weights_are_fitted_on_the_cells_that_questions_ask_for(
    tmp_path: Path, embedder: Embedder, reader: Reader
) -> None:
    (tmp_path / "a.csv").write_text("\n".join(("指标,2024年完成,2025年目标", *ROWS)))
    cases = []
    for label, done, goal in (row.split(",") for row in ROWS):
        cases += [
            Case(f"{label}1", f"2024年{label}完成了多少？", "year", True, [done]),
            Case(f"{label}2", f"{label}2025年的目标是多少？", "year", True, [goal]),
            Case(f"{label}3", f"{label}由哪个部门负责？", "near", False),
        ]
    text = fit(World(cases, load([tmp_path / "a.csv"])), embedder, reader, "made up")
    assert (
        text.splitlines()[0] == "# Written by `jinwen eval fit` from made up: 15 questions."
    )  # 6 of made-up rows
    rule = tomllib.loads(text)
    assert [len(rule[name]) for name in ("match", "choose", "sure")] == [6, 7, 7]
    assert rule["choose"][-1] > 0  # what the reader says counts for a cell
