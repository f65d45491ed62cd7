import csv
from pathlib import Path

from playwright.sync_api import Page, expect


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
