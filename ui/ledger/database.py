"""The desk's memory: one SQLite file in the home. The index and its documents are not in it."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from corpus.errors import StoreError
from corpus.private import private

NAME = "desk.sqlite"
_BUSY_SECONDS = 10.0
# Each step leads from one `user_version` to the next; steps are only ever added.
_STEPS: tuple[tuple[str, ...], ...] = (
    (
        "CREATE TABLE accounts (name TEXT PRIMARY KEY, role TEXT NOT NULL, hash TEXT NOT NULL,"
        " created TEXT NOT NULL) STRICT",
        "CREATE TABLE sessions (id TEXT PRIMARY KEY, name TEXT NOT NULL REFERENCES accounts"
        " ON DELETE CASCADE, opened REAL NOT NULL, seen REAL NOT NULL) STRICT",
        "CREATE TABLE tries (key TEXT PRIMARY KEY, wrong INTEGER NOT NULL, last REAL NOT NULL)"
        " STRICT",
        "CREATE TABLE audit (id INTEGER PRIMARY KEY, at TEXT NOT NULL, who TEXT NOT NULL,"
        " action TEXT NOT NULL, subject TEXT NOT NULL, outcome TEXT NOT NULL) STRICT",
        "CREATE TRIGGER audit_stays BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'audit'); END",
        "CREATE TRIGGER audit_keeps BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'audit'); END",
        "CREATE TABLE jobs (id INTEGER PRIMARY KEY, who TEXT NOT NULL, at TEXT NOT NULL,"
        " folder TEXT NOT NULL, files TEXT NOT NULL, replaces TEXT NOT NULL DEFAULT '',"
        " state TEXT NOT NULL,"
        " done INTEGER NOT NULL DEFAULT 0, total INTEGER NOT NULL DEFAULT 0,"
        " note TEXT NOT NULL DEFAULT '', outcomes TEXT NOT NULL DEFAULT '[]',"
        " ended TEXT NOT NULL DEFAULT '') STRICT",
        "CREATE TABLE arrivals (document TEXT PRIMARY KEY, at TEXT NOT NULL, who TEXT NOT NULL)"
        " STRICT",
    ),
    (
        "CREATE INDEX tries_by_last ON tries (last)",
        "CREATE TABLE known (key TEXT PRIMARY KEY, last REAL NOT NULL) STRICT",
    ),
    (
        "CREATE TABLE keys (name TEXT PRIMARY KEY, hash TEXT NOT NULL UNIQUE,"
        " per_minute INTEGER NOT NULL, created TEXT NOT NULL) STRICT",
    ),
)
_AGAIN = "请稍后再试；问答不受影响"
_CAUSES = {
    "SQLITE_FULL": "磁盘已满，请腾出空间后再试；问答不受影响",
    "SQLITE_BUSY": f"正被别的程序占用，{_AGAIN}",
    "SQLITE_READONLY": "没有写入权限，请检查主目录的权限后再试；问答不受影响",
    "SQLITE_CANTOPEN": "打不开，请检查主目录的权限后再试；问答不受影响",
}


class Database:
    """The file, opened anew for each use: any thread and any process may use it at once."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Give a connection to read from; raises StoreError where the file cannot be used."""
        with _told(), closing(self._opened()) as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Give a connection whose changes are all made or, after an error, none; one at a time."""
        with _told(), closing(self._opened()) as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")

    def close(self) -> None:
        """Do nothing: nothing is held open."""

    def _opened(self) -> sqlite3.Connection:
        if not self._path.exists():  # only its owner may read it; SQLite's own files follow suit
            private(self._path)
        connection = sqlite3.connect(self._path, timeout=_BUSY_SECONDS, isolation_level=None)
        try:
            connection.row_factory = sqlite3.Row
            connection.execute("PRAGMA foreign_keys = ON")
            _brought_up(connection)
        except BaseException:
            connection.close()
            raise
        return connection


def _brought_up(connection: sqlite3.Connection) -> None:
    """Take the steps that the file has not taken yet; raises StoreError for one of a newer make."""
    if (version := _version(connection)) == len(_STEPS):
        return
    if version > len(_STEPS):
        raise StoreError(
            f"工作台的数据库“{NAME}”来自更新的版本（{version}，本程序到 {len(_STEPS)}），"
            "请升级本程序；问答不受影响"
        )
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("BEGIN IMMEDIATE")
    for step in _STEPS[_version(connection) :]:  # another process may have been faster
        for statement in step:
            connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {len(_STEPS)}")
    connection.execute("COMMIT")


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


@contextmanager
def _told() -> Iterator[None]:
    """Say in one line what is wrong with the file, where something is."""
    try:
        yield
    except sqlite3.OperationalError as error:
        cause = _CAUSES.get(_code(error), f"用不了（{error}），{_AGAIN}")
        raise StoreError(f"工作台的数据库“{NAME}”{cause}") from error
    except sqlite3.IntegrityError:
        raise
    except sqlite3.DatabaseError as error:
        raise StoreError(
            f"工作台的数据库“{NAME}”已损坏，请用备份恢复，或把它改名后重新建立账号；问答不受影响"
        ) from error


def _code(error: sqlite3.Error) -> str:
    return str(getattr(error, "sqlite_errorname", ""))
