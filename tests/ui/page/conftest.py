"""The page in a real browser, served by the real command."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from socket import socket
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from rag.assembly import Assembly

CHROMIUM = shutil.which("chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking",
          "--disable-component-update", "--disable-sync", "--no-first-run"]  # fmt: skip
_START_SECONDS = 120
_ROOT = Path(__file__).parents[3]

_PATIENCE = 20_000  # ms; a busy machine is slow, not wrong
expect.set_options(timeout=_PATIENCE)

Ask = Callable[[Page, str], None]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what needs a browser where there is none, and let it come last.

    Playwright's event loop runs in the main thread until the end; asyncio's tests need it free.
    """
    folder = Path(__file__).parent
    items.sort(key=lambda item: folder in item.path.parents)
    missing = pytest.mark.skip(reason="needs Chromium: apt-get install chromium fonts-noto-cjk")
    for item in items:
        if CHROMIUM is None and folder in item.path.parents:
            item.add_marker(missing)


def served(home: Path, root_path: str = "", **settings: str) -> Iterator[str]:
    """Yield the address of a server run by the real command on a home, until it is done with."""
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "ui.cli.main", "--home", str(home), "serve"]
    environment = {
        **os.environ, "JINWEN_ROOT_PATH": root_path, "JINWEN_PER_MINUTE": "0", **settings,
    }  # fmt: skip
    with subprocess.Popen([*command, "--port", str(port)], cwd=_ROOT, env=environment) as server:
        try:
            wait_until_ready(f"http://127.0.0.1:{port}/api/health", server)
            yield f"http://127.0.0.1:{port}/"
        finally:
            server.terminate()


def wait_until_ready(url: str, server: subprocess.Popen[bytes]) -> None:
    """Return once a server answers; fail the test when it does not start."""
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        try:
            urlopen(url, timeout=5).close()
            return
        except (URLError, OSError):
            time.sleep(0.2)  # polling a real process, not waiting a fixed time
    pytest.fail("the server did not start")


@pytest.fixture(scope="session")
def home(assembly: Assembly, tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("served") / "home"
    shutil.copytree(assembly.config.home, home)
    return home


@pytest.fixture(scope="session")
def address(home: Path) -> Iterator[str]:
    yield from served(home)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 1280, "height": 844})
    context.set_default_timeout(_PATIENCE)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    yield context
    context.close()


@pytest.fixture
def wide(context: BrowserContext, address: str) -> Page:
    return opened(context.new_page(), address)


@pytest.fixture
def narrow(context: BrowserContext, address: str) -> Page:
    page = context.new_page()
    page.set_viewport_size({"width": 390, "height": 844})
    return opened(page, address)


def opened(page: Page, address: str) -> Page:
    """Return a page that is ready to be asked."""
    page.goto(address)
    page.wait_for_selector("#jw-box textarea")
    page.wait_for_selector("#jw-live", state="attached")
    return page


def serious(page: Page) -> list[tuple[str, list[str]]]:
    """Return what axe finds serious: each rule with the elements that break it.

    axe is put in by the debugger, which the desk's policy does not hold back.
    """
    return [
        (found["id"], [node["html"][:160] for node in found["nodes"]])
        for found in Axe().run(page).response["violations"]
        if found["impact"] in ("serious", "critical")
    ]


@pytest.fixture(scope="session")
def ask() -> Ask:
    """Return a function that asks, by keyboard, and waits for the answer or refusal."""

    def asking(page: Page, question: str) -> None:
        before = page.locator(".jw-answer, .jw-refusal").count()
        page.fill("#jw-box textarea", question)
        page.press("#jw-box textarea", "Enter")
        page.wait_for_function(
            "n => document.querySelectorAll('.jw-answer, .jw-refusal').length > n", arg=before
        )

    return asking
