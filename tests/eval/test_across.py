from pathlib import Path

import pytest

from eval.across import OUTCOMES, TABLE, main, outcome, outcomes, read_tables
from rag.assembly import Assembly


@pytest.mark.parametrize(
    ("value", "written", "what"),
    [
        ("5%左右", "5%左右", "right"), ("4.5%—5%", "4.5%-5%", "right"), ("6％", "6%", "right"),
        ("5%", "5.5%", "wrong"), ("5%", "", "missed"), ("", "5%", "extra"), ("", "", "none"),
        ("与经济增长同步", "5%", "extra"), ("120万人", "120万人以上", "right"),
    ],
)  # fmt: skip
def test_what_becomes_of_a_figure(value: str, written: str, what: str) -> None:
    assert outcome(value, written) == what


def test_tables_are_held_against_reports(provinces: Assembly) -> None:
    values = {"山西省": "45万人", "湖南省": "71万人", "陕西省": ""}
    counted = outcomes("今年城镇新增就业目标", values, provinces.searcher())
    assert {name: counted[name] for name in OUTCOMES} == {
        "right": 1, "wrong": 1, "missed": 0, "extra": 1, "none": 0,
    }  # fmt: skip


def test_the_shipped_table_has_every_province_for_each_indicator() -> None:
    tables = read_tables(TABLE)
    assert len(tables) == 10
    assert {len(values) for values in tables.values()} == {31}


def test_it_prints_a_line_an_indicator(
    provinces: Assembly, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "t.csv"
    table.write_text("asked,place,value\n今年城镇新增就业目标,山西省,45万人\n")
    main([str(table), "--home", str(provinces.config.home)])
    assert capsys.readouterr().out.splitlines()[-1] == (
        "total right 1 wrong 0 missed 0 extra 0 none 0"
    )
