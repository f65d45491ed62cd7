"""The desk in a real browser: from the login to a new document that is asked, and back out."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from rag.assembly import Assembly
from tests.ui.page.conftest import Ask, opened, serious, served
from ui.desk.desk import Desk
from ui.desk.roles import Role

_PASSWORD = "长长的一句口令-2026"
# What the progress of an upload said, kept over the way to the next page.
_NOTING = """() => {
  const said = document.querySelector(".upload .going span");
  const note = () => { sessionStorage.told = (sessionStorage.told || "") + said.textContent; };
  new MutationObserver(note).observe(said, { childList: true });
}"""
_PAGES = ("/documents", "/uploads", "/documents/one?id=tianjin-2024",
          "/documents/one/text?id=tianjin-2024", "/documents/one/remove?id=tianjin-2024",
          "/people", "/people/王管", "/audit", "/password", "/nowhere")  # fmt: skip


@pytest.fixture(scope="module")
def desk(assembly: Assembly, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    home = tmp_path_factory.mktemp("desk") / "home"
    shutil.copytree(assembly.config.home, home)
    made = Assembly(type(assembly.config)(home, assembly.config.embedder))
    Desk(made).accounts.add("王管", Role.ADMIN, _PASSWORD, "test")
    yield from served(home)


def _entered(page: Page, address: str) -> None:
    page.goto(f"{address}desk/")
    page.fill("#name", "王管")
    page.fill("#password", _PASSWORD)
    page.click("main button")
    expect(page.locator("h1")).to_have_text("文档")


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_three_files_are_uploaded_corrected_and_asked(
    browser: Browser, desk: str, ask: Ask, tmp_path: Path, width: int, scheme: str
) -> None:
    place, count = ("马术馆", 2) if width == 1280 else ("滑冰馆", 7)
    files = {
        f"{place}.txt": f"新建{place}{count}座。" * 2,
        f"另一份{place}.md": f"维修{place}5处。",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "坏.docx").write_bytes(b"PK no zip" * 1_000_000)
    context = browser.new_context(
        viewport={"width": width, "height": 844}, color_scheme=scheme  # type: ignore[arg-type]
    )  # fmt: skip
    page = context.new_page()
    _entered(page, desk)
    page.goto(f"{desk}desk/uploads")
    page.evaluate(_NOTING)
    page.set_input_files("#files", [tmp_path / name for name in (*files, "坏.docx")])
    page.click("form.upload button")
    job = page.locator(".job", has_text=f"{place}.txt")
    expect(job.locator("header .tag")).to_have_text("完成", timeout=60_000)  # renews itself
    assert "已传" in page.evaluate("sessionStorage.told")
    expect(job.locator(".outcomes li")).to_have_count(3)
    expect(job.locator(".outcomes .tag")).to_have_text(["新增", "新增", "没有收下"])
    job.locator(f"a:text-is('{place}.txt')").click()
    page.fill("#place", "广东省")
    page.click("button:text('保存')")
    expect(page.locator(".note")).to_have_text("已保存。")
    expect(page.locator("#place")).to_have_value("广东省")
    chat = opened(context.new_page(), desk)
    ask(chat, f"广东新建几座{place}？")
    expect(chat.locator(".jw-answer").last).to_contain_text(f"{count}座")
    page.click("button:text('退出')")
    expect(page.locator("h1")).to_have_text("登录")
    page.goto(f"{desk}desk/documents")
    expect(page.locator("h1")).to_have_text("登录")
    context.close()


def test_no_payload_in_a_name_or_an_error_runs_or_fetches(
    browser: Browser, desk: str, tmp_path: Path
) -> None:
    payload = "<img src=x onerror=window.__hacked=1>"
    breaks_out = "'\"><svg onload=window.__hacked=1>"
    files = {
        f"{payload}.txt": f"新建旱冰馆3座。{payload}",
        f"{breaks_out}.md": f"# 坏\n\n{payload}",
        f"{payload}.docx": "no zip",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    context = browser.new_context()
    page, outside = context.new_page(), list[str]()
    page.on("request", lambda r: None if r.url.startswith(desk) else outside.append(r.url))
    page.on("dialog", lambda dialog: outside.append(dialog.message))
    _entered(page, desk)
    page.goto(f"{desk}desk/uploads")
    page.set_input_files("#files", [tmp_path / name for name in files])
    page.click("form.upload button")
    job = page.locator(".job", has_text=f"{payload}.txt")
    expect(job.locator("header .tag")).to_have_text("完成", timeout=60_000)
    expect(job.locator(".outcomes .tag").last).to_have_text("没有收下")
    assert page.evaluate("window.__hacked") is None
    job.locator(".outcomes a").first.click()
    page.fill("#title", breaks_out)
    page.click("button:text('保存')")
    expect(page.locator("#title")).to_have_value(breaks_out)
    document = page.url.partition("?")[2]
    for place in (
        f"/documents/one/text?{document}", f"/documents/one/remove?{document}", "/documents",
        "/versions", "/audit", f"/{payload}", f"/documents/one?id={payload}",
        f"/audit?page={payload}",
    ):  # fmt: skip
        page.goto(f"{desk}desk{place}")
        expect(page.locator("h1")).to_be_visible()
        assert page.evaluate("window.__hacked") is None
        assert page.locator("main img, main svg, main script").count() == 0
    assert outside == []
    context.close()


def test_without_scripts_an_upload_works_too(browser: Browser, desk: str, tmp_path: Path) -> None:
    (tmp_path / "游泳馆.txt").write_text("新建游泳馆4座。", encoding="utf-8")
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    _entered(page, desk)
    page.goto(f"{desk}desk/uploads")
    page.set_input_files("#files", tmp_path / "游泳馆.txt")
    page.click("form.upload button")
    job = page.locator(".job", has_text="游泳馆.txt")
    expect(job.locator("header .tag")).to_have_text("完成", timeout=60_000)
    context.close()


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_every_page_is_accessible_and_none_scrolls_sideways(
    browser: Browser, desk: str, width: int, scheme: str
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 844}, color_scheme=scheme  # type: ignore[arg-type]
    )  # fmt: skip
    page = context.new_page()
    refused: list[str] = []
    page.on("console", lambda m: refused.append(m.text) if "Content Security" in m.text else None)
    page.goto(f"{desk}desk/login")
    found = {"/login": serious(page)}
    _entered(page, desk)
    for path in _PAGES:
        page.goto(f"{desk}desk{path}")
        assert page.locator("h1").count() == 1
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        found[path] = serious(page)
    ground = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    context.close()
    assert {path: each for path, each in found.items() if each} == {}
    assert refused == []
    assert ground == ("rgb(245, 247, 248)" if scheme == "light" else "rgb(19, 24, 28)")
