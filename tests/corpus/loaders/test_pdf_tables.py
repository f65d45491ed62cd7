from pathlib import Path

from corpus.layout import Table
from corpus.loaders.parsed import Parsed
from corpus.loaders.pdf.document import parse
from tests.corpus.loaders.printing import needs_chromium, printed

pytestmark = needs_chromium
HEAD = "<thead><tr><th>指标</th><th>2024年完成</th><th>2025年目标</th></tr></thead>"


def rows(count: int, first: int = 1) -> str:
    told = (
        f"<tr><td>指标{n}</td><td>{n}</td><td>{n}.5</td></tr>" for n in range(first, first + count)
    )
    return "".join(told)


def grid(parsed: Parsed, table: Table) -> list[list[str]]:
    """Return the texts of a table by place, those of a merged cell at each."""
    high = 1 + max(cell.row for cell in table.cells)
    wide = max(cell.column + cell.columns for cell in table.cells)
    texts = [[""] * wide for _ in range(high)]
    for cell in table.cells:
        for row in range(cell.row, cell.row + cell.rows):
            for column in range(cell.column, cell.column + cell.columns):
                texts[row][column] = parsed.text[cell.start : cell.end]
    return texts


def test_a_ruled_table_has_its_cells_and_headings_and_its_text_stands_once(tmp_path: Path) -> None:
    html = (
        "<p>前文说明目标。</p><p class=middle>主要指标表</p><p class=right>单位：万元</p>"
        "<table><tr><th rowspan=2>指标</th><th colspan=2>2024年</th>"
        "<th rowspan=2>2025年目标</th></tr>"
        "<tr><th>目标</th><th>完成</th></tr>"
        "<tr><td>民生长效门户</td><td>5</td><td>6.2</td><td>7</td></tr></table><p>后文说明完成。</p>"
    )
    parsed = parse(printed(tmp_path, html))
    assert parsed.text == (
        "前文说明目标。\n主要指标表\n单位：万元\n指标\t2024年\t\t2025年目标\n\t目标\t完成\n"
        "民生长效门户\t5\t6.2\t7\n后文说明完成。"
    )
    (table,) = parsed.layout.tables
    assert (table.headers, table.caption) == (2, "主要指标表 单位：万元")
    assert grid(parsed, table) == [
        ["指标", "2024年", "2024年", "2025年目标"],
        ["指标", "目标", "完成", "2025年目标"],
        ["民生长效门户", "5", "6.2", "7"],
    ]


def test_a_merged_cell_stands_once_and_covers_its_places(tmp_path: Path) -> None:
    html = (
        f"<table>{HEAD}<tr><td rowspan=2>就业</td><td>36.2</td><td>35</td></tr>"
        "<tr><td>37</td><td>38</td></tr><tr><td>创新</td><td colspan=2>3.6</td></tr></table>"
    )
    parsed = parse(printed(tmp_path, html))
    (table,) = parsed.layout.tables
    assert parsed.text.count("就业") == parsed.text.count("3.6") == 1
    assert grid(parsed, table)[1:] == [
        ["就业", "36.2", "35"], ["就业", "37", "38"], ["创新", "3.6", "3.6"],
    ]  # fmt: skip


def test_a_table_without_rules_at_its_sides_keeps_its_first_and_last_column(tmp_path: Path) -> None:
    html = (
        "<table class=open><tr class=open><th>指标</th><th>完成</th><th>目标</th></tr>"
        "<tr class=open><td>就业</td><td>36.2</td><td>35</td></tr>"
        "<tr class=open><td colspan=3 class=open>二、创新</td></tr>"
        "<tr class=open><td>研发</td><td>3.6</td><td>3.7</td></tr></table>"
    )
    parsed = parse(printed(tmp_path, html))
    (table,) = parsed.layout.tables
    assert grid(parsed, table) == [
        ["指标", "完成", "目标"], ["就业", "36.2", "35"],
        ["二、创新", "二、创新", "二、创新"], ["研发", "3.6", "3.7"],
    ]  # fmt: skip


def test_a_cell_of_several_lines_is_one_text(tmp_path: Path) -> None:
    long = "研发投入强度保持较高水平并且持续提高超过全国平均水平"
    row = f"<tr><td>{long}</td><td>Wi-Fi 6</td><td>1</td></tr>"
    html = f"<table style='width:200pt'>{HEAD}{row}</table>"
    parsed = parse(printed(tmp_path, html))
    (table,) = parsed.layout.tables
    assert grid(parsed, table)[1] == [long, "Wi-Fi 6", "1"]


def test_a_table_that_goes_on_with_its_headings_again_is_one(tmp_path: Path) -> None:
    parsed = parse(printed(tmp_path, f"<table>{HEAD}{rows(60)}</table>"))
    (table,) = parsed.layout.tables
    assert parsed.text.count("2024年完成") == 1
    assert [row[0] for row in grid(parsed, table)] == ["指标", *(f"指标{n}" for n in range(1, 61))]
    second = parsed.layout.pages[1]
    assert parsed.text[second - 1] == "\n"
    assert parsed.text[second:].startswith("指标")
    assert parsed.layout.page_at(parsed.text.index("指标60")) == len(parsed.layout.pages) >= 2


def test_a_table_that_goes_on_without_its_headings_is_one(tmp_path: Path) -> None:
    html = f"<table>{HEAD.replace('thead', 'tbody')}{rows(60)}</table>"
    parsed = parse(printed(tmp_path, html))
    (table,) = parsed.layout.tables
    assert grid(parsed, table)[-1] == ["指标60", "60", "60.5"]
    assert table.headers == 1


def test_a_table_that_is_said_to_go_on_is_one(tmp_path: Path) -> None:
    widths = "<col style='width:40%'><col style='width:30%'><col style='width:30%'>"
    html = (
        f"<p class=middle>表1 主要指标</p><table>{widths}{HEAD}{rows(2)}</table>"
        f"<p class='middle next'>续表1</p><table>{widths}{HEAD}{rows(2, 3)}</table>"
    )
    parsed = parse(printed(tmp_path, html))
    (table,) = parsed.layout.tables
    assert [row[0] for row in grid(parsed, table)] == ["指标", "指标1", "指标2", "指标3", "指标4"]


def test_tables_of_their_own_columns_on_two_pages_are_two(tmp_path: Path) -> None:
    other = "<tr><th>年份</th><th>数</th></tr><tr><td>甲</td><td>1</td></tr>"
    html = f"<table>{HEAD}{rows(2)}</table><table class=next>{other}</table>"
    parsed = parse(printed(tmp_path, html))
    assert [grid(parsed, t)[0] for t in parsed.layout.tables] == [
        ["指标", "2024年完成", "2025年目标"], ["年份", "数"],
    ]  # fmt: skip


def test_prose_in_a_box_is_no_table(tmp_path: Path) -> None:
    html = "<div style='border:1px solid black'><p>全市经济运行平稳。</p><p>民生改善。</p></div>"
    parsed = parse(printed(tmp_path, html))
    assert (parsed.layout.tables, parsed.text) == ((), "全市经济运行平稳。\n民生改善。")


def test_the_rules_of_a_drawing_are_no_table(tmp_path: Path) -> None:
    lines = "".join(
        f"<line x1={n} y1=0 x2={n} y2=900 stroke=black />"
        f"<line x1=0 y1={n} x2=600 y2={n} stroke=black />"
        for n in range(0, 600, 5)
    )
    html = f"<p>图前文字。</p><svg width=600 height=900>{lines}</svg>"
    parsed = parse(printed(tmp_path, html))
    assert (parsed.layout.tables, parsed.text) == ((), "图前文字。")
