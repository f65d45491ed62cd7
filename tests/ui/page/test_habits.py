import json
from pathlib import Path
from typing import Any

import docx
import httpx
import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.ui.page.conftest import Ask, opened, served


def test_a_link_asks_its_question_once_in_a_conversation_of_its_own(
    context: BrowserContext, address: str, ask: Ask
) -> None:
    page = opened(context.new_page(), address)
    ask(page, "今年要改造多少公里燃气管网？")
    link = page.locator(".jw-answer a", has_text="本问链接").get_attribute("href") or ""
    page = opened(context.new_page(), f"{address}?q=口袋公园新建几个？")
    expect(page.locator(".jw-short")).to_have_text("50个[1]")
    page.wait_for_url(address)  # so that a reload asks it no more
    ask(page, "老旧小区呢？")
    opened(page, address)
    expect(page.locator(".jw-answer")).to_have_count(2)
    again = opened(context.new_page(), f"{address}{link}")
    expect(again.locator(".jw-short")).to_have_text("623公里[1]")


def test_the_browser_keeps_the_questions_until_they_are_cleared(
    wide: Page, ask: Ask, address: str
) -> None:
    ask(wide, "口袋公园新建几个？")
    ask(wide, "老旧小区呢？")
    opened(wide, address)
    expect(wide.locator(".jw-answer")).to_have_count(2)
    expect(wide.locator(".jw-short").last).to_have_text("275个[1]")
    wide.click("#jw-clear")
    expect(wide.locator(".jw-answer")).to_have_count(0)
    opened(wide, address)
    expect(wide.locator(".jw-first a")).to_have_count(6)
    expect(wide.locator(".jw-answer")).to_have_count(0)


def test_buttons_appear_when_they_can_be_used(wide: Page, ask: Ask) -> None:
    for name in ("stop", "again", "save", "word", "print", "clear"):
        expect(wide.locator(f"#jw-{name}")).to_be_hidden()
    ask(wide, "口袋公园新建几个？")
    for name in ("again", "save", "word", "print", "clear"):
        expect(wide.locator(f"#jw-{name}")).to_be_visible()
    expect(wide.locator("#jw-stop")).to_be_hidden()


@pytest.mark.parametrize("size", [(390, 844), (1280, 800)])
def test_first_questions_and_the_box_are_in_view(
    context: BrowserContext, address: str, ask: Ask, size: tuple[int, int]
) -> None:
    page = context.new_page()
    page.set_viewport_size({"width": size[0], "height": size[1]})
    opened(page, address)
    inside = """e => {
      const spot = e.getBoundingClientRect();
      return spot.top >= 0 && spot.bottom <= innerHeight;
    }"""
    assert page.locator("#jw-box").evaluate(inside)
    assert [a.evaluate(inside) for a in page.locator(".jw-first a").all()] == [True] * 6
    page.locator(".jw-first a").first.click()
    expect(page.locator(".jw-short")).to_have_text("623公里[1]")
    ask(page, "引育科技型企业累计达到多少家？")
    assert page.locator("#jw-box").evaluate(inside)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_link_to_a_passage_opens_it(context: BrowserContext, address: str, ask: Ask) -> None:
    page = opened(context.new_page(), address)
    ask(page, "口袋公园新建几个？")
    with context.expect_page() as opening:
        page.locator(".jw-mark").first.click(modifiers=["Control"])
    other = opening.value
    expect(other.locator("#jw-text mark.jw-lit")).to_contain_text("口袋公园50个")
    expect(other.locator(".jw-answer")).to_have_count(1)  # the conversation goes on there


def test_escape_leads_back_to_the_mark(wide: Page, ask: Ask) -> None:
    ask(wide, "口袋公园新建几个？")
    wide.locator(".jw-mark").last.click()
    wide.wait_for_function("document.activeElement.id === 'jw-text'")
    wide.keyboard.press("Escape")
    assert wide.evaluate("document.activeElement.matches('.jw-mark')")


def test_the_last_question_is_asked_again_in_its_place(wide: Page, ask: Ask) -> None:
    ask(wide, "口袋公园新建几个？")
    wide.evaluate("document.querySelector('.jw-answer').dataset.old = 'yes'")
    wide.click("#jw-again")
    expect(wide.locator(".jw-answer")).to_have_count(1)
    expect(wide.locator(".jw-short")).to_have_text("50个[1]")


def test_the_conversation_is_saved_with_its_quotes(wide: Page, ask: Ask) -> None:
    ask(wide, "口袋公园新建几个？")
    with wide.expect_download() as saving:
        wide.click("#jw-save")
    text = Path(saving.value.path()).read_text(encoding="utf-8")
    assert saving.value.suggested_filename.endswith(".md")
    assert "## 口袋公园新建几个？" in text
    assert "【原文摘录】" in text
    assert "新建提升口袋公园50个。\n>\n> —— 天津市人民政府工作报告" in text


def test_the_conversation_is_saved_as_a_word_file(wide: Page, ask: Ask) -> None:
    ask(wide, "口袋公园新建几个？")
    with wide.expect_download() as saving:
        wide.click("#jw-word")
    assert saving.value.suggested_filename == "津问问答记录.docx"
    told = [paragraph.text for paragraph in docx.Document(saving.value.path()).paragraphs]
    assert "口袋公园新建几个？" in told
    assert any("新建提升口袋公园50个。" in line for line in told)


def test_a_thumb_up_is_kept_with_its_answer(wide: Page, ask: Ask, home: Path) -> None:
    ask(wide, "口袋公园新建几个？")
    ask(wide, "今年要改造多少公里燃气管网？")
    wide.locator("button[aria-label='答得好']").first.click()
    expect(wide.locator(".toast-message-text")).to_have_text("已记下，谢谢。")
    kept = _kept(home)
    assert (kept["verdict"], kept["question"]) == ("right", "口袋公园新建几个？")
    assert kept["answer"]["index_version"].startswith("000001-")


def test_a_thumb_down_asks_why(wide: Page, ask: Ask, home: Path) -> None:
    ask(wide, "口袋公园新建几个？")
    expect(wide.locator("#jw-why")).to_be_hidden()
    wide.locator("button[aria-label='有问题']").last.click()
    wide.click("#jw-why button:has-text('提交')")
    expect(wide.locator("p[role=alert]")).to_have_text("请先选一项，再提交")
    wide.click("label:has-text('数字错')")
    wide.fill("#jw-why textarea", "应为 <b>60</b> 个")
    wide.click("#jw-why button:has-text('提交')")
    expect(wide.locator(".toast-message-text")).to_have_text("已记下，谢谢。")
    expect(wide.locator("#jw-why")).to_be_hidden()
    kept = _kept(home)
    assert (kept["verdict"], kept["comment"]) == ("wrong_figure", "应为 <b>60</b> 个")
    assert kept["answer"]["short_answer"] == "50个"


def _kept(home: Path) -> dict[str, Any]:
    lines = (home / "feedback.jsonl").read_text(encoding="utf-8").splitlines()
    return dict(json.loads(lines[-1]))


def test_too_long_is_told_while_typing_and_nothing_typed_is_lost(wide: Page) -> None:
    wide.fill("#jw-box textarea", "长" * 450)
    expect(wide.locator("#jw-limit")).to_have_text("450 / 500 字")
    wide.fill("#jw-box textarea", "长" * 600)
    expect(wide.locator("#jw-limit.jw-over")).to_have_text("600 / 500 字")
    wide.press("#jw-box textarea", "Enter")
    expect(wide.locator(".jw-refusal")).to_contain_text("请缩短到 500 字以内")
    expect(wide.locator("#jw-box textarea")).to_have_value("长" * 600)


def test_shift_enter_breaks_the_line_and_a_blank_question_is_told(wide: Page) -> None:
    wide.fill("#jw-box textarea", "口袋公园")
    wide.press("#jw-box textarea", "Shift+Enter")
    wide.keyboard.type("新建几个？")
    expect(wide.locator("#jw-box textarea")).to_have_value("口袋公园\n新建几个？")
    wide.press("#jw-box textarea", "Enter")
    expect(wide.locator(".jw-short")).to_have_text("50个[1]")
    wide.fill("#jw-box textarea", "  ")
    wide.press("#jw-box textarea", "Enter")
    expect(wide.locator(".jw-refusal")).to_contain_text("没有看到问题")


def test_a_lost_connection_keeps_what_was_typed(wide: Page, address: str) -> None:
    wide.route("**/gradio_api/**", lambda route: route.abort())
    wide.fill("#jw-box textarea", "口袋公园新建几个？")
    with wide.expect_event("requestfailed"):
        wide.press("#jw-box textarea", "Enter")
    expect(wide.locator("#jw-box textarea")).to_have_value("口袋公园新建几个？")
    expect(wide.locator(".toast-message-text")).to_contain_text("和服务器的连接断了")
    wide.unroute("**/gradio_api/**")
    opened(wide, address)  # even over a reload
    expect(wide.locator("#jw-box textarea")).to_have_value("口袋公园新建几个？")


def test_pressing_twice_asks_once(wide: Page) -> None:
    wide.fill("#jw-box textarea", "口袋公园新建几个？")
    wide.dblclick("#jw-box .submit-button")
    wide.wait_for_selector(".jw-answer")
    expect(wide.locator(".jw-answer")).to_have_count(1)


def test_everything_can_be_reached_by_keyboard(wide: Page) -> None:
    wide.focus("#jw-box textarea")
    wide.keyboard.type("口袋公园新建几个？")
    wide.keyboard.press("Enter")
    wide.wait_for_selector(".jw-answer .jw-mark")
    wide.focus(".jw-answer .jw-mark")
    wide.keyboard.press("Enter")
    wide.wait_for_function("document.activeElement.id === 'jw-text'")
    reached: set[str] = set()
    for _ in range(60):
        wide.keyboard.press("Tab")
        reached.add(wide.evaluate("document.activeElement.textContent.trim().slice(0, 12)"))
    for label in ("重新回答", "导出", "清空", "核对措辞"):
        assert any(label in name for name in reached) or _by_arrow(wide, label)


def _by_arrow(page: Page, label: str) -> bool:
    """Tell whether a tab is reached with the arrow keys, as tabs are."""
    page.focus("button[role=tab]")
    page.keyboard.press("ArrowRight")
    return label in page.evaluate("document.activeElement.textContent")


def test_the_first_load_is_at_most_400_kib(context: BrowserContext, address: str) -> None:
    page = opened(context.new_page(), address)
    page.wait_for_selector(".jw-first a")
    page.wait_for_selector("#jw-text p")
    loaded = page.evaluate("""() => [...performance.getEntriesByType("resource"),
      ...performance.getEntriesByType("navigation")].reduce((all, e) => all + e.transferSize, 0)""")
    assert 100 * 1024 < loaded <= 400 * 1024


def test_no_request_leaves_the_service(context: BrowserContext, address: str, ask: Ask) -> None:
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    opened(page, address)
    ask(page, "口袋公园新建几个")
    outside = [url for url in asked if not url.startswith((address, "data:", "blob:"))]
    assert len(asked) > 10
    assert outside == []


def test_it_works_behind_a_path_prefix(context: BrowserContext, home: Path, ask: Ask) -> None:
    for address in served(home, "/jw"):
        page = opened(context.new_page(), f"{address}jw/")
        ask(page, "口袋公园新建几个？")
        page.locator(".jw-mark").first.click()
        expect(page.locator("#jw-text mark.jw-lit")).to_contain_text("口袋公园50个")
        assert httpx.get(f"{address}jw/api/documents/tianjin-2024").status_code == 200
