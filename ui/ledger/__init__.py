"""What people share: accounts, sessions, tries, keys and the record, wherever that is kept.

In the home's own file, or for machines that share one index in its PostgreSQL database, with what
visitors say and ask. SQL that goes through here is understood by SQLite and PostgreSQL alike.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from functools import cache
from typing import TYPE_CHECKING, Any, Protocol

from rag.assembly import Config, driver
from ui.ledger.database import NAME, Database

if TYPE_CHECKING:
    from ui.ledger.shared import Shared


class Cursor(Protocol):
    """What came of a statement: rows, whose values have a name and a position."""

    @property
    def rowcount(self) -> int:
        """Return how many rows were changed."""

    def fetchone(self) -> Any:
        """Return the next row, None behind the last."""

    def fetchall(self) -> list[Any]:
        """Return all rows that are left."""

    def __iter__(self) -> Iterator[Any]:
        """Yield the rows that are left."""


class Connection(Protocol):
    """What statements go through; a value stands in them as `?` or `:name`."""

    def execute(self, sql: str, given: Any = ..., /) -> Cursor:
        """Run a statement."""


class Ledger(Protocol):
    """The place, for any thread of any process at once; StoreError where it cannot be used."""

    def reading(self) -> AbstractContextManager[Connection]:
        """Give a connection to read from."""

    def writing(self) -> AbstractContextManager[Connection]:
        """Give a connection whose changes are all made or, after an error, none; one at a time."""

    def close(self) -> None:
        """Let go of what is held open."""


def ledger_of(config: Config) -> Ledger:
    """Return the ledger of a home; raises StoreError where its database cannot be one."""
    return ledger(Database(config.home / NAME), config.database_url)


def ledger(own: Database, url: str) -> Ledger:
    """Return the ledger in a database that machines share, or with no URL the home's own file."""
    return _shared(url) if url else own


@cache
def visitors(url: str) -> "Shared":
    """Return what visitors say and ask through, one a process: they take none of the desk's."""
    return _shared(url)


def _shared(url: str) -> "Shared":
    with driver("postgres"):
        from ui.ledger.shared import Shared
    return Shared(url)
