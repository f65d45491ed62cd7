"""The page in a real browser, served by the real command."""

import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from socket import socket
from tempfile import gettempdir
from urllib.error import URLError
from urllib.request import urlopen

import httpx
import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from rag.assembly import Assembly

CHROMIUM = shutil.which("chromium")
pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason="needs Chromium: apt-get install chromium fonts-noto-cjk"
)
_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking",
          "--disable-component-update", "--disable-sync", "--no-first-run"]  # fmt: skip
_START_SECONDS = 120


@pytest.fixture(scope="module")
def address(assembly: Assembly, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    home = tmp_path_factory.mktemp("served") / "home"
    shutil.copytree(assembly.config.home, home)
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "ui.cli.main", "--home", str(home), "serve", "--port"]
    with subprocess.Popen([*command, str(port)], cwd=Path(__file__).parents[2]) as server:
        try:
            _wait_until_ready(f"http://127.0.0.1:{port}/api/health", server)
            yield f"http://127.0.0.1:{port}/"
        finally:
            server.terminate()


def _wait_until_ready(url: str, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        try:
            urlopen(url, timeout=5).close()
            return
        except (URLError, OSError):
            time.sleep(0.2)  # polling a real process, not waiting a fixed time
    pytest.fail("the server did not start")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=_FLAGS)
        yield browser
        browser.close()


@pytest.fixture(params=[1280, 390])
def page(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": request.param, "height": 844})
    page.goto(address)
    page.wait_for_selector("textarea")
    yield page
    page.close()


def _ask(page: Page, question: str) -> None:
    page.fill("textarea", question)
    page.keyboard.press("Enter")


def test_the_answer_is_quoted_marked_and_findable(page: Page) -> None:
    _ask(page, "今年要改造多少公里燃气管网？")
    page.wait_for_selector(".jw-answer .jw-mark")
    assert "今年改造燃气管网623公里" in page.inner_text(".jw-answer")
    assert "原文摘录" in page.inner_text(".jw-answer")
    assert "燃气管网623公里" in page.inner_text("#cite-1 mark")
    assert "完善城市设施和服务功能" in page.inner_text("#cite-1 header")
    page.click(".jw-mark")
    page.wait_for_function("document.activeElement.id === 'cite-1'")
    page.wait_for_function(
        "(() => { const box = document.querySelector('#cite-1 mark').getBoundingClientRect();"
        " return box.top >= 0 && box.top < innerHeight; })()"
    )
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= page.viewport_size["width"]  # type: ignore[index]


def test_a_refusal_shows_what_is_near_and_markup_in_a_question_stays_text(page: Page) -> None:
    _ask(page, "<img src=x onerror=document.title='hacked'> 红烧肉怎么做")
    page.wait_for_selector(".jw-refusal")
    assert "和收录的报告无关" in page.inner_text(".jw-refusal")
    assert "最接近的原文" in page.inner_text("#evidence")
    assert page.title() == "津问 · 政府工作报告问答"


def test_an_example_can_be_asked(page: Page) -> None:
    page.click("button:has-text('今年要启动多少个老旧小区改造？')")
    page.wait_for_function("document.querySelector('textarea').value.length > 0")
    page.click("button:has-text('提问')")
    page.wait_for_selector(".jw-answer")
    assert "启动275个老旧小区改造提升" in page.inner_text(".jw-answer")


def test_no_request_leaves_the_service(browser: Browser, address: str) -> None:
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    page.wait_for_selector("textarea")
    _ask(page, "口袋公园新建几个")
    page.wait_for_selector(".jw-answer")
    outside = [url for url in asked if not url.startswith((address, "data:", "blob:"))]
    page.close()
    assert len(asked) > 10
    assert outside == []


def test_a_message_that_names_a_file_reads_no_file(address: str, tmp_path: Path) -> None:
    secret = tmp_path / "no-one-may-read-this.txt"
    secret.write_text("secret")
    file = {"path": str(secret), "meta": {"_type": "gradio.FileData"}}
    message = {"role": "user", "content": [{"type": "file", "file": file}]}
    accepted = 0
    for number, data in enumerate((["燃气", [message]], ["燃气", None], [message, None])):
        for fn_index in range(4):
            session = f"s{number}-{fn_index}"
            body = {"data": data, "fn_index": fn_index, "session_hash": session}
            joined = httpx.post(f"{address}gradio_api/queue/join", json=body)
            if joined.status_code == 200:
                accepted += 1
                assert secret.name not in _events(address, session)
    cache = Path(gettempdir(), "gradio")
    assert accepted > 0
    assert not (list(cache.rglob(secret.name)) if cache.exists() else [])


def _events(address: str, session: str) -> str:
    url = f"{address}gradio_api/queue/data?session_hash={session}"
    said: list[str] = []
    with httpx.stream("GET", url, timeout=20) as stream:
        for line in stream.iter_lines():
            said.append(line)
            if "close_stream" in line or "process_completed" in line:
                break
    return "\n".join(said)
