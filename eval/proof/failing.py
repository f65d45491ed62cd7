"""The n-th file call below a folder fails, as on a full, broken or rationed disk."""

import builtins
import io
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

_CALLS = ("open", "mkdir", "fsync", "rename", "replace", "unlink")


class Failing:
    """Counts the file calls of this process below a folder; the n-th raises, in `os` and `open`.

    Calls are opening, writing, syncing, renaming, removing and making folders. What SQLite does in
    C is not seen.
    """

    def __init__(self, folder: Path, n: int, error: int) -> None:
        self._folder, self._n, self._error = str(folder), n, error
        self.calls = 0

    @property
    def has_failed(self) -> bool:
        """Tell whether there was an n-th call."""
        return self.calls >= self._n

    def install(self) -> None:
        """Stand before the calls of this process, for as long as it lives."""
        for name in _CALLS:
            setattr(os, name, self._counted(getattr(os, name)))
        opened = self._opened(io.open)
        io.open = builtins.open = opened

    def count(self, place: object) -> None:
        """Count a call on a path or a handle; raises OSError when it is the one to fail."""
        if self._folder not in _named(place):
            return
        self.calls += 1
        if self.calls == self._n:
            raise OSError(self._error, os.strerror(self._error), _named(place))

    def _counted(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(place: Any, *arguments: Any, **options: Any) -> Any:
            self.count(place)
            return real(place, *arguments, **options)

        return call

    def _opened(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(place: Any, *arguments: Any, **options: Any) -> Any:
            self.count(place)
            file = real(place, *arguments, **options)
            return _Written(file, self) if file.writable() else file

        return call


class _Written:
    """A file whose writes are counted."""

    def __init__(self, file: Any, failing: Failing) -> None:
        self._file, self._failing = file, failing

    def write(self, data: Any) -> int:
        self._failing.count(self._file.name)
        return int(self._file.write(data))

    def __enter__(self) -> "_Written":
        self._file.__enter__()
        return self

    def __exit__(self, *told: Any) -> None:
        self._file.__exit__(*told)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


def _named(place: object) -> str:
    """Return the path of a path or a handle, "" where there is none."""
    if isinstance(place, int):
        try:
            return str(Path(f"/proc/self/fd/{place}").readlink())
        except OSError:
            return ""
    return os.fsdecode(place) if isinstance(place, str | bytes | os.PathLike) else ""
