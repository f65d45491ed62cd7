from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from corpus.errors import CorpusError
from corpus.loaders import parsing
from corpus.loaders.parsed import Parsed
from corpus.loaders.sheets.workbook import shown


def cells(parsed: Parsed, table: int = 0) -> dict[tuple[int, int], str]:
    found = parsed.layout.tables[table].cells
    return {(c.row, c.column): parsed.text[c.start : c.end] for c in found}


@pytest.fixture
def book(tmp_path: Path) -> Any:
    return xlsxwriter.Workbook(tmp_path / "a.xlsx")


def read(book: Any) -> Parsed:
    book.close()
    return parsing.extract(Path(book.filename), "xlsx")


def test_a_cell_over_two_columns_leaves_the_rest_of_its_row_in_place(book: Any) -> None:
    sheet = book.add_worksheet()
    sheet.write_row("A1", ["指标", "2024年", "2025年", "增速"])
    sheet.merge_range("A2:B2", "合并")
    sheet.write_row("C2", [35, 0.1 + 0.2])
    parsed = read(book)
    assert parsed.text == "指标\t2024年\t2025年\t增速\n合并\t\t35\t0.3"
    assert cells(parsed)[1, 2] == "35"


def test_titles_and_units_stand_above_notes_below_and_tables_apart(book: Any) -> None:
    sheet = book.add_worksheet()
    sheet.merge_range("A1:B1", "表1 主要指标")
    sheet.write("A2", "单位：万人")
    sheet.write_row("A3", ["指标", "2025年"])
    sheet.write_row("A4", ["城镇新增就业", 35])
    sheet.write("A5", "注：数据为快报数")
    sheet.write_row("A8", ["任务", "单位"])
    sheet.write_row("A9", ["建学校", "市教委"])
    parsed = read(book)
    assert parsed.text.split("\n") == [
        "表1 主要指标", "单位：万人", "指标\t2025年", "城镇新增就业\t35", "注：数据为快报数",
        "任务\t单位", "建学校\t市教委",
    ]  # fmt: skip
    assert [t.caption for t in parsed.layout.tables] == ["表1 主要指标 单位：万人", ""]


def test_what_is_hidden_is_left_out_and_said(book: Any) -> None:
    shown_sheet = book.add_worksheet("公开")
    shown_sheet.write_row("A1", ["指标", "草稿", "2025年"])
    shown_sheet.write_row("A2", ["就业", "旧数", "35万人"])
    shown_sheet.set_column("B:B", None, None, {"hidden": True})
    book.add_worksheet("底稿").hide()
    parsed = read(book)
    assert parsed.text == "指标\t2025年\n就业\t35万人"
    assert parsed.layout.left_out == ("1 处隐藏的列", "隐藏的工作表“底稿”")


def test_a_formula_that_was_never_worked_out_is_said(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    made.active.append(["合计", "说明"])
    made.active.append(["=1+1", "两项之和"])
    made.save(tmp_path / "a.xlsx")
    assert parsing.extract(tmp_path / "a.xlsx", "xlsx").layout.left_out == (
        "1 个没有算出结果的公式",
    )


@pytest.mark.parametrize(
    ("value", "form", "told"),
    [
        (0.365, "0.0%", "36.5%"), (12345, "#,##0", "12,345"), (0.1 + 0.2, "General", "0.3"),
        (5, "0.00", "5.00"), (3.5, "0.##", "3.5"), (35, '0"万人"', "35万人"), (-2, "0.0", "-2.0"),
        (True, "General", "TRUE"), (date(2025, 6, 1), 'yyyy"年"m"月"', "2025年6月"),
        (date(2025, 6, 1), "yyyy-mm-dd", "2025-06-01"), (1e15, "General", "1000000000000000"),
        ("文字", "0.0", "文字"),
    ],
)  # fmt: skip
def test_values_are_told_as_they_are_shown(value: object, form: str, told: str) -> None:
    assert shown(value, form) == told


def test_a_sheet_that_claims_too_many_cells_is_refused(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    made.active.cell(1_048_576, 16_384, "末")
    made.save(tmp_path / "a.xlsx")
    with pytest.raises(CorpusError, match=r"无法解析“a\.xlsx”"):
        parsing.extract(tmp_path / "a.xlsx", "xlsx")


def test_who_filled_a_sheet_in_and_when_is_no_row_of_headings(book: Any) -> None:
    sheet = book.add_worksheet()
    sheet.merge_range("A1:E1", "2025年就业任务完成情况")
    sheet.write("A2", "填报单位：市人社局")
    sheet.write("E2", "截至2025年12月31日")
    sheet.merge_range("A3:A4", "县区")
    sheet.merge_range("B3:C3", "城镇新增就业")
    sheet.merge_range("D3:E3", "技能培训")
    sheet.write_row("B4", ["目标", "完成", "目标", "完成"])
    sheet.write_row("A5", ["河阳区", 8600, 8945, 4200, 4303])
    parsed = read(book)
    (table,) = parsed.layout.tables
    assert (table.caption, table.headers) == ("2025年就业任务完成情况", 2)
    assert parsed.text.split("\n")[1:3] == [
        "填报单位：市人社局 截至2025年12月31日", "县区\t城镇新增就业\t\t技能培训",
    ]  # fmt: skip
