from corpus.documents import Document
from corpus.loaders.parsed import Box, Scribe, header_rows
from corpus.rows import Row, rows
from corpus.structure import outline


def table(*grid: tuple[str | Box | None, ...], caption: str = "") -> Document:
    boxes = [[Box(c) if isinstance(c, str) else c for c in row] for row in grid]
    scribe = Scribe()
    scribe.line(caption)
    scribe.table(boxes, header_rows(boxes), caption)
    parsed = scribe.done()
    return Document("t", "主要指标", parsed.text, "docx", layout=parsed.layout)


def row(document: Document, name: str) -> Row:
    return next(r for r in rows(document).values() if r and r.name == name)


JOBS = table(
    ("指标", "2024年完成（万人）", "2025年目标（万人）"), ("城镇新增就业", "36.2", "35万人左右")
)


def test_a_row_is_said_with_its_headings_and_a_bare_figure_with_its_unit() -> None:
    told, places = row(JOBS, "城镇新增就业").spoken()
    assert told == "城镇新增就业，2024年完成36.2万人，2025年目标35万人左右"
    found = row(JOBS, "城镇新增就业")
    line = JOBS.text[found.start : found.end]
    assert line == "城镇新增就业\t36.2\t35万人左右"
    at = told.index("36.2")
    assert [line[places[at + i]] for i in range(4)] == list("36.2")


def test_headings_of_two_rows_are_put_together_where_a_cell_is_over_two_columns() -> None:
    two = table(
        (Box("行业", rows=2), Box("2023年", columns=2), None, Box("2024年", columns=2), None),
        (None, "增加值", "增速", "增加值", "增速"),
        ("工业", "5321", "4.0", "5588", "4.6"),
    )
    assert [f.heading for f in row(two, "工业").fields] == [
        "2023年增加值", "2023年增速", "2024年增加值", "2024年增速",
    ]  # fmt: skip


def test_units_stand_in_a_column_beside_the_name_or_above_the_table() -> None:
    column = table(("指标", "单位", "2024年"), ("粮食产量", "万吨", "256"))
    assert [f.told for f in row(column, "粮食产量").fields] == ["256万吨"]
    name = table(("指标", "2024年"), ("粮食产量（万吨）", "256"))
    assert row(name, "粮食产量（万吨）").fields[0].told == "256万吨"
    above = table(("项目", "2024年"), ("教育支出", "480"), caption="单位：亿元")
    assert row(above, "教育支出").fields[0].told == "480亿元"


def test_a_numbered_row_is_named_by_its_second_column() -> None:
    tasks = table(("序号", "任务", "责任单位"), ("1", "新建学校20所", "市教委"))
    found = row(tasks, "新建学校20所")
    assert [(f.heading, f.text) for f in found.fields] == [("责任单位", "市教委")]


def test_a_row_of_one_cell_groups_those_below() -> None:
    groups = table(
        ("指标", "2024年"), (Box("一、就业", columns=2), None), ("城镇新增就业", "36.2万人")
    )
    assert row(groups, "城镇新增就业").group == "一、就业"
    assert row(groups, "城镇新增就业").spoken()[0] == "一、就业，城镇新增就业，2024年36.2万人"


def test_a_row_is_one_sentence_whatever_marks_it_holds() -> None:
    marks = table(("事项", "内容"), ("一、学校", "新建20所。改建5所！"))
    sentences = outline(marks).sentences
    assert [marks.text[s.start : s.end] for s in sentences] == [
        "事项\t内容", "一、学校\t新建20所。改建5所！",
    ]  # fmt: skip
    assert [s.is_heading for s in sentences] == [True, False]
    plain = Document("p", "主要指标", marks.text, "txt")  # the control: no table is known
    assert len(outline(plain).sentences) == 3


def test_a_row_is_named_by_the_first_words_that_tell_rows_apart() -> None:
    kinds = table(
        ("类别", "序号", "项目名称", "总投资"),
        (Box("水利", rows=2), "1", "水库加固", "14280"), (None, "2", "堤防提升", "26750"),
    )  # fmt: skip
    assert [[label.text for label in r.labels] for r in rows(kinds).values() if r] == [
        ["水利", "水库加固"], ["水利", "堤防提升"],
    ]  # fmt: skip
    codes = table(
        ("单位", "岗位代码", "岗位名称", "人数"), ("市医院", "A01", "医师", "4"),
        ("市医院", "A02", "护士", "2"),
    )  # fmt: skip
    found = row(codes, "市医院医师")  # 单位 of people is no unit, and a code names nobody
    assert [(f.heading, f.text) for f in found.fields] == [("岗位代码", "A01"), ("人数", "4")]


def test_what_is_a_part_stands_under_its_whole_and_counts_in_its_unit() -> None:
    parts = table(
        ("项目", "2025年"), ("基金支出（万元）", "7114"), ("其中：保险金", "3228"),
        ("参保人数（万人）", "63"),
    )  # fmt: skip
    found = row(parts, "其中：保险金")
    assert (found.group, found.fields[0].told) == ("基金支出（万元）", "3228万元")
    assert row(parts, "参保人数（万人）").group == ""


def test_a_unit_in_brackets_counts_wherever_it_stands_in_the_heading() -> None:
    two = table(
        ("景区", Box("接待量（万人次）", columns=2), None), (None, "2024年", "2025年"),
        ("古镇（老街）", "251.8", "263.4"),
    )  # fmt: skip
    assert [(f.name, f.told) for f in row(two, "古镇（老街）").fields] == [
        ("接待量2024年", "251.8万人次"), ("接待量2025年", "263.4万人次"),
    ]  # fmt: skip


def test_a_column_in_which_a_row_has_nothing_is_known() -> None:
    gaps = table(("地区", "产值", "增速"), ("甲区", "5", "—"), ("乙区", None, "4%"))
    assert [f.is_blank for f in row(gaps, "甲区").fields] == [False, True]
    assert row(gaps, "乙区").missing == ("产值",)
