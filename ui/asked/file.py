"""The file of the log of questions: opened anew for each use, by any thread and any process."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from corpus.errors import StoreError
from corpus.private import private

_FORM = 1
SECONDS = 0.5  # an answer waits no longer for the log
_SQL = f"""
BEGIN IMMEDIATE;
CREATE TABLE IF NOT EXISTS asked (
    id INTEGER PRIMARY KEY AUTOINCREMENT, time TEXT NOT NULL, question TEXT NOT NULL,
    resolved TEXT NOT NULL, ended TEXT NOT NULL, mode TEXT NOT NULL, milliseconds REAL NOT NULL,
    index_version TEXT NOT NULL, disliked INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX IF NOT EXISTS asked_question ON asked (question);
CREATE INDEX IF NOT EXISTS asked_time ON asked (time);
CREATE TABLE IF NOT EXISTS heard (bytes INTEGER NOT NULL);
INSERT INTO heard SELECT 0 WHERE NOT EXISTS (SELECT 1 FROM heard);
PRAGMA user_version = {_FORM};
COMMIT;
"""


class AskedFile:
    """The file; StoreError where it is damaged, busy or of a newer program."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @property
    def is_there(self) -> bool:
        """Return whether there may be questions."""
        return self._path.exists()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Give a connection, to a file made where there is none; its owner alone may read it."""
        try:
            private(self._path)
            with closing(sqlite3.connect(self._path, SECONDS, isolation_level=None)) as base:
                _prepare(base, self._path.name)
                yield base
        except sqlite3.DatabaseError as error:
            raise StoreError(
                f"“{self._path.name}”无法读写（{error}），请检查磁盘，或移走这个文件后重试"
            ) from error

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Give a connection whose changes are all made or, after an error, none."""
        with self.reading() as base:
            base.execute("BEGIN IMMEDIATE")
            with base:  # commits, or takes back
                yield base

    def wipe(self) -> None:
        """Leave nothing of deleted questions on the disk."""
        with self.reading() as base:
            base.execute("VACUUM")
            base.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _prepare(base: sqlite3.Connection, name: str) -> None:
    base.execute("PRAGMA journal_mode = WAL")
    base.execute("PRAGMA synchronous = NORMAL")
    (form,) = base.execute("PRAGMA user_version").fetchone()
    if form > _FORM:
        raise StoreError(f"“{name}”是更新的程序写的，请升级津问后重试")
    if form < _FORM:
        base.executescript(_SQL)
