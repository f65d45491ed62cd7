"""The access log: a line of JSON a request, on stdout or in a file that is begun anew in time."""

import json
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from threading import Lock
from typing import Any

from filelock import FileLock

from corpus.private import private

MOST_BYTES = 16 * 1024 * 1024
_DAY_SECONDS = 86_400


class AccessLog:
    """Writes lines to stdout, or to a file which is renamed each day (UTC) and at `most` bytes.

    The file is opened anew for each line, so that whoever renames or deletes it loses nothing.
    """

    def __init__(
        self, path: Path | None, most: int = MOST_BYTES, clock: Callable[[], float] = time.time
    ) -> None:
        self._path, self._most, self._clock = path, most, clock
        self._lock, self._failed = Lock(), False

    def write(self, record: dict[str, Any]) -> None:
        """Write a line that begins with the time; never fails, as no request may for it."""
        told = {"time": _iso(self._clock()), **record}
        line = json.dumps(told, ensure_ascii=False)
        if self._path is None:
            print(line, flush=True)
            return
        with self._lock:
            try:
                self._append(self._path, line.encode(errors="replace") + b"\n")
                self._failed = False
            except OSError as error:
                if not self._failed:  # once, not a line a request
                    print(f"写不了访问日志：{error}", file=sys.stderr, flush=True)
                self._failed = True

    def _append(self, path: Path, line: bytes) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        if self._is_over(path):
            # Another process may have been faster: without the lock its new file would be put
            # aside under the old one's name.
            with FileLock(path.with_name(f".{path.name}.lock")):
                if self._is_over(path):
                    _put_aside(path)
        with private(path).open("ab", buffering=0) as file:  # in one call, so that lines never mix
            file.write(line)

    def _is_over(self, path: Path) -> bool:
        """Tell whether the file is full, or of a day ago."""
        try:
            stat = path.stat()
        except FileNotFoundError:
            return False
        return stat.st_size >= self._most or _iso(stat.st_mtime)[:10] < _iso(self._clock())[:10]


def purge(path: Path, days: int, now: float) -> list[Path]:
    """Delete the files of a log whose last line is older than `days`, and return them.

    `now` is in seconds since the epoch. A file holds a day at most, so nothing older than
    `days` + 1 is left while the service runs.
    """
    files = [path, *path.parent.glob(f"{path.name}.[0-9]*")]
    old = [f for f in files if f.is_file() and f.stat().st_mtime < now - days * _DAY_SECONDS]
    for file in old:
        file.unlink(missing_ok=True)
    return old


def _put_aside(path: Path) -> None:
    """Name the file after the time of its last line, and a number where that is taken."""
    last = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    name = f"{path.name}.{last:%Y%m%d-%H%M%S-%f}"
    names = (path.with_name(f"{name}-{n}" if n else name) for n in count())
    path.rename(next(aside for aside in names if not aside.exists()))


def _iso(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds")
