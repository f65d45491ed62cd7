"""The service stopped as systemd and containers do, with a page open."""

import signal
import subprocess
import sys
from pathlib import Path
from socket import socket

from playwright.sync_api import BrowserContext

from tests.ui.page.conftest import Ask, opened, wait_until_ready


def test_it_stops_on_sigterm_and_says_nothing(
    context: BrowserContext, home: Path, ask: Ask
) -> None:
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    command = [sys.executable, "-m", "ui.cli.main", "--home", str(home), "serve", "--port", port]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as server:
        wait_until_ready(f"http://127.0.0.1:{port}/api/health", server)
        page = opened(context.new_page(), f"http://127.0.0.1:{port}/")
        ask(page, "今年要改造多少公里燃气管网？")
        server.terminate()
        said, _ = server.communicate(timeout=30)
    assert said.decode().splitlines() == [f"津问已就绪：http://127.0.0.1:{port}  （Ctrl+C 停止）"]
    assert server.returncode == -signal.SIGTERM
