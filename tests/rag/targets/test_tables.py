import csv
from dataclasses import replace
from io import BytesIO, StringIO
from typing import Any

from openpyxl import load_workbook

from corpus.library import shipped
from rag.targets.comparison import side_by_side
from rag.targets.finder import targets
from rag.targets.tables import as_csv, as_xlsx, comparing, listing

FOUND = targets(shipped())


def sheet(content: bytes) -> list[tuple[Any, ...]]:
    book = load_workbook(BytesIO(content))
    return list(book.active.iter_rows(values_only=True))


def test_a_workbook_holds_numbers_as_numbers_and_the_source_of_each() -> None:
    head, *rows = sheet(as_xlsx(listing(FOUND), "目标清单"))
    assert head[:3] == ("指标", "数值", "单位")
    gas = dict(zip(head, next(row for row in rows if row[0] == "燃气管网"), strict=True))
    assert (gas["数值"], gas["单位"], gas["文档"]) == (623, "公里", "tianjin-2024")
    assert shipped()[0].text[gas["起"] : gas["止"]] == gas["原文"]
    assert len(rows) == len(FOUND)


def test_the_ends_of_a_range_and_its_words_stand_last() -> None:
    report = replace(shipped()[0], text="地区生产总值增长4.5%—5%。", place="甲市", plan_year=2026)
    head, row = sheet(as_xlsx(listing(targets([report])), "目标清单"))
    assert head[-4:] == ("上限", "写法", "年份", "地区")
    assert (row[1], row[2], *row[-4:]) == (4.5, "%", 5, "4.5%—5%", 2026, "甲市")


def test_an_unquantified_target_has_an_empty_figure() -> None:
    rows = sheet(as_xlsx(listing(FOUND), "目标清单"))
    assert {row[1] for row in rows if row[0] == "城中村改造项目"} <= {None, ""}


def test_no_cell_is_taken_for_a_formula() -> None:
    evil = replace(FOUND[0], indicator="=HYPERLINK(1)", quote="+1-1")
    (_, row) = sheet(as_xlsx(listing([evil]), "目标清单"))
    assert row[0] == "=HYPERLINK(1)"
    book = load_workbook(BytesIO(as_xlsx(listing([evil]), "目标清单")))
    assert book.active["A2"].data_type == "s"  # text; a formula has "f"
    _, cells = csv.reader(StringIO(as_csv(listing([evil]))))
    assert (cells[0], cells[6]) == ("'=HYPERLINK(1)", "'+1-1")


def test_a_comparison_has_a_figure_and_words_for_each_document() -> None:
    other = replace(shipped()[0], id="b", text="今年改造燃气管网240公里、供热管网96公里。")
    rows = side_by_side([*FOUND, *targets([other])], ["tianjin-2024", "b"])
    head, gas, heat = sheet(as_xlsx(comparing(rows, ["甲", "乙"]), "目标清单"))
    assert head == ("指标", "甲", "甲（原文）", "乙", "乙（原文）")
    assert (gas[0], gas[1], gas[3]) == ("燃气管网", "623公里", "240公里")
    assert heat[4] == "今年改造燃气管网240公里、供热管网96公里"


def test_an_empty_list_is_a_table_with_a_head() -> None:
    assert sheet(as_xlsx(listing([]), "目标清单"))[0][0] == "指标"
    assert as_csv(comparing([], [])).strip() == "指标"
