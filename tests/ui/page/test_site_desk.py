"""The desk's pages on versions, questions, trying and settings, in a browser."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from corpus.documents import Document
from corpus.library import example_questions, shipped
from rag.assembly import Assembly, Config
from tests.ui.page.conftest import Ask, opened, serious, served
from ui.desk.desk import Desk
from ui.desk.roles import Role
from ui.site import Site, SiteFile

_NAME, _PASSWORD = "王管", "长长的一句口令-2026"


@pytest.fixture(scope="module")
def two(assembly: Assembly, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with two versions, an admin, and questions that are kept."""
    home = tmp_path_factory.mktemp("two") / "home"
    shutil.copytree(assembly.config.home, home)
    made = Assembly(Config(home, assembly.config.embedder))
    note = Document("note", "通知", "请各单位做好防汛工作。\n", place="天津市")
    made.upkeep().replace([*shipped(), note])
    Desk(made).accounts.add(_NAME, Role.ADMIN, _PASSWORD, "test")
    SiteFile(home).save(Site(logging=True), "")
    return home


@pytest.fixture(scope="module")
def desk_address(two: Path) -> Iterator[str]:
    yield from served(two)


def enter(page: Page, address: str) -> None:
    page.goto(f"{address}desk/login")
    page.get_by_label("名字").fill(_NAME)
    page.get_by_label("密码").fill(_PASSWORD)
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("link", name="设置")).to_be_visible()


def newest(home: Path) -> str:
    return max(path.name for path in (home / "index" / "versions").iterdir())


def test_a_refused_question_becomes_a_case_and_is_asked_of_both_versions(
    browser: Browser, desk_address: str, two: Path, ask: Ask
) -> None:
    page = browser.new_context(viewport={"width": 1280, "height": 844}).new_page()
    opened(page, desk_address)
    ask(page, "红烧肉怎么做，我电话13800138000")
    enter(page, desk_address)
    page.get_by_role("link", name="提问", exact=True).click()
    row = page.get_by_role("row").filter(has_text="红烧肉怎么做，我电话[电话]")
    row.get_by_role("link", name="收为题目").click()
    page.get_by_label("应当怎样").select_option("off_topic")
    page.get_by_role("button", name="收下").click()
    expect(page.get_by_role("status")).to_have_text("已收为题目。")
    expect(row.get_by_text("已收")).to_be_visible()
    page.goto(f"{desk_address}desk/versions/{newest(two)}")
    page.get_by_role("button", name="问一遍，比较答案").click()
    asked = len(example_questions()) + 1
    expect(page.get_by_text(f"问了 {asked} 个问题")).to_be_visible(timeout=60_000)  # by itself
    page.context.close()


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_axe_has_no_serious_finding_and_nothing_is_wider_than_the_screen(
    browser: Browser, desk_address: str, two: Path, width: int, scheme: str
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 844}, color_scheme=scheme  # type: ignore[arg-type]
    )  # fmt: skip
    page = context.new_page()
    enter(page, desk_address)
    version, oldest = newest(two), min(p.name for p in (two / "index" / "versions").iterdir())
    for path in ("versions", f"versions/{version}", f"versions/{oldest}/rollback", "asked",
                 "asked/case?question=甲", "try?q=今年改造多少公里燃气管网？", "site"):  # fmt: skip
        page.goto(f"{desk_address}desk/{path}")
        assert serious(page) == [], path
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, path
    context.close()
