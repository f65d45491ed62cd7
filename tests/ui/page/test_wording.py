import pypdfium2
from playwright.sync_api import Page, expect


def _check(page: Page, text: str) -> None:
    page.click("button[role=tab]:has-text('核对措辞')")
    page.fill("#jw-paste textarea", text)
    page.get_by_role("button", name="核对", exact=True).click()


def test_a_paste_is_checked_and_leads_to_its_place(wide: Page) -> None:
    _check(wide, "今年改造燃气管网632公里、供热管网150公里。")
    expect(wide.locator("#jw-check h2")).to_have_text("核对结果：有出入")
    expect(wide.locator("#jw-check del").first).to_have_text("623公里")
    expect(wide.locator("#jw-check ins").first).to_have_text("632公里")
    wide.locator("#jw-check a", has_text="看原文").first.click()
    expect(wide.locator("#jw-text mark.jw-lit").first).to_be_in_viewport()
    expect(wide.locator("#jw-text mark.jw-lit").first).to_contain_text("燃气管网623公里")


def test_on_a_phone_too(narrow: Page) -> None:
    _check(narrow, "国家高新技术企业、国家科技型中小企业共新增1000家。")
    expect(narrow.locator("#jw-check .jw-grave").first).to_have_text("各")
    assert narrow.evaluate("document.documentElement.scrollWidth") <= 390
    narrow.locator("#jw-check a", has_text="看原文").first.click()
    expect(narrow.locator("#jw-text mark.jw-lit").first).to_be_in_viewport()


def test_too_short_is_told(wide: Page) -> None:
    _check(wide, "一二")
    expect(wide.locator(".jw-found .jw-refusal")).to_contain_text("文字太短")


def test_the_whole_check_is_printed_and_nothing_else(wide: Page) -> None:
    _check(wide, "今年改造燃气管网632公里。" * 60)
    wide.wait_for_selector("#jw-check")
    printed = pypdfium2.PdfDocument(wide.pdf(format="A4"))
    pages = ["".join(page.get_textpage().get_text_range().split()) for page in printed]
    assert pages[0].startswith("核对结果：")
    assert len(pages) > 2
    assert pages[-1].endswith("以官方发布的文本为准。")
    assert sum(page.count("632公里") for page in pages) >= 120
    assert not any("核对措辞" in page or "看原文" in page for page in pages)
    expect(wide.locator("#jw-sheet")).to_have_count(0)
    expect(wide.locator("#jw-check")).to_be_visible()
