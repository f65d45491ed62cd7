from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.ui.page.conftest import Ask, opened


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


def test_who_asks_before_the_page_is_ready_loses_nothing(
    context: BrowserContext, address: str, ask: Ask
) -> None:
    page = context.new_page()
    held: list[Route] = []

    def late(route: Route) -> None:
        """Hold what the page asks for on opening, until the visitor has an answer."""
        if "口袋公园" in (route.request.post_data or ""):
            route.continue_()
        else:
            held.append(route)

    page.route("**/queue/join*", late)
    opened(page, address)
    ask(page, "口袋公园新建几个？")
    assert held
    streams: list[str] = []
    for event, told in (
        ("request", "begun"),
        ("requestfinished", "ended"),
        ("requestfailed", "ended"),
    ):
        page.on(event, lambda r, told=told: "/queue/data" in r.url and streams.append(told))
    for route in held:
        route.continue_()
    held.clear()
    page.unroute("**/queue/join*")
    for _ in range(200):  # until all that was held has been answered
        if streams and streams.count("begun") <= streams.count("ended"):
            break
        page.wait_for_timeout(50)
    ask(page, "今年要改造多少公里燃气管网？")
    expect(page.locator(".jw-short")).to_have_text(["50个[1]", "623公里[1]"])
    page.click("#jw-talks .toggle-button")
    expect(page.locator("#jw-list label")).to_have_text(["口袋公园新建几个？"])
