"""The ledger in PostgreSQL, for machines that share one index: a schema of its own beside it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from psycopg import Connection, Error, IntegrityError, InterfaceError, OperationalError
from psycopg.errors import LockNotAvailable

from corpus.errors import StoreError
from index.postgres.server import pooled
from ui.ledger.schema import STEPS
from ui.ledger.understood import Understood

# One at a time writes, on whichever machine, and sees all that was written before: so five tries
# are five and the last admin stays. Whoever holds the lock and is gone is cut off.
_LOCK = 0x6A776465736B  # "jwdesk"
_ALONE = "SELECT pg_advisory_xact_lock(%s)"
_OPTIONS = (
    "-c search_path=desk -c default_transaction_isolation=read\\ committed -c lock_timeout=10s"
    " -c statement_timeout=30s -c idle_in_transaction_session_timeout=60s"
)
_NAME = "工作台的共用数据库"


class Shared:
    """The schema `desk` of one database, on the server that may write: no session is seen late."""

    def __init__(self, url: str) -> None:
        self._pool = pooled(url, "read-write", _OPTIONS)
        self._is_ready = False

    @contextmanager
    def reading(self) -> Iterator[Understood]:
        """Give a connection to read from; raises StoreError where the database cannot be used."""
        with _told(), self._connection() as connection:
            yield Understood(connection)

    @contextmanager
    def writing(self) -> Iterator[Understood]:
        """Give a connection whose changes are all made or, after an error, none; one at a time."""
        with _told(), self._connection() as connection, connection.transaction():
            connection.execute(_ALONE, (_LOCK,))
            yield Understood(connection)

    @contextmanager
    def beside(self, seconds: float) -> Iterator[Understood]:
        """Give a connection like that, without a turn, for what visitors wait for only so long.

        No standby is waited for: it may be gone.
        """
        with _told(), self._connection(seconds) as connection, connection.transaction():
            connection.execute(f"SET LOCAL lock_timeout = '{seconds}s'".encode())
            connection.execute("SET LOCAL synchronous_commit = local")
            yield Understood(connection)

    def close(self) -> None:
        """Close what is open; nothing is read or written any more."""
        self._pool.close()

    @contextmanager
    def _connection(self, seconds: float | None = None) -> Iterator[Connection[Any]]:
        self._pool.open()  # on first use, in the process that uses it
        with self._pool.connection(seconds) as connection:
            if not self._is_ready:
                _bring_up(connection)
                self._is_ready = True
            yield connection


def _bring_up(connection: Connection[Any]) -> None:
    """Take the steps that the schema has not taken yet; raises StoreError for a newer one."""
    if (version := _version(connection)) > len(STEPS):
        raise StoreError(f"{_NAME}来自更新的版本（{version}，本程序到 {len(STEPS)}），请升级本程序")
    if version == len(STEPS):
        return
    with connection.transaction():
        connection.execute(_ALONE, (_LOCK,))
        if not _is_there(connection, "to_regnamespace('desk')"):
            connection.execute("CREATE SCHEMA desk")  # not IF NOT EXISTS: that needs the right to
        for number in range(_version(connection), len(STEPS)):  # another may have been faster
            for statement in STEPS[number]:
                connection.execute(statement.encode())
            connection.execute("INSERT INTO steps VALUES (%s)", (number + 1,))


def _version(connection: Connection[Any]) -> int:
    if not _is_there(connection, "to_regclass('desk.steps')"):
        return 0
    return _value(connection, "SELECT coalesce(max(number), 0) FROM desk.steps")


def _is_there(connection: Connection[Any], what: str) -> bool:
    return bool(_value(connection, f"SELECT ({what} IS NOT NULL)::int"))


def _value(connection: Connection[Any], sql: str) -> int:
    row = connection.execute(sql.encode()).fetchone()
    return int(row[0]) if row else 0


@contextmanager
def _told() -> Iterator[None]:
    """Say in one line what is wrong with the database, where something is."""
    try:
        yield
    except LockNotAvailable as error:
        raise StoreError(f"{_NAME}正被别的程序占用，请稍后再试") from error
    except (OperationalError, InterfaceError) as error:
        raise StoreError(f"{_NAME}连接不上，请检查 JINWEN_INDEX_URL 和数据库后再试") from error
    except IntegrityError:
        raise
    except Error as error:
        line = str(error).strip().split("\n")[0]
        raise StoreError(f"{_NAME}出错（{line}），请检查数据库后再试") from error
