from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.ui.page.conftest import Ask, opened, serious

# What is on its way in is faint, and axe would take that for its colour.
_SETTLED = """() => !document.querySelector('.pending') && document.getAnimations().every((a) =>
  a.playState !== 'running' || a.effect.getComputedTiming().iterations === Infinity)"""


def _empty(page: Page, ask: Ask) -> None:
    expect(page.locator(".jw-first a").first).to_be_visible()


def _said(page: Page, ask: Ask) -> None:
    ask(page, "口袋公园新建几个？")
    ask(page, "燃气管网改造要花多少亿元？")


def _why(page: Page, ask: Ask) -> None:
    page.locator("button[aria-label='有问题']").last.click()
    expect(page.locator("#jw-why")).to_be_visible()


def _talks(page: Page, ask: Ask) -> None:
    page.click("#jw-talks .toggle-button")
    expect(page.locator("#jw-list label")).to_have_count(1)


def _back(page: Page, ask: Ask) -> None:
    page.click("#jw-talks .toggle-button")
    expect(page.locator("#jw-new")).not_to_be_in_viewport()


def _wording(page: Page, ask: Ask) -> None:
    page.click("button[role=tab]:has-text('核对措辞')")
    page.fill("#jw-paste textarea", "今年改造燃气管网632公里。")
    page.get_by_role("button", name="核对", exact=True).click()
    expect(page.locator("#jw-check")).to_be_visible()


def _targets(page: Page, ask: Ask) -> None:
    page.click("button[role=tab]:has-text('目标清单')")
    expect(page.locator("#jw-goals")).to_be_visible()


VIEWS: tuple[Callable[[Page, Ask], None], ...] = (
    _empty, _said, _why, _talks, _back, _wording, _targets,
)  # fmt: skip


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_axe_has_no_serious_finding_on_any_view(
    browser: Browser, address: str, ask: Ask, width: int, scheme: str
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 844}, color_scheme=scheme  # type: ignore[arg-type]
    )  # fmt: skip
    page = opened(context.new_page(), address)
    found = []
    for view in VIEWS:
        view(page, ask)
        page.wait_for_function(_SETTLED)
        found += [(view.__name__, *finding) for finding in serious(page)]
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), view.__name__
    context.close()
    assert found == []


def test_twice_the_text_size_loses_nothing(wide: Page, ask: Ask) -> None:
    wide.evaluate("document.documentElement.style.fontSize = '200%'")
    ask(wide, "口袋公园新建几个？")
    expect(wide.locator("#jw-box .submit-button")).to_be_visible()
    assert wide.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_who_wants_no_motion_gets_none(browser: Browser, address: str, ask: Ask) -> None:
    moving = "getComputedStyle(document.querySelector('#jw-text')).scrollBehavior"
    for wish, behaviour in (("no-preference", "smooth"), ("reduce", "auto")):
        page = opened(browser.new_page(reduced_motion=wish), address)  # type: ignore[arg-type]
        assert page.evaluate(moving) == behaviour
        ask(page, "口袋公园新建几个？")
        expect(page.locator(".jw-short")).to_have_text("50个[1]")
        page.close()
