"""A writer that fails or is killed at any step leaves one whole version in use."""

import errno
import io
import os
from collections.abc import Callable
from itertools import count
from pathlib import Path
from stat import S_ISREG
from typing import Any

import pytest

from corpus.errors import StoreError
from index.store import Store

Publish = Callable[[Store, str], str]
STEPS = ((io, "open"), (os, "mkdir"), (os, "fsync"), (os, "rename"), (os, "replace"))


class Killed(BaseException):
    """Nobody catches it, as nobody catches a kill."""


class Fault:
    """Makes the n-th step of a writer fail; what was being synced is left half written."""

    def __init__(self, patch: pytest.MonkeyPatch, n: int, error: BaseException) -> None:
        self._n, self._error, self.calls = n, error, 0
        for module, name in STEPS:
            patch.setattr(module, name, self._failing(getattr(module, name)))

    def _failing(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def step(*arguments: Any, **options: Any) -> Any:
            self.calls += 1
            if self.calls == self._n:
                if real.__name__ == "fsync":
                    _tear(arguments[0])
                raise self._error
            return real(*arguments, **options)

        return step


def _unfinished(store: Store) -> list[Path]:
    return [path for path in (store.root / "versions").iterdir() if path.name.startswith(".")]


def _tear(handle: int) -> None:
    stat = os.fstat(handle)
    if S_ISREG(stat.st_mode):
        os.ftruncate(handle, stat.st_size // 2)


@pytest.mark.parametrize(
    "error", [OSError(errno.ENOSPC, "No space left on device"), Killed()], ids=["full", "killed"]
)
def test_failing_at_any_step_leaves_the_old_version_or_the_new_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, publish: Publish, error: BaseException
) -> None:
    after: list[str] = []
    for n in count(1):
        store = Store(tmp_path / str(n))
        old = publish(store, "旧")
        failed = False
        with monkeypatch.context() as patch:
            fault = Fault(patch, n, error)
            try:
                publish(store, "新")
            except (type(error), StoreError):
                failed = True
        if isinstance(error, OSError):
            assert _unfinished(store) == []  # who is alive cleans up at once
        texts = {name: store.read(name).files["a.txt"].decode() for name in store.names()}
        in_use = texts[store.current()]
        if failed:
            after.append(in_use)
        assert failed or in_use == "新"
        assert texts[old] == "旧"
        newest = publish(store, "再")
        assert store.read(store.current()).files["a.txt"] == "再".encode()
        assert store.current() == newest
        assert _unfinished(store) == []
        if fault.calls < n:
            break
    switched = after.index("新")  # the step from which on the new version is in use
    assert switched > 10
    assert after == ["旧"] * switched + ["新"] * (len(after) - switched)


def test_everything_is_synced_before_it_is_named(
    home: Path, monkeypatch: pytest.MonkeyPatch, publish: Publish
) -> None:
    store, done = Store(home / "index"), []
    fsync, rename, replace = os.fsync, os.rename, os.replace

    def _sync(handle: int) -> None:
        node = os.fstat(handle).st_ino
        (path,) = (p for p in [store.root, *store.root.rglob("*")] if p.stat().st_ino == node)
        done.append(f"sync {path.name}")
        fsync(handle)

    def _move(how: Callable[..., None]) -> Callable[..., None]:
        def move(source: Path, target: Path) -> None:
            done.append(f"{Path(source).name} -> {Path(target).name}")
            how(source, target)

        return move

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", _sync)
        patch.setattr(os, "rename", _move(rename))
        patch.setattr(os, "replace", _move(replace))
        name = publish(store, "新")
    assert done == [
        "sync a.txt", "sync b.bin", "sync manifest.json", f"sync .{name}", f".{name} -> {name}",
        "sync versions", "sync current.new", "current.new -> current", "sync index",
    ]  # fmt: skip
