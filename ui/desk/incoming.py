"""Folders of uploaded files in the home: there until their job has ended.

Several servers may use a home at once. Each holds a lock for as long as it runs, and one for each
folder of its own; the system lets go of them when it dies. So what is left behind by one that is
gone can be told from what another is at work on.
"""

import shutil
from pathlib import Path
from secrets import token_hex

from filelock import FileLock, Timeout

from corpus.private import private_folder


class Incoming:
    """The folder of such folders, and the locks of the servers of a home."""

    def __init__(self, home: Path) -> None:
        self._root, self._servers = home / "desk" / "incoming", home / "desk" / "servers"
        self.turn = _lock(home / "desk" / "worker.lock")  # held by the one who works at a job
        self._held: dict[Path, FileLock] = {}

    def new(self) -> Path:
        """Return a fresh folder of this server."""
        folder = private_folder(self._root) / token_hex(8)
        self._hold(folder)  # before it is there: nobody may take it for one left behind
        return private_folder(folder)

    def folder(self, name: str) -> Path:
        """Return a folder by its name."""
        return self._root / name

    def drop(self, folder: Path) -> None:
        """Remove a folder and its files."""
        shutil.rmtree(folder, ignore_errors=True)
        self._let_go(folder)

    def is_left(self, name: str) -> bool:
        """Tell whether the server whose folder it is (was) has gone."""
        return not _is_held(self._root / name)

    def open(self) -> None:
        """Note that a server uses this home, and remove what those that are gone left behind."""
        self._hold(self._servers / token_hex(8))
        private_folder(self._root)
        for folder in [path for path in self._root.iterdir() if path.is_dir()]:
            if self.is_left(folder.name):
                self.drop(folder)

    def in_use(self) -> bool:
        """Tell whether a server, this one or another, uses this home."""
        return any(_is_held(file.with_suffix("")) for file in self._servers.glob("*.lock"))

    def leave(self) -> None:
        """Use this home no more."""
        for path in list(self._held):
            self._let_go(path)

    def _hold(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._held[path] = lock = _lock(_file(path))
        lock.acquire()

    def _let_go(self, path: Path) -> None:
        """End what is held; the file goes while the lock is held, so that nobody gets it after."""
        lock = self._held.pop(path, None)
        _file(path).unlink(missing_ok=True)
        if lock is not None:
            lock.release()


def _file(path: Path) -> Path:
    return path.with_name(f"{path.name}.lock")


def _lock(file: Path) -> FileLock:
    # Taken in one thread and released in another.
    return FileLock(file, thread_local=False)


def _is_held(path: Path) -> bool:
    """Tell whether a server holds the lock of a path; a file of one that is gone is removed."""
    if not _file(path).exists():
        return False
    lock = _lock(_file(path))
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return True
    _file(path).unlink(missing_ok=True)
    lock.release()
    return False
