"""A GGUF file served by llama.cpp in a process of its own, which ends with the one that began it.

Run as `python -m rag.generation.llama FILE`: prints the address once it listens, and stays until
its standard input closes, so that it outlives nobody, not even one that was killed.
"""

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from threading import Event, Lock, Thread

from corpus.errors import ModelError, NotYetError

_CONTEXT = 4096  # tokens: rules, passages and answer need under 3,000
SLOTS = 1  # answers at once: on a few cores two take as long as one after the other

Process = subprocess.Popen[str]


class LocalServer:
    """Starts and stops the process; `address` is there once the model is loaded."""

    def __init__(self, file: Path, threads: int) -> None:
        self._file, self._threads = file, threads
        self._lock, self._told = Lock(), Event()
        self._process: Process | None = None
        self._address = ""
        self._closed = False

    def start(self) -> None:
        """Start serving, and return at once; one that died while it served is started anew.

        Raises ModelError when there is nothing to serve, or the file proved to be no model.
        """
        if find_spec("xllamacpp") is None:
            raise ModelError("没有安装 xllamacpp，请运行 pip install -e '.[local]' 后重试")
        if not self._file.is_file():
            raise ModelError(f"没有模型文件“{self._file}”，请检查 JINWEN_LOCAL_MODEL")
        with self._lock:
            if self._closed:
                raise ModelError("服务正在停止")
            if self._told.is_set() and not self._address:
                raise ModelError(f"无法载入模型文件“{self._file}”，请换一个 GGUF 文件后重新启动")
            if self._process is None or self._process.poll() is not None:
                self._spawn()

    def address(self) -> str:
        """Return the base URL of its API; raises ModelError, NotYetError while it is loaded."""
        self.start()
        with self._lock:
            if not self._address:
                raise NotYetError("本机的语言模型还在启动")
            return self._address

    def wait(self, seconds: float) -> None:
        """Wait until it listens; raises ModelError when it does not in that time."""
        self.start()
        self._told.wait(seconds)
        self.address()

    def stop(self) -> None:
        """Stop serving, for good."""
        with self._lock:
            self._closed = True
            if self._process is not None:
                self._process.kill()
                self._process.wait()

    def _spawn(self) -> None:
        self._told.clear()
        self._address = ""
        self._process = subprocess.Popen(
            [sys.executable, "-m", "rag.generation.llama", str(self._file), str(self._threads)],
            text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        Thread(target=self._listen, args=(self._process,), daemon=True).start()

    def _listen(self, process: Process) -> None:
        """Take the address that a process tells, nothing if it ends without one."""
        assert process.stdout is not None
        told = process.stdout.readline().strip()
        with self._lock:
            if process is self._process:
                self._address = told and f"{told}/v1"
                self._told.set()


def _serve(file: str, threads: int) -> None:
    """Serve a file on a free port of this machine until standard input closes."""
    import xllamacpp

    told = xllamacpp.CommonParams()
    told.model.path = file
    told.hostnames = ["127.0.0.1"]
    told.port = 0
    told.n_ctx = _CONTEXT
    told.n_parallel = SLOTS
    told.cpuparams.n_threads = threads
    told.warmup = False
    server = xllamacpp.Server(told)
    print(server.listening_address, flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    _serve(sys.argv[1], int(sys.argv[2]))
