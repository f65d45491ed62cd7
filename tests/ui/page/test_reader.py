from playwright.sync_api import Page, expect

from tests.ui.page.conftest import Ask


def test_the_whole_report_is_there_with_its_contents(wide: Page) -> None:
    expect(wide.locator("#jw-name")).to_have_text("天津市人民政府工作报告（2024年1月23日）")
    expect(wide.locator("#jw-text")).to_contain_text("更加注重公共服务领域协同发展。")
    expect(wide.locator("#jw-text")).to_contain_text("背街里巷等精细化管理。")
    expect(wide.locator("#jw-text")).not_to_contain_text("导航菜单")  # the web page around it
    wide.click("#jw-pane summary")
    wide.click("#jw-toc button:has-text('优化生态宜居品质')")
    heading = wide.locator("#jw-text b", has_text="优化生态宜居品质")
    expect(heading).to_be_in_viewport()


def test_a_quote_is_copied_with_where_it_stands(wide: Page, ask: Ask) -> None:
    ask(wide, "口袋公园新建几个？")
    wide.click(".jw-sources a")
    expect(wide.locator("#jw-live")).to_have_text("已复制引文和出处")
    copied = wide.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("“深入实施北部山区、湿地、海洋等生态保护修复")
    assert copied.endswith(
        "口袋公园50个。”——《天津市人民政府工作报告（2024年1月23日）》 · (二)全力促进科技创新、"
        "产业焕新、城市更新,加快形成更多新质生产力 · 持续释放城市更新生产力 · 优化生态宜居品质"
        " · 第 7 段"
    )


def test_on_a_phone_a_mark_opens_the_report_as_a_sheet(narrow: Page, ask: Ask) -> None:
    expect(narrow.locator("#jw-pane")).to_be_hidden()
    ask(narrow, "口袋公园新建几个？")
    expect(narrow.locator("#jw-pane")).to_be_hidden()
    narrow.locator(".jw-answer .jw-mark").first.click()
    expect(narrow.locator("#jw-text mark.jw-lit")).to_be_in_viewport()
    narrow.keyboard.press("Escape")
    expect(narrow.locator("#jw-pane")).to_be_hidden()
    narrow.click("#jw-open")
    expect(narrow.locator("#jw-text")).to_be_in_viewport()
    narrow.click("#jw-close")
    expect(narrow.locator("#jw-pane")).to_be_hidden()


def test_no_width_scrolls_sideways(wide: Page, ask: Ask) -> None:
    ask(wide, "燃气管网改造要花多少亿元？")
    for width in (320, 390, 768, 1280, 1920):
        wide.set_viewport_size({"width": width, "height": 800})
        assert wide.evaluate("document.documentElement.scrollWidth") <= width


def test_large_text_still_fits(wide: Page, ask: Ask) -> None:
    wide.set_viewport_size({"width": 390, "height": 844})
    wide.add_style_tag(content="html { font-size: 200% }")
    ask(wide, "口袋公园新建几个？")
    assert wide.evaluate("document.documentElement.scrollWidth") <= 390
