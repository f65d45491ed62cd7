"""The real command, `jinwen serve`, in a process of its own on a free port."""

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from socket import socket

import httpx

_CHECKOUT = Path(__file__).parents[2]
_ENDS = re.compile(r"^[\w.]+(?:Error|Exception|Interrupt)\b.*", re.MULTILINE)
_START_SECONDS = 120.0
_STOP_SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class Served:
    """A server: where it is, its process, and the file of what it says on stderr."""

    address: str
    pid: int
    said: Path

    def tracebacks(self) -> int:
        """Return how many tracebacks it has printed."""
        return self._text().count("Traceback")

    def errors(self) -> list[str]:
        """Return the different lines that tracebacks end with."""
        return sorted({line[:200] for line in _ENDS.findall(self._text())})

    def _text(self) -> str:
        return self.said.read_text(encoding="utf-8", errors="replace")


@contextmanager
def served(home: Path, **settings: str) -> Iterator[Served]:
    """Serve a home until done with; settings are of `ui.settings`, in capitals.

    Nobody's questions are counted unless PER_MINUTE is set. Raises RuntimeError when the server
    does not start.
    """
    port, said = _free_port(), home.with_name(f"{home.name}.stderr")
    told = {"PER_MINUTE": "0", **settings}
    command = ["env", *(f"JINWEN_{name}={value}" for name, value in told.items()),
               sys.executable, "-m", "ui.cli.main", "--home", str(home), "serve",
               "--port", str(port)]  # fmt: skip
    with said.open("wb") as errors:
        child = subprocess.Popen(command, cwd=_CHECKOUT, stdout=subprocess.DEVNULL, stderr=errors)
    try:
        address = f"http://127.0.0.1:{port}"
        _wait(address, child, said)
        yield Served(address, child.pid, said)
    finally:
        _stop(child)


def _free_port() -> int:
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(address: str, child: "subprocess.Popen[bytes]", said: Path) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline and child.poll() is None:
        try:
            if httpx.get(f"{address}/api/ready", timeout=_START_SECONDS).status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.2)
    raise RuntimeError(f"the server did not start: {said.read_text(errors='replace')}")


def _stop(child: "subprocess.Popen[bytes]") -> None:
    child.terminate()
    try:
        child.wait(_STOP_SECONDS)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
