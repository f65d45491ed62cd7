from hypothesis import given
from hypothesis import strategies as st

from corpus.documents import Document
from corpus.loaders.markdown import layout
from corpus.rows import rows

TEXT = """# 报告

表1 主要指标

| 指标 | 2024年 | 2025年 |
|---|---:|---|
| 新增就业 | 36.2万人 | 35万人 |
| 粮食 |  | 250万吨 |

正文a|b。
"""


def test_a_table_between_bars_is_read_with_its_headings() -> None:
    document = Document("a", "a", TEXT, "md", layout=layout(TEXT))
    told = {TEXT[r.start : r.end]: r.spoken()[0] for r in rows(document).values() if r}
    assert told == {
        "| 新增就业 | 36.2万人 | 35万人 |": "新增就业，2024年36.2万人，2025年35万人",
        "| 粮食 |  | 250万吨 |": "粮食，2025年250万吨",
    }
    assert document.layout.tables[0].caption == "表1 主要指标"


def test_lines_with_as_many_tabs_are_a_table_and_one_alone_is_not() -> None:
    text = "正文。\r\n指标\t2025年\r\n就业\t35万人\r\n说明\t一\t二\r\n"
    found = layout(text).tables
    assert [[text[c.start : c.end] for c in t.cells] for t in found] == [
        ["指标", "2025年", "就业", "35万人"]
    ]


CELL = st.text("甲乙丙12.%\\ ", min_size=1, max_size=6).map(str.strip).filter(
    lambda cell: cell and not cell.endswith("\\")
)  # fmt: skip


@given(st.lists(st.lists(CELL, min_size=3, max_size=3), min_size=2, max_size=5), st.booleans())
def test_cells_are_the_very_characters_of_the_text(grid: list[list[str]], outer: bool) -> None:
    bar = "|" if outer else ""
    lines = [f"{bar} {' | '.join(row)} {bar}" for row in grid]
    text = "\n".join(["前言", lines[0], "|---|---|---|", *lines[1:]])
    (table,) = layout(text).tables
    found = [[text[c.start : c.end] for c in table.cells if c.row == r] for r in range(len(grid))]
    assert found == grid
