"""A cold `jinwen ask` against importing what it needs, and the memory of a server."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from urllib.error import URLError
from urllib.request import urlopen

import psutil

from eval.bench.measure import Ratio, medians_ms

_IMPORTS = (
    "import faiss, numpy, onnxruntime, opencc, pydantic_settings, rjieba, sentencepiece, tqdm"
)
_ASK = ("-m", "ui.cli.main", "ask", "今年要改造多少公里燃气管网？")
_MB = 1024 * 1024


def ratios() -> Iterator[Ratio]:
    """Measure whole processes."""
    cold, imports = medians_ms(lambda: _run(*_ASK), lambda: _run("-c", _IMPORTS), rounds=5)
    yield Ratio("cold jinwen ask / import what it needs", cold, imports)
    served = _server_memory()
    bare = _peak("-c", "import gradio, fastapi, uvicorn; input()")
    yield Ratio("peak memory, server / import of gradio", served, bare, unit="MB")


def _run(*arguments: str) -> None:
    subprocess.run([sys.executable, *arguments], check=True, capture_output=True)


def _peak(*arguments: str) -> float:
    with subprocess.Popen([sys.executable, *arguments], stdin=subprocess.PIPE) as child:
        process = psutil.Process(child.pid)
        before = 0
        while process.memory_info().rss != before:  # settled: nothing more is being imported
            before = process.memory_info().rss
            time.sleep(2)
        child.kill()
    return before / _MB


def _server_memory() -> float:
    """Return the server's resident memory after it has answered, in MB."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "ui.cli.main", "serve", "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as child:
        while not _healthy(port):
            time.sleep(0.5)
        peak: float = psutil.Process(child.pid).memory_info().rss / _MB
        child.kill()
    return peak


def _healthy(port: int) -> bool:
    try:
        with urlopen(f"http://127.0.0.1:{port}/api/health", timeout=5) as reply:
            return bool(reply.status == 200)
    except (URLError, OSError):
        return False
