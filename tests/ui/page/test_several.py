"""The page over reports of several places: picker, table, pane, follow-ups."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import BrowserContext, Page, expect

from rag.assembly import Assembly
from tests.ui.page.conftest import Ask, opened, served

JOBS = "湖南和湖北今年城镇新增就业目标分别是多少？"


@pytest.fixture(scope="module")
def several(provinces: Assembly, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    home = tmp_path_factory.mktemp("several") / "home"
    shutil.copytree(provinces.config.home, home)
    yield from served(home)


@pytest.fixture
def page(context: BrowserContext, several: str) -> Page:
    return opened(context.new_page(), several)


def test_a_table_has_links_into_each_report_and_bars(page: Page, ask: Ask) -> None:
    ask(page, JOBS)
    rows = page.locator(".jw-table tbody tr")
    assert [row.split() for row in rows.all_inner_texts()] == [
        ["湖南省", "2026", "70万人", "[1]"],
        ["湖北省", "2026", "70万人以上", "[2]"],
    ]
    assert page.locator(".jw-bar").count() == 2
    rows.nth(1).locator("a.jw-mark").click()
    expect(page.locator("#jw-name")).to_have_text("湖北省2026年政府工作报告")
    expect(page.locator("#jw-text mark.jw-lit")).to_contain_text("城镇新增就业70万人以上")
    assert page.locator("#jw-choose").input_value() == "hubei"


def test_a_table_can_be_taken_along(page: Page, ask: Ask) -> None:
    ask(page, JOBS)
    with page.expect_download() as csv:
        page.get_by_role("link", name="CSV").click()
    assert "湖北省,2026,70万人以上" in Path(csv.value.path()).read_text(encoding="utf-8-sig")
    with page.expect_download() as book:
        page.get_by_role("link", name="Excel").click()
    assert Path(book.value.path()).read_bytes()[:2] == b"PK"


def test_a_table_is_printed_without_its_downloads(page: Page, ask: Ask) -> None:
    ask(page, JOBS)
    pdf = pypdfium2.PdfDocument(page.pdf(format="A4"))
    text = "".join("".join(p.get_textpage().get_text_range().split()) for p in pdf)
    assert "湖南省202670万人[1]湖北省202670万人以上[2]" in text
    assert "下载" not in text


def test_the_pane_shows_the_report_it_names_and_marks_go_with_it(page: Page, ask: Ask) -> None:
    ask(page, "湖南今年GDP增长目标是多少？")
    expect(page.locator("#jw-name")).to_have_text("湖南省2026年政府工作报告")
    expect(page.locator("#jw-copy")).to_be_visible()
    page.locator("#jw-choose").select_option("shanxi")
    expect(page.locator("#jw-name")).to_have_text("山西省2026年政府工作报告")
    expect(page.locator("#jw-text")).to_contain_text("大同无人机基地")
    assert page.locator("#jw-text mark.jw-lit").count() == 0
    expect(page.locator("#jw-copy")).to_be_hidden()
    page.locator("#jw-chat a.jw-mark").first.click()
    expect(page.locator("#jw-name")).to_have_text("湖南省2026年政府工作报告")
    page.locator(".jw-tools button", has_text="清空").click()
    expect(page.locator("#jw-copy")).to_be_hidden()
    assert page.locator("#jw-text mark").count() == 0


def test_the_picker_limits_what_answers(page: Page, ask: Ask) -> None:
    field = page.locator("#jw-scope input")
    field.click()
    field.fill("陕西")
    page.locator("#jw-scope li[role=option]", has_text="陕西省").click()
    ask(page, "今年GDP增长目标是多少？")
    expect(page.locator(".jw-answer .jw-short")).to_contain_text("陕西省：增长5.5%—6%")


def test_a_follow_up_changes_the_place_alone(page: Page, ask: Ask) -> None:
    ask(page, "山西今年城镇新增就业目标是多少？")
    ask(page, "湖南呢？")
    answers = page.locator(".jw-answer")
    expect(answers.nth(1)).to_contain_text("理解为：湖南今年城镇新增就业目标是多少？")
    expect(answers.nth(1).locator(".jw-short")).to_contain_text("湖南省：70万人")


def test_first_questions_are_of_the_reports_there_are(page: Page) -> None:
    offered = page.locator(".jw-first a").all_inner_texts()
    assert offered[0].startswith("山西省和")
    assert "哪个地方今年经济增长目标最高？" in [text.strip() for text in offered]


def test_a_long_table_fits_a_phone(page: Page, ask: Ask) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    ask(page, "各省今年城镇新增就业目标一览")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
