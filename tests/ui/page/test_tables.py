"""Answers from tables, pages and scans, as they are seen."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from corpus.loaders import load
from rag.assembly import Assembly, Config
from tests.rag.facts import write
from tests.ui.page.conftest import opened, served

Ask = Callable[[Page, str], None]


@pytest.fixture(scope="module")
def tables(assembly: Assembly, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    home = tmp_path_factory.mktemp("tables")
    made = Assembly(Config(home / "home", assembly.config.embedder))
    made.upkeep().rebuild(with_shipped=False)
    files = home / "files"
    files.mkdir()
    made.upkeep().add(load(write(files)))
    yield from served(home / "home")


@pytest.mark.parametrize("width", [1280, 390])
def test_a_cell_is_marked_in_its_row_under_its_heading_on_its_page(
    context: BrowserContext, tables: str, ask: Ask, width: int
) -> None:
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": 844})
    ask(opened(page, tables), "新增养老床位2025年的目标是多少？")
    expect(page.locator(".jw-answer .jw-cell")).to_have_text("5600张")
    page.locator(".jw-answer a.jw-of-cell").first.click()
    expect(page.locator("#jw-text mark.jw-lit")).to_have_text("5600张")
    expect(page.locator("#jw-place")).to_contain_text("第 2 页")
    assert page.locator("#jw-text .jw-page").all_inner_texts() == ["第 1 页", "第 2 页"]
    cells = page.locator("#jw-text .jw-row .jw-td")
    told = cells.evaluate_all("all => all.map(c => [c.innerText, c.getBoundingClientRect().left])")
    left = dict(told)
    assert left["5600张"] == left["2025年目标"] == left["28所"] > left["2024年完成"] > left["指标"]
