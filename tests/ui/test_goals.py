from base64 import b64decode
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from corpus.documents import Document
from corpus.library import shipped
from corpus.loaders import load
from rag.assembly import Assembly, Config
from rag.targets.comparison import side_by_side
from rag.targets.finder import targets
from tests.conftest import home_with
from ui.web.goalchoice import Choice
from ui.web.goals import PAGE, Goals
from ui.web.goaltab import Pager
from ui.web.goaltables import compared, listed

FOUND = targets(shipped())
TITLES = {"tianjin-2024": "天津"}
ALL = range(0, 1000)
_OTHER = "乙市2024年政府工作报告\n\n今年改造燃气管网240公里、供热管网96公里。\n"


@pytest.fixture(scope="module")
def two(assembly: Assembly, tmp_path_factory: pytest.TempPathFactory) -> Goals:
    """The targets of a home with the shipped report and a second one."""
    folder = tmp_path_factory.mktemp("two")
    other = folder / "yi.txt"
    other.write_text(_OTHER, encoding="utf-8")
    return Goals(home_with(assembly, folder / "home", load([other])))


def test_targets_are_chosen_by_word_kind_unit_and_section() -> None:
    ids = ["tianjin-2024"]
    assert len(Choice("管网").of(FOUND, ids)) == 3
    assert Choice(kind="已完成").of(FOUND, ids) == []
    parks = Choice(kind="目标", section="优化生态宜居品质").of(FOUND, ids)
    assert [t.indicator for t in parks] == ["口袋公园"]
    assert {t.unit for t in Choice(unit="公里").of(FOUND, ids)} == {"公里"}
    assert Choice().of(FOUND, ["another"]) == []


def test_documents_are_chosen_by_place_and_year() -> None:
    known = [
        Document("a", "甲", "", place="甲省", plan_year=2026),
        Document("b", "乙", "", place="甲省", plan_year=2025),
        Document("c", "丙", ""),
    ]
    assert Choice().among(known) == ["a", "b", "c"]
    assert Choice(place="甲省").among(known) == ["a", "b"]
    assert Choice(place="甲省", year="2026年").among(known) == ["a"]
    assert Choice(place="未注明", year="未注明").among(known) == ["c"]
    assert Choice(documents=["b", "c"]).among(known) == ["b", "c"]


def test_a_section_counts_for_one_document_alone() -> None:
    section = "优化生态宜居品质"
    assert len(Choice(section=section).of(FOUND, ["tianjin-2024"])) == 1
    assert len(Choice(section=section).of(FOUND, ["tianjin-2024", "b"])) == len(FOUND)


def test_a_row_leads_to_its_words() -> None:
    (gas, *_) = Choice("燃气").of(FOUND, ["tianjin-2024"])
    html = listed([gas], TITLES, ALL)
    assert "<td>燃气管网</td><td>623公里</td>" in html
    assert f"href='#cite=tianjin-2024:{gas.start}:{gas.end}'" in html
    assert "天津" not in html
    assert "<td>天津</td>" in listed([gas], {**TITLES, "b": "乙"}, ALL)


def test_a_figure_is_shown_as_written_and_its_words_only_once() -> None:
    text = "今年城镇新增就业120万人以上、经济增长4.5%—5%。"
    jobs, growth = targets([replace(shipped()[0], text=text)])
    assert "<td>120万人以上</td><td>新增</td>" in listed([jobs], TITLES, ALL)
    assert "<td>4.5%—5%</td><td>增长</td>" in listed([growth], TITLES, ALL)


@pytest.mark.parametrize(
    ("page", "rows", "said"),
    [(range(0, 50), 50, "第 1—50 项"), (range(50, 100), 50, "第 51—100 项"),
     (range(100, 150), 20, "第 101—120 项")],
)  # fmt: skip
def test_a_page_says_which_rows_it_has(page: range, rows: int, said: str) -> None:
    html = listed([FOUND[0]] * 120, TITLES, page)
    assert "共 120 项" in html
    assert said in html
    assert html.count("<tr>") == 1 + rows
    assert "第" not in listed([FOUND[0]] * 50, TITLES, range(0, 50)).split("<table")[0]


def test_pages_are_turned_as_far_as_there_are_any(assembly: Assembly, tmp_path: Path) -> None:
    goals = _many(assembly, tmp_path)
    pager = Pager(goals)
    html, at, back, on = pager.first("", "全部", "全部", "原文顺序", ["many"])
    assert html.count("<tr>") == 1 + PAGE
    assert (at, back["interactive"], on["interactive"]) == (1, False, True)
    html, at, back, on = pager.on(at, "", "全部", "全部", "原文顺序", ["many"])
    assert html.count("<tr>") == 1 + 10
    assert (at, back["interactive"], on["interactive"]) == (2, True, False)
    assert pager.on(at, "", "全部", "全部", "原文顺序", ["many"])[1] == 2
    assert pager.back(at, "", "全部", "全部", "原文顺序", ["many"])[1] == 1
    assert not pager.first("水库7座", "全部", "全部", "原文顺序", ["many"])[2]["visible"]


def _many(assembly: Assembly, tmp_path: Path) -> Goals:
    """The targets of a home with a report of sixty."""
    lines = "".join(f"今年新建第{k}镇水库{k}座。\n" for k in range(2, 62))
    many = Document("many", "丙市2024年政府工作报告", lines, place="丙市", plan_year=2024)
    return Goals(home_with(assembly, tmp_path / "home", [many]))


def test_what_can_be_chosen_is_what_there_is(two: Goals) -> None:
    assert two.years() == ["2024年"]
    assert two.units()[0] == "家"
    assert two.sections() == []  # of several
    assert "优化生态宜居品质" in two.sections(["tianjin-2024"])
    assert Pager(two).sections("", "全部", "全部", "原文顺序", ["tianjin-2024"])["visible"]


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
    assert "<img" not in compared([], ["<img src=x>", "乙"], ALL)


def test_any_number_of_documents_stand_side_by_side_the_most_shared_first() -> None:
    report = shipped()[0]
    texts = [
        "改造管网2公里。",
        "改造管网3公里、新建公园4个。",
        "新建公园5个。",
        "改造管网6公里。",
        "新建桥梁9座。",
    ]
    given = [replace(report, id=f"d{k}", text=text) for k, text in enumerate(texts)]
    rows = side_by_side(targets(given), [d.id for d in given])
    html = compared(rows, [f"第{k}份政府工作报告" for k in range(5)], ALL)
    assert "5 份文档：共有的指标 2 项" in html
    assert html.count("<th scope='col'>") == 6
    assert html.count("<td data-of=") == 10
