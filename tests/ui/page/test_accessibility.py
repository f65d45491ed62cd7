import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from tests.ui.page.conftest import Ask, opened

_SERIOUS = ("serious", "critical")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_axe_has_no_serious_finding(
    browser: Browser, address: str, ask: Ask, width: int, scheme: str
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 844}, color_scheme=scheme  # type: ignore[arg-type]
    )  # fmt: skip
    page = opened(context.new_page(), address)
    ask(page, "口袋公园新建几个？")
    ask(page, "燃气管网改造要花多少亿元？")
    found = Axe().run(page).response["violations"]
    serious = [
        (v["id"], [n["html"][:160] for n in v["nodes"]]) for v in found if v["impact"] in _SERIOUS
    ]
    context.close()
    assert serious == []
