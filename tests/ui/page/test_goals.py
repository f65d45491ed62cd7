import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import BrowserContext, Page, expect

from corpus.loaders import load
from rag.assembly import Assembly
from tests.conftest import home_with
from tests.ui.page.conftest import opened, served

_OTHER = "乙市2023年政府工作报告\n\n今年改造燃气管网240公里、供热管网96公里。\n"


@pytest.fixture(scope="module")
def two_reports(assembly: Assembly, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server whose home has a second report."""
    folder = tmp_path_factory.mktemp("two")
    other = folder / "yi.txt"
    other.write_text(_OTHER, encoding="utf-8")
    home_with(assembly, folder / "home", load([other]))
    yield from served(folder / "home")


def test_targets_are_searched_followed_and_saved(wide: Page) -> None:
    wide.click("button[role=tab]:has-text('目标清单')")
    expect(wide.locator("#jw-goals tbody tr")).to_have_count(28)
    wide.fill("#jw-word textarea, #jw-word input", "管网")
    expect(wide.locator("#jw-goals tbody tr")).to_have_count(3)
    with wide.expect_download() as saving:
        wide.click("button:has-text('下载 CSV')")
    with Path(saving.value.path()).open(encoding="utf-8-sig", newline="") as file:
        saved = [(row["指标"], row["数值"], row["单位"]) for row in csv.DictReader(file)]
    assert saved == [
        ("燃气管网", "623", "公里"), ("供热管网", "150", "公里"), ("供水管网", "30", "公里"),
    ]  # fmt: skip
    wide.locator("#jw-goals a").first.click()
    expect(wide.locator("#jw-text mark.jw-lit").first).to_contain_text("燃气管网623公里")


def test_the_table_fits_a_phone(narrow: Page) -> None:
    narrow.click("button[role=tab]:has-text('目标清单')")
    expect(narrow.locator("#jw-goals tbody tr").first).to_be_visible()
    assert narrow.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_workbook_is_saved(wide: Page) -> None:
    wide.click("button[role=tab]:has-text('目标清单')")
    wide.fill("#jw-word textarea, #jw-word input", "管网")
    expect(wide.locator("#jw-goals tbody tr")).to_have_count(3)
    with wide.expect_download() as saving:
        wide.click("button:has-text('下载 Excel')")
    assert saving.value.suggested_filename == "目标清单.xlsx"
    copy = Path(saving.value.path()).read_bytes()
    Path(saving.value.path()).with_suffix(".xlsx").write_bytes(copy)
    rows = load_workbook(Path(saving.value.path()).with_suffix(".xlsx")).active.values
    assert [row[:3] for row in rows][1:] == [
        ("燃气管网", 623, "公里"), ("供热管网", 150, "公里"), ("供水管网", 30, "公里"),
    ]  # fmt: skip


def test_one_report_has_nothing_to_compare_with(wide: Page) -> None:
    wide.click("button[role=tab]:has-text('目标清单')")
    expect(wide.locator("#jw-goals tbody tr").first).to_be_visible()
    expect(wide.locator("#jw-view")).to_have_count(0)


def test_two_reports_are_compared_side_by_side(context: BrowserContext, two_reports: str) -> None:
    page = opened(context.new_page(), two_reports)
    page.click("button[role=tab]:has-text('目标清单')")
    page.click("#jw-view label:has-text('并排比较')")
    rows = page.locator("#jw-goals tbody tr")
    expect(rows).to_have_count(2)
    expect(rows.first).to_contain_text("燃气管网")
    expect(rows.first).to_contain_text("623公里")
    expect(rows.first).to_contain_text("240公里")
    page.locator("#jw-goals a:has-text('240公里')").click()
    expect(page.locator("#jw-text mark.jw-lit").first).to_contain_text("燃气管网240公里")


def test_one_report_of_several_is_read_by_its_sections(
    context: BrowserContext, two_reports: str
) -> None:
    page = opened(context.new_page(), two_reports)
    page.click("button[role=tab]:has-text('目标清单')")
    expect(page.locator("#jw-goals tbody tr")).to_have_count(30)
    expect(page.locator("#jw-section")).to_have_count(0)
    page.click("#jw-docs input")
    page.locator("[role=option]", has_text="天津").first.click()
    expect(page.locator("#jw-goals tbody tr")).to_have_count(28)
    page.click("#jw-section input")
    page.locator("[role=option]", has_text="优化生态宜居品质").click()
    expect(page.locator("#jw-goals tbody tr")).to_have_count(1)


def test_pages_are_turned(context: BrowserContext, assembly: Assembly, tmp_path: Path) -> None:
    other = tmp_path / "yi.txt"
    lines = "".join(f"今年新建第{k}镇水库{k}座。\n" for k in range(2, 42))
    other.write_text(f"乙市2023年政府工作报告\n\n{lines}", encoding="utf-8")
    home_with(assembly, tmp_path / "home", load([other]))
    for address in served(tmp_path / "home"):
        page = opened(context.new_page(), address)
        page.click("button[role=tab]:has-text('目标清单')")
        expect(page.locator("#jw-goals tbody tr")).to_have_count(50)
        page.click("#jw-on")
        expect(page.locator("#jw-goals tbody tr")).to_have_count(18)
        expect(page.locator("#jw-on")).to_be_disabled()
        page.click("#jw-back")
        expect(page.locator("#jw-goals tbody tr")).to_have_count(50)
