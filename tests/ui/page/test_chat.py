from playwright.sync_api import Page, expect

from tests.ui.page.conftest import Ask

LIT = "[...document.querySelectorAll('#jw-text mark.jw-lit')].map(m => m.textContent).join('')"
IN_VIEW = """() => {
  const mark = document.querySelector('#jw-text mark.jw-lit');
  if (!mark) return false;
  const spot = mark.getBoundingClientRect();
  const box = document.querySelector('#jw-text').getBoundingClientRect();
  return spot.top >= box.top && spot.top < box.bottom && spot.top < innerHeight;
}"""
QUOTE = "今年改造燃气管网623公里、供热管网150公里、供水管网30公里。"


def test_the_headline_comes_first_and_a_mark_leads_to_the_very_characters(
    wide: Page, ask: Ask
) -> None:
    ask(wide, "今年要改造多少公里燃气管网？")
    answer = wide.locator(".jw-answer")
    expect(answer.locator("p").first).to_have_text("623公里[1]")
    expect(answer).to_contain_text("原文摘录")
    expect(answer.locator(".jw-sources")).to_contain_text("完善城市设施和服务功能 · 第 7 段")
    answer.locator(".jw-mark").first.click()
    wide.wait_for_function(IN_VIEW)
    assert wide.evaluate(LIT).endswith(QUOTE)
    assert wide.evaluate(LIT).startswith("制定城市燃气、供热、供水等老旧管网改造计划")
    expect(wide.locator("#jw-place")).to_contain_text("完善城市设施和服务功能 › 第 7 段")


def test_a_follow_up_shows_how_it_was_understood_and_can_be_put_right(wide: Page, ask: Ask) -> None:
    ask(wide, "今年要改造多少公里燃气管网？")
    ask(wide, "供热的呢？")
    last = wide.locator(".jw-answer").last
    expect(last.locator(".jw-short")).to_have_text("150公里[1]")
    expect(last.locator(".jw-understood")).to_contain_text("理解为：今年要改造多少供热?")
    last.locator("a", has_text="改一改").click()
    expect(wide.locator("#jw-box textarea")).to_have_value("今年要改造多少供热?")


def test_passages_of_earlier_answers_fade(wide: Page, ask: Ask) -> None:
    ask(wide, "口袋公园新建几个？")
    ask(wide, "设立多少亿元的母基金？")
    expect(wide.locator("#jw-text mark.jw-age-1")).to_contain_text("口袋公园50个")
    expect(wide.locator("#jw-text mark.jw-lit")).to_contain_text("设立50亿元")


def test_a_refusal_looks_different_and_offers_what_can_be_answered(wide: Page, ask: Ask) -> None:
    ask(wide, "燃气管网改造要花多少亿元？")
    refusal = wide.locator(".jw-refusal")
    expect(refusal.locator(".jw-no")).to_have_text("报告没有给出这个细节")
    expect(refusal.locator(".jw-near summary")).to_have_text("最接近的原文（不是答案）")
    expect(refusal.locator(".jw-more a")).to_have_count(3)
    offered = refusal.locator(".jw-more a").first
    question = offered.inner_text().strip()
    offered.click()
    wide.wait_for_selector(".jw-answer")
    assert question in wide.locator("#jw-chat").inner_text()


def test_an_example_can_be_asked(wide: Page) -> None:
    wide.click(".jw-first a:has-text('今年要启动多少个老旧小区改造？')")
    expect(wide.locator(".jw-short")).to_have_text("275个[1]")


def test_what_screen_readers_are_told_is_the_headline(wide: Page, ask: Ask) -> None:
    ask(wide, "口袋公园新建几个？")
    expect(wide.locator("#jw-live")).to_have_text("50个[1]")
    assert wide.evaluate("document.documentElement.lang") == "zh-CN"
    expect(wide.locator("[aria-label='回答']")).to_have_count(1)
    expect(wide.locator("[aria-label='问题：口袋公园新建几个？']")).to_have_count(1)
