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
