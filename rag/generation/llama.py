"""A GGUF file served by llama.cpp in a process of its own, which ends with the one that began it.

Run as `python -m rag.generation.llama FILE`: prints the address once it listens, and stays until
its standard input closes, so that it outlives nobody, not even one that was killed.
"""

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from threading import Lock, Thread

from corpus.errors import ModelError

_CONTEXT = 4096  # tokens: rules, passages and answer need under 3,000
_STARTING = "本机的语言模型还在启动"


class LocalServer:
    """Starts and stops the process; `address` is there once the model is loaded."""

    def __init__(self, file: Path, threads: int) -> None:
        self._file, self._threads = file, threads
        self._lock = Lock()
        self._process: subprocess.Popen[str] | None = None
        self._address = ""

    def start(self) -> None:
        """Start serving, and return at once; raises ModelError when there is nothing to serve."""
        if find_spec("xllamacpp") is None:
            raise ModelError("没有安装 xllamacpp，请运行 pip install -e '.[local]' 后重试")
        if not self._file.is_file():
            raise ModelError(f"没有模型文件“{self._file}”，请检查 JINWEN_LOCAL_MODEL")
        with self._lock:
            if self._process is None or self._process.poll() is not None:
                self._address = ""
                self._process = process = _spawn(self._file, self._threads)
                Thread(target=self._await, args=(process,), daemon=True).start()

    def address(self) -> str:
        """Return the base URL of its API; one that died is started anew. Raises ModelError."""
        self.start()
        with self._lock:
            if not self._address:
                raise ModelError(_STARTING)
            return self._address

    def wait(self, seconds: float) -> None:
        """Wait until it listens; raises ModelError when it does not in that time."""
        waiting = Thread(target=self._ready, daemon=True)
        self.start()
        waiting.start()
        waiting.join(seconds)
        self.address()

    def stop(self) -> None:
        """Stop serving."""
        with self._lock:
            if self._process is not None:
                self._process.kill()
                self._process.wait()
            self._process, self._address = None, ""

    def _await(self, process: "subprocess.Popen[str]") -> None:
        assert process.stdout is not None
        told = process.stdout.readline().strip()
        with self._lock:
            if process is self._process:
                self._address = told and f"{told}/v1"

    def _ready(self) -> None:
        with self._lock:
            process = self._process
        while process and process.poll() is None and not self._address:
            try:
                process.wait(0.1)
            except subprocess.TimeoutExpired:
                continue


def _spawn(file: Path, threads: int) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "rag.generation.llama", str(file), str(threads)], text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def _serve(file: str, threads: int) -> None:
    """Serve a file on a free port of this machine until standard input closes."""
    import xllamacpp

    told = xllamacpp.CommonParams()
    told.model.path = file
    told.hostnames = ["127.0.0.1"]
    told.port = 0
    told.n_ctx = _CONTEXT
    told.n_parallel = 1
    told.cpuparams.n_threads = threads
    told.warmup = False
    server = xllamacpp.Server(told)
    print(server.listening_address, flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    _serve(sys.argv[1], int(sys.argv[2]))
