"""Tables that only line up: on a page of pieces, and printed without rules down the columns."""

from pathlib import Path

from corpus.documents import Document
from corpus.loaders.pages.aligned import with_tables
from corpus.loaders.pages.pieces import Piece, Sheet
from corpus.loaders.pdf.document import parse
from corpus.rows import rows
from tests.corpus.loaders.printing import needs_chromium, printed

LEFT = (50, 150, 200, 260, 320)


def piece(text: str, x: float, line: float) -> Piece:
    return Piece(text, x, line * 20, x + 10 * len(text), line * 20 + 10, 10)


def page(*lines: tuple[str, ...]) -> Sheet:
    placed = [(text, n, at) for at, line in enumerate(lines) for n, text in enumerate(line)]
    pieces = [piece(text, LEFT[n], at) for text, n, at in placed if text]
    return Sheet(pieces, width=500)


def texts(sheet: Sheet) -> list[list[str]]:
    (grid,) = sheet.grids
    return [[box.text if box else "" for box in row] for row in grid.rows]


def test_lines_of_figures_below_one_another_are_a_table_with_their_headings() -> None:
    found = with_tables(page(
        ("2024年主要指标",), ("指标", "单位", "上半年", "全年"), ("新房", "套", "680", "1240"),
        ("旧房", "套", "", "98"), ("桥", "座", "3", "5"), ("后文说明。",),
    ))  # fmt: skip
    assert texts(found) == [
        ["指标", "单位", "上半年", "全年"], ["新房", "套", "680", "1240"],
        ["旧房", "套", "", "98"], ["桥", "座", "3", "5"],
    ]  # fmt: skip
    assert [p.text for p in found.pieces] == ["2024年主要指标", "后文说明。"]


def test_words_in_columns_two_rows_and_prose_are_no_table() -> None:
    for lines in (
        (("甲", "乙", "丙"), ("丁", "戊", "己"), ("庚", "辛", "壬")),
        (("甲", "1", "2"), ("乙", "3", "4")),
        (("本市新建公园50个。",), ("改造管网623公里。",), ("新增就业35万人。",)),
    ):
        assert with_tables(page(*lines)) == page(*lines)


TABLE = """<style>td, th { border: 0; border-bottom: 1px solid black; text-align: right }
td:first-child { text-align: left }</style>
<table><tr><th rowspan=2>指标名称</th><th rowspan=2>单位</th><th colspan=2>2025年各季度</th>
<th rowspan=2>全年</th></tr><tr><th>一季度</th><th>二季度</th></tr>
<tr><td colspan=5 style="text-align: left">一、商品房市场</td></tr>
<tr><td>商品住宅销售面积</td><td>万平方米</td><td>41.7</td><td>52.3</td><td>180.4</td></tr>
<tr><td>其中：东屏区</td><td>万平方米</td><td>11.2</td><td>14.6</td><td>49.0</td></tr>
<tr><td>商品住宅销售均价</td><td>元/平方米</td><td>8,146</td><td>8,092</td><td>8,064</td></tr>
</table>"""


@needs_chromium
def test_a_printed_table_without_rules_down_its_columns_is_read_with_two_rows_of_headings(
    tmp_path: Path,
) -> None:
    parsed = parse(printed(tmp_path, f"<p>表1 分季度指标</p>{TABLE}<p>后文说明。</p>"))
    document = Document("a", "a", parsed.text, "pdf", layout=parsed.layout)
    told = [row.spoken()[0] for row in rows(document).values() if row]
    assert told == [
        "一、商品房市场，商品住宅销售面积，2025年各季度一季度41.7万平方米，"
        "2025年各季度二季度52.3万平方米，全年180.4万平方米",
        "一、商品房市场，商品住宅销售面积，其中：东屏区，2025年各季度一季度11.2万平方米，"
        "2025年各季度二季度14.6万平方米，全年49.0万平方米",
        "一、商品房市场，商品住宅销售均价，2025年各季度一季度8,146元/平方米，"
        "2025年各季度二季度8,092元/平方米，全年8,064元/平方米",
    ]


@needs_chromium
def test_headings_in_the_middle_stand_over_what_is_at_the_left(tmp_path: Path) -> None:
    style = "<style>td, th { border: 0; text-align: left } th { text-align: center }</style>"
    lines = (("云杉路幼儿园", "360", "2024年9月"), ("实验小学扩建", "1080", "2024年5月"),
             ("希望小学迁建", "720", "2025年3月"))  # fmt: skip
    body = "".join(f"<tr>{''.join(f'<td>{x}</td>' for x in line)}</tr>" for line in lines)
    head = "<tr><th>学校名称</th><th>学位（个）</th><th>开工时间</th></tr>"
    remark = "<p>填报单位：市教育委员会 截至2025年6月30日</p>"
    parsed = parse(printed(tmp_path, f"{style}{remark}<table>{head}{body}</table>"))
    document = Document("a", "a", parsed.text, "pdf", layout=parsed.layout)
    told = [row.spoken()[0] for row in rows(document).values() if row]
    assert told[0] == "云杉路幼儿园，学位360个，开工时间2024年9月"
    assert parsed.text.startswith("填报单位：市教育委员会")
