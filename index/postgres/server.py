"""The database: who reads takes any of its servers that answers, who writes the one that may."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from logging import getLogger
from threading import local
from typing import Any

from psycopg import Connection, Error, InterfaceError, OperationalError, connect
from psycopg.conninfo import make_conninfo
from psycopg_pool import ConnectionPool, PoolTimeout

from corpus.errors import StoreError, UnreadableError
from index.remote import LOOKED_AT

_READERS = 8
_CONNECT_SECONDS = 3
_WAIT_SECONDS = 3.0
_AGAIN_SECONDS = 2.0  # a server that is back is found by the next reader
_TRIES = 3
getLogger("psycopg.pool").setLevel("ERROR")  # who asked is told; a line a try is too many
_LOST = OperationalError, InterfaceError
# pgvector looks at 1,000 at most
_READING = f"-c hnsw.ef_search={LOOKED_AT} -c statement_timeout=30s -c jit=off"


class Server:
    """Connections to one database, whose URL may name several servers: a primary and standbys.

    libpq takes the first in the order given that will do, so a machine names the nearest first.
    What a thread reads while it holds the writer's connection is read through that.
    """

    def __init__(self, url: str) -> None:
        self._url = url
        self._own = local()
        self._pool = pooled(url, "any", _READING)

    def rows(self, sql: str, given: Sequence[Any] = ()) -> list[Any]:
        """Return the rows that a query gives, tried again on another server when one is lost.

        Raises StoreError when none answers.
        """
        if (writer := getattr(self._own, "writer", None)) is not None:
            with told():
                return _asked(writer, sql, given)
        self._pool.open()  # on first use, in the process that uses it
        for tried in range(1, _TRIES + 1):
            with told():
                try:
                    with self._pool.connection() as connection:
                        return _asked(connection, sql, given)
                except _LOST as error:
                    if tried == _TRIES or isinstance(error, PoolTimeout):  # then none answers
                        raise
        raise AssertionError("the last try returns or raises")

    @contextmanager
    def writer(self, name: str) -> Iterator[Connection[Any]]:
        """Give a connection to the server that may write, known there by a name."""
        with told():
            connection = connect(
                _to(self._url, "read-write", application_name=name), autocommit=True
            )
        self._own.writer = connection
        try:
            yield connection
        finally:
            self._own.writer = None
            connection.close()

    @property
    def held(self) -> Connection[Any]:
        """Return the writer's connection that this thread holds."""
        connection: Connection[Any] | None = getattr(self._own, "writer", None)
        if connection is None:
            raise StoreError("没有取得索引的写入权，请先取得再写")
        return connection

    def close(self) -> None:
        """Close what is open; the next reader opens anew."""
        self._pool.close()


def pooled(url: str, which: str, options: str) -> ConnectionPool[Connection[Any]]:
    """Return connections, still to be opened, to `which` of the servers (any, read-write).

    Raises StoreError for a URL that is none.
    """
    return ConnectionPool(
        _to(url, which, options=options),
        kwargs={"autocommit": True},
        min_size=0,
        max_size=_READERS,
        timeout=_WAIT_SECONDS,
        reconnect_timeout=_AGAIN_SECONDS,
        check=ConnectionPool.check_connection,
        open=False,
    )


def _to(url: str, which: str, **more: str) -> str:
    try:
        return make_conninfo(
            url, target_session_attrs=which, connect_timeout=_CONNECT_SECONDS,
            # a machine or a network that is gone without a word is noticed in half a minute
            keepalives_idle=10, keepalives_interval=5, keepalives_count=3, tcp_user_timeout=15_000,
            **{"application_name": "jinwen", **more},
        )  # fmt: skip
    except Error as error:
        raise StoreError(
            "JINWEN_INDEX_URL 无法识别，应写成 postgresql://用户:密码@主机:端口/库名，请改正"
        ) from error


def _asked(connection: Connection[Any], sql: str, given: Sequence[Any]) -> list[Any]:
    return connection.execute(sql, given, binary=True).fetchall()


@contextmanager
def told() -> Iterator[None]:
    """Say in one line what is wrong with the database, where something is."""
    try:
        yield
    except _LOST as error:  # not damaged: nobody goes on without what it holds
        line = "索引数据库连接不上，请检查 JINWEN_INDEX_URL 和数据库后再试"
        raise UnreadableError(line) from error
    except Error as error:
        line = str(error).strip().split("\n")[0]
        raise StoreError(f"索引数据库出错（{line}），请检查数据库后再试") from error
