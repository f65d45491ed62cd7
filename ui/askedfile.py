"""The file of the log of questions: opened anew for each use, by any thread and any process."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from corpus.errors import StoreError
from corpus.private import private

_FORM = 1
_BUSY_SECONDS = 0.5  # an answer waits no longer for the log
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


@contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    """Give a connection to the log, made where there is none; its owner alone may read it.

    Raises StoreError where the file is damaged, busy or of a newer program.
    """
    try:
        private(path)
        with closing(sqlite3.connect(path, _BUSY_SECONDS, isolation_level=None)) as base:
            _prepare(base, path.name)
            yield base
    except sqlite3.DatabaseError as error:
        raise StoreError(
            f"“{path.name}”无法读写（{error}），请检查磁盘，或移走这个文件后重试"
        ) from error


def _prepare(base: sqlite3.Connection, name: str) -> None:
    base.execute("PRAGMA journal_mode = WAL")
    base.execute("PRAGMA synchronous = NORMAL")
    (form,) = base.execute("PRAGMA user_version").fetchone()
    if form > _FORM:
        raise StoreError(f"“{name}”是更新的程序写的，请升级津问后重试")
    if form < _FORM:
        base.executescript(_SQL)
