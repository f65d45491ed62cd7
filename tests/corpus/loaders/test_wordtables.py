from corpus.layout import Table
from corpus.loaders.parsed import Parsed
from corpus.loaders.word.body import parse
from tests.corpus.loaders.files_word import cell, para, row, run, table, word_file

ON, OFF = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def read(*blocks: str) -> Parsed:
    return parse(word_file("".join(blocks)))


def places(parsed: Parsed, number: int = 0) -> list[tuple[str, int, int, int, int]]:
    cells = parsed.layout.tables[number].cells
    return [(parsed.text[c.start : c.end], c.row, c.column, c.rows, c.columns) for c in cells]


def span(columns: int) -> str:
    return f'<w:gridSpan w:val="{columns}"/>'


def test_merged_cells_stand_at_their_places() -> None:
    parsed = read(table(
        row(cell("指标", properties=ON), cell("2024年", properties=span(2)), "备注"),
        row(cell("", properties=OFF), "目标", "完成", "无"),
        row("管网", "600", cell("623", properties=ON), "公里"),
        row("小区", "270", cell("", properties=OFF), "个"),
    ))  # fmt: skip
    assert (
        parsed.text
        == "指标\t2024年\t\t备注\n\t目标\t完成\t无\n管网\t600\t623\t公里\n小区\t270\t\t个"
    )
    assert places(parsed)[:7] == [
        ("指标", 0, 0, 2, 1), ("2024年", 0, 1, 1, 2), ("备注", 0, 3, 1, 1),
        ("目标", 1, 1, 1, 1), ("完成", 1, 2, 1, 1), ("无", 1, 3, 1, 1), ("管网", 2, 0, 1, 1),
    ]  # fmt: skip
    assert ("623", 2, 2, 2, 1) in places(parsed)
    assert parsed.layout.tables[0].headers == 2


def test_columns_a_row_leaves_out_at_its_ends_are_empty() -> None:
    before = '<w:gridBefore w:val="1"/><w:gridAfter w:val="1"/>'
    parsed = read(table(row("甲", "乙", "丙"), row("丁", properties=before)))
    assert parsed.text == "甲\t乙\t丙\n\t丁"
    assert places(parsed)[-1] == ("丁", 1, 1, 1, 1)


def test_cells_merged_the_old_way_are_one() -> None:
    first, second = '<w:hMerge w:val="restart"/>', "<w:hMerge/>"
    parsed = read(
        table(row(cell("甲", properties=first), cell(properties=second), "乙"), row(*"子丑寅"))
    )
    assert places(parsed)[:2] == [("甲", 0, 0, 1, 2), ("乙", 0, 2, 1, 1)]


def test_a_cell_that_goes_on_from_nowhere_keeps_its_text() -> None:
    parsed = read(
        table(row(cell("甲", properties=OFF), "乙"), row(cell("丙", properties=span(2) + OFF)))
    )
    assert parsed.text == "甲\t乙\n丙"


def test_a_span_that_lies_does_not_fill_the_memory() -> None:
    parsed = read(table(row(cell("甲", properties=span(999_999_999)), "乙")))
    assert places(parsed) == [("甲", 0, 0, 1, 1000), ("乙", 0, 1000, 1, 1)]


def test_deleted_rows_and_cells_are_left_out_and_inserted_ones_are_read() -> None:
    parsed = read(table(
        row("甲", "乙"),
        row("丙", "丁", properties='<w:del w:id="1"/>'),
        row("戊", cell("旧", properties='<w:cellDel w:id="2"/>'), "己",
            properties='<w:ins w:id="3"/>'),
    ))  # fmt: skip
    assert parsed.text == "甲\t乙\n戊\t己"


def test_rows_and_cells_in_content_controls_are_read() -> None:
    held = "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>".format
    parsed = read(table(row(held(cell("甲")), "乙"), held(row("丙", held(cell(held(para("丁"))))))))
    assert parsed.text == "甲\t乙\n丙\t丁"


def test_a_table_in_a_table_is_read_after_it() -> None:
    inner = table(row("子", "丑"))
    parsed = read(table(row(cell("甲", inner, "乙"), "丙"), row("丁", "戊")), para("后"))
    assert parsed.text == "甲 乙\t丙\n丁\t戊\n子\t丑\n后"
    assert len(parsed.layout.tables) == 2
    assert places(parsed, 1) == [("子", 0, 0, 1, 1), ("丑", 0, 1, 1, 1)]


def test_a_frame_around_text_is_no_table() -> None:
    parsed = read(table(row(cell("甲", table(row("子", "丑")), "乙"))))
    assert parsed.text == "甲\n子\t丑\n乙"
    assert len(parsed.layout.tables) == 1


def test_rows_repeated_on_every_page_are_the_headings() -> None:
    head = "<w:tblHeader/>"
    rows = [row("甲", "乙", properties=head), row("丙", "丁", properties=head), row("1", "2")]
    assert read(table(*rows)).layout.tables[0].headers == 2
    off = row("甲", "乙", properties='<w:tblHeader w:val="0"/>')
    assert read(table(off, row("丙", "丁"), row("戊", "己"))).layout.tables[0].headers == 1


def test_the_lines_above_a_table_say_what_it_is_about() -> None:
    def captions(*lines: str) -> list[str]:
        tables: tuple[Table, ...] = read(*map(para, lines), table(row("甲", "1"))).layout.tables
        return [t.caption for t in tables]

    assert captions("表1 主要指标", "单位：万元") == ["表1 主要指标 单位：万元"]
    assert captions("主要指标完成情况表（2024年）") == ["主要指标完成情况表（2024年）"]
    assert captions("前文", "单位：万元") == ["单位：万元"]
    assert captions("表1 主要指标", "其他文字。") == [""]


def test_tracked_changes_in_a_cell_read_as_accepted() -> None:
    inserted = f'<w:ins w:id="1">{run("4.5万人")}</w:ins>'
    gone = f'<w:del w:id="2">{run("4万人")}</w:del>'
    assert read(table(row("就业", cell(para(inserted, gone))))).text == "就业\t4.5万人"
