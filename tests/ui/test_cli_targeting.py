import csv
import io
import json
import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook

from rag.assembly import Assembly
from ui.cli.main import main


def _said(assembly: Assembly, capsys: pytest.CaptureFixture[str], *options: str) -> str:
    main(["--home", str(assembly.config.home), "targets", *options])
    return capsys.readouterr().out


def test_json_has_the_fields_of_the_contract(
    assembly: Assembly, capsys: pytest.CaptureFixture[str]
) -> None:
    found = json.loads(_said(assembly, capsys, "--json"))
    gas = next(t for t in found if t["indicator"] == "燃气管网")
    assert set(gas) == {"indicator", "value", "unit", "qualifier", "kind", "quote", "document_id",
                        "section", "start", "end", "high", "written", "figure_start", "figure_end",
                        "year", "place"}  # fmt: skip
    assert (gas["value"], gas["unit"], gas["kind"]) == (623, "公里", "target")


def test_csv_can_be_read_back(assembly: Assembly, capsys: pytest.CaptureFixture[str]) -> None:
    table = list(csv.DictReader(io.StringIO(_said(assembly, capsys, "--csv"))))
    assert len(table) == 28
    assert {row["类别"] for row in table} == {"目标"}
    heat = next(row for row in table if row["指标"] == "供热管网")
    assert (heat["数值"], heat["单位"], heat["文档"]) == ("150", "公里", "tianjin-2024")


def test_plain_lines_say_what_has_no_figure(
    assembly: Assembly, capsys: pytest.CaptureFixture[str]
) -> None:
    said = _said(assembly, capsys)
    assert "150公里\t供热管网（目标）" in said
    assert "一批\t城中村改造项目（目标）" in said


def test_a_workbook_is_written(
    assembly: Assembly, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert _said(assembly, capsys, "--xlsx", str(tmp_path / "目标.xlsx")) == ""
    rows = list(load_workbook(tmp_path / "目标.xlsx").active.values)
    assert len(rows) == 29
    assert ("供热管网", 150, "公里") in [row[:3] for row in rows]


def test_two_reports_are_compared(
    assembly: Assembly, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    home = tmp_path / "home"
    shutil.copytree(assembly.config.home, home)
    other = tmp_path / "yi.txt"
    other.write_text("乙市2023年政府工作报告\n\n今年改造燃气管网240公里。\n", encoding="utf-8")
    main(["--home", str(home), "index", "add", str(other)])
    capsys.readouterr()
    main(["--home", str(home), "targets", "--compare", "--json"])
    (row,) = json.loads(capsys.readouterr().out)
    assert row["indicator"] == "燃气管网"
    assert {d: [t["value"] for t in told] for d, told in row["documents"].items()} == {
        "tianjin-2024": [623], "yi": [240],
    }  # fmt: skip
    main(["--home", str(home), "targets", "--compare"])
    assert "623公里（目标）" in capsys.readouterr().out
