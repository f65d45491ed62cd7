from base64 import b64decode
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from corpus.library import shipped
from corpus.loaders import load
from rag.assembly import Assembly, Config
from rag.targets.finder import targets
from ui.web.goals import Choice, Goals
from ui.web.goaltables import compared, listed

FOUND = targets(shipped())
TITLES = {"tianjin-2024": "天津"}
_OTHER = "乙市2024年政府工作报告\n\n今年改造燃气管网240公里、供热管网96公里。\n"


@pytest.fixture
def two(assembly: Assembly, tmp_path: Path) -> Goals:
    """The targets of a home with the shipped report and a second one."""
    made = Assembly(Config(tmp_path / "home", assembly.config.embedder))
    made.upkeep().rebuild()
    other = tmp_path / "yi.txt"
    other.write_text(_OTHER, encoding="utf-8")
    made.upkeep().add(load([other]))
    return Goals(made)


def test_targets_are_chosen_by_word_kind_and_section_and_put_in_order() -> None:
    assert len(Choice("管网").of(FOUND)) == 3
    assert Choice(kind="已完成").of(FOUND) == []
    parks = Choice(kind="目标", section="优化生态宜居品质").of(FOUND)
    assert [t.indicator for t in parks] == ["口袋公园"]
    falling = [t.value or 0 for t in Choice(order="按数值（大到小）").of(FOUND)]
    assert falling == sorted(falling, reverse=True)
    assert Choice(documents=["another"]).of(FOUND) == []


def test_a_row_leads_to_its_words() -> None:
    (gas, *_) = Choice("燃气").of(FOUND)
    html = listed([gas], TITLES)
    assert "<td>燃气管网</td><td>623公里</td>" in html
    assert f"href='#cite=tianjin-2024:{gas.start}:{gas.end}'" in html
    assert "天津" not in html
    assert "<td>天津</td>" in listed([gas], {**TITLES, "b": "乙"})


@pytest.mark.parametrize(("count", "said"), [(500, False), (501, True)])
def test_only_a_table_that_is_cut_says_so(count: int, said: bool) -> None:
    html = listed([FOUND[0]] * count, TITLES)
    assert f"共 {count} 项" in html
    assert ("只显示前 500 项" in html) is said
    assert html.count("<tr>") == 1 + 500


def test_without_an_index_the_tab_says_so(assembly: Assembly, tmp_path: Path) -> None:
    told = Goals(Assembly(Config(tmp_path, assembly.config.embedder))).html()
    assert "jinwen index build" in told


def test_two_documents_are_compared_and_each_figure_leads_to_its_words(two: Goals) -> None:
    html = two.html("", "全部", "全部", "原文顺序", [], "并排比较")
    assert "共有的指标 2 项" in html
    assert "<th scope='row'>燃气管网</th>" in html
    assert html.count("href='#cite=") == 4
    assert "请选两份以上" in two.html("", "全部", "全部", "原文顺序", ["tianjin-2024"], "并排比较")


def test_a_comparison_is_saved_as_it_is_shown(two: Goals) -> None:
    content = b64decode(two.xlsx("供热", "目标", "全部", "原文顺序", [], "并排比较"))
    rows = list(load_workbook(BytesIO(content)).active.iter_rows(values_only=True))
    assert [row[0] for row in rows] == ["指标", "燃气管网", "供热管网"]
    assert rows[2][1::2] == ("150公里", "96公里")
    assert "96公里" in two.csv("供热", "目标", "全部", "原文顺序", [], "并排比较")


def test_titles_are_shown_as_text() -> None:
    assert "<img" not in compared([], ["<img src=x>", "乙"])
