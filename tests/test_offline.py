"""Nothing at run time needs the network: build, ask and page with all but loopback blocked."""

import subprocess
import sys
from pathlib import Path

import pytest

_BLOCK = """
import sys
def only_loopback(event, arguments):
    if event == "socket.connect" and isinstance(arguments[1], tuple):
        if arguments[1][0] not in ("127.0.0.1", "::1"):
            raise PermissionError(f"network: {arguments[1]}")
    if event == "socket.getaddrinfo" and arguments[0] not in ("127.0.0.1", "localhost", None):
        raise PermissionError(f"name look-up: {arguments[0]}")
sys.addaudithook(only_loopback)
"""

_WORK = """
import asyncio, re, sys
from pathlib import Path
from index.embedders import EmbedderChoice
from rag.assembly import Assembly, Config
home, models = map(Path, sys.argv[1:])
assembly = Assembly(Config(home, EmbedderChoice(models=models)))
assembly.upkeep().rebuild()
print(assembly.assistant().ask("今年要改造多少公里燃气管网？").answer.replace("\\n", " "))
from ui.web.server import application
import httpx
async def load():
    transport = httpx.ASGITransport(application(assembly))
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
        page = await client.get("/")
        assets = set(re.findall(r'(?:src|href)="(\\./[^"]+\\.(?:js|css))"', page.text))
        codes = {(await client.get(asset.removeprefix("."))).status_code for asset in assets}
        print("page", page.status_code, "assets", len(assets) >= 2, codes)
        outside = re.findall(r'<(?:script|link)[^>]+(?:src|href)="(https?://[^"]+)"', page.text)
        print("outside", [url for url in outside if "127.0.0.1" not in url])
asyncio.run(load())
"""


def _run(program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", program, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_build_ask_and_page_without_a_network(tmp_path: Path, models: Path) -> None:
    done = _run(_BLOCK + _WORK, str(tmp_path), str(models))
    assert done.returncode == 0, done.stderr
    answer, page, outside = done.stdout.strip().splitlines()
    assert "燃气管网623公里" in answer
    assert page == "page 200 assets True {200}"
    assert outside == "outside []"


def test_the_block_does_block() -> None:
    looked_up = "import urllib.request as u; u.urlopen('http://example.com')"
    connected = "import socket; socket.create_connection(('192.0.2.1', 80), 1)"
    for attempt in (looked_up, connected):
        failed = _run(_BLOCK + attempt)
        assert failed.returncode != 0
        assert "PermissionError" in failed.stderr


_OPENED = """
import sys
from pathlib import Path
from index.bundled.folder import READER_GRAPH
from index.bundled.session import open_graph
open_graph(Path(sys.argv[1]), READER_GRAPH)
"""
_RECOGNIZED = "from corpus.loaders.scan import _engine; _engine()"
_UNGUARDED = """
import sys
from pathlib import Path
import onnxruntime
from index.bundled.folder import READER_GRAPH, model_folder
import os; del os.environ["ORT_DISABLE_TELEMETRY"]
graph = str(model_folder(Path(sys.argv[1])) / READER_GRAPH)
onnxruntime.InferenceSession(graph, providers=["CPUExecutionProvider"])
"""


@pytest.mark.parametrize(
    ("program", "is_kept"), [(_OPENED, False), (_RECOGNIZED, False), (_UNGUARDED, True)]
)
def test_the_runtime_of_the_models_keeps_no_id_of_the_machine(
    program: str, is_kept: bool, models: Path, tmp_path: Path
) -> None:
    """What would be reported is kept in the user's cache; the last program shows that it is."""
    # Nothing else is set: CI=1 alone makes the runtime silent, and the control with it.
    environment = {"HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "cache")}
    command = [sys.executable, "-c", program, str(models)]
    subprocess.run(command, env=environment, check=True, capture_output=True)
    assert bool([p for p in tmp_path.rglob("*") if "onnxruntime" in str(p)]) == is_kept
