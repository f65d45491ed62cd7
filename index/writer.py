"""The writer's lock of an index that is a folder: one at a time, across processes."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from corpus.errors import BusyError


@contextmanager
def held(root: Path, what: str) -> Iterator[None]:
    """Hold the lock; raises BusyError naming the other writer when it is taken."""
    owner = root / "writer.json"
    root.mkdir(parents=True, exist_ok=True)
    lock = FileLock(root / "writer.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise BusyError(f"索引正被另一个程序写入（{_told(owner)}），请等它结束后再试") from error
    try:
        owner.write_text(json.dumps({"pid": os.getpid(), "what": what}), encoding="utf-8")
        yield
    finally:
        owner.unlink(missing_ok=True)
        lock.release()


def _told(owner: Path) -> str:
    try:
        record = json.loads(owner.read_text(encoding="utf-8"))
        return f"进程 {record['pid']}，{record['what']}"
    except (OSError, ValueError, KeyError, TypeError):
        return "进程未知"
