"""Folders of uploaded files in the home: there until their job has ended."""

import shutil
from pathlib import Path
from secrets import token_hex

from filelock import FileLock, Timeout

from corpus.private import private_folder


class Incoming:
    """The folder of such folders; one server a home sweeps it."""

    def __init__(self, home: Path) -> None:
        self._root = home / "desk" / "incoming"
        self._lock = FileLock(home / "desk" / "server.lock")

    def new(self) -> Path:
        """Return a fresh folder."""
        private_folder(self._root)
        return private_folder(self._root / token_hex(8))

    def folder(self, name: str) -> Path:
        """Return a folder by its name."""
        return self._root / name

    def drop(self, folder: Path) -> None:
        """Remove a folder and its files."""
        shutil.rmtree(folder, ignore_errors=True)

    def take_over(self) -> bool:
        """Tell whether no other server uses this home; then what one left behind is removed."""
        try:
            private_folder(self._root)
            self._lock.acquire(timeout=0)
        except (Timeout, OSError):
            return False
        for folder in self._root.iterdir():
            self.drop(folder)
        return True

    def in_use(self) -> bool:
        """Tell whether a server, this one or another, uses this home."""
        if not Path(self._lock.lock_file).exists():
            return False
        try:
            FileLock(self._lock.lock_file).acquire(timeout=0).lock.release()
        except Timeout:
            return True
        return False

    def leave(self) -> None:
        """Let another server take over."""
        self._lock.release()
