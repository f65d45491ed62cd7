from playwright.sync_api import APIResponse, BrowserContext, Page, Route, expect

from tests.ui.page.conftest import Ask, opened

_PAINTED = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"


def test_past_conversations_are_found_named_and_deleted(wide: Page, ask: Ask, address: str) -> None:
    ask(wide, "口袋公园新建几个？")
    wide.click("#jw-talks .toggle-button")
    wide.click("#jw-new")
    expect(wide.locator(".jw-answer")).to_have_count(0)
    ask(wide, "今年要改造多少公里燃气管网？")
    ask(wide, "供热的呢？")
    listed = wide.locator("#jw-list label")
    expect(listed).to_have_text(["今年要改造多少公里燃气管网？", "口袋公园新建几个？"])
    wide.fill("#jw-rename textarea", "管网")
    wide.press("#jw-rename textarea", "Enter")
    expect(listed.first).to_have_text("管网")
    wide.fill("#jw-seek textarea", "供热")
    expect(listed).to_have_text(["管网"])
    wide.fill("#jw-seek textarea", "")
    expect(listed).to_have_count(2)
    listed.last.click()
    expect(wide.locator(".jw-answer")).to_have_count(1)
    expect(wide.locator(".jw-short")).to_have_text("50个[1]")
    opened(wide, address)
    expect(wide.locator(".jw-short")).to_have_text("50个[1]")
    wide.click("#jw-talks .toggle-button")
    expect(listed).to_have_text(["管网", "口袋公园新建几个？"])
    wide.click("#jw-delete")
    expect(listed).to_have_text(["管网"])
    expect(wide.locator(".jw-answer")).to_have_count(0)
    listed.first.click()
    expect(wide.locator(".jw-short").last).to_have_text("150公里[1]")


def test_a_conversation_that_goes_on_stays_one(wide: Page, ask: Ask, address: str) -> None:
    ask(wide, "口袋公园新建几个？")
    opened(wide, address)
    expect(wide.locator(".jw-answer")).to_have_count(1)
    ask(wide, "老旧小区呢？")
    wide.click("#jw-talks .toggle-button")
    expect(wide.locator("#jw-list label")).to_have_text(["口袋公园新建几个？"])


def test_two_tabs_keep_each_others_conversations(
    wide: Page, context: BrowserContext, ask: Ask, address: str
) -> None:
    ask(wide, "口袋公园新建几个？")
    other = opened(context.new_page(), address)
    expect(other.locator(".jw-short")).to_have_text("50个[1]")
    for page in (wide, other):
        page.click("#jw-talks .toggle-button")
        page.click("#jw-new")
        expect(page.locator(".jw-answer")).to_have_count(0)
    ask(other, "今年要改造多少公里燃气管网？")
    ask(wide, "供热的呢？")  # knows nothing of the other's
    wide.locator("#jw-list label", has_text="口袋公园").click()
    expect(wide.locator(".jw-short")).to_have_text("50个[1]")
    wide.click("#jw-delete")
    expect(wide.locator("#jw-list label")).to_have_text(["供热的呢？"])
    ask(other, "老旧小区呢？")  # does not bring back what was deleted
    opened(other, address)
    expect(other.locator(".jw-answer, .jw-refusal")).to_have_count(2)
    other.click("#jw-talks .toggle-button")
    expect(other.locator("#jw-list label")).to_have_text(
        ["今年要改造多少公里燃气管网？", "供热的呢？"]
    )


def test_a_slow_line_does_not_wipe_out_the_first_answer(
    context: BrowserContext, ask: Ask, address: str
) -> None:
    """What was told of the page's opening comes to the browser after the first answer."""
    page, late = context.new_page(), list[tuple[Route, APIResponse]]()

    def hold(route: Route) -> None:
        first, *rest = route.request.post_data_json["data"] or [None]
        if isinstance(first, dict) and rest == [None]:  # what is kept, and the pen
            late.append((route, route.fetch()))
        else:
            route.continue_()

    page.route("**/queue/join*", hold)
    ask(opened(page, address), "口袋公园新建几个？")
    assert len(late) == 1
    with page.expect_event("requestfinished"):
        for route, told in late:
            route.fulfill(response=told)
    page.evaluate(_PAINTED)
    expect(page.locator(".jw-short")).to_have_text("50个[1]", timeout=1)
    page.click("#jw-talks .toggle-button")
    expect(page.locator("#jw-list label")).to_have_text(["口袋公园新建几个？"])
