"""Who asks too often on the page, in a real browser against the real command."""

from pathlib import Path

from playwright.sync_api import BrowserContext, expect

from tests.ui.page.conftest import Ask, opened, served


def test_a_question_too_many_is_told_politely_and_stays_typed(
    home: Path, context: BrowserContext, ask: Ask
) -> None:
    for address in served(home, JINWEN_PER_MINUTE="1"):
        page = opened(context.new_page(), address)
        ask(page, "红烧肉怎么做")
        page.fill("#jw-box textarea", "口袋公园新建几个")
        page.press("#jw-box textarea", "Enter")
        expect(page.locator("#jw-chat")).to_contain_text("问得太快了（每分钟最多 1 次），请过")
        expect(page.locator("#jw-box textarea")).to_have_value("口袋公园新建几个")
