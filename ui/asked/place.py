"""Where the log of questions is kept: in the home, or in the database that machines share."""

from contextlib import AbstractContextManager
from functools import partial
from typing import Protocol

from rag.assembly import Config
from ui.asked.file import SECONDS, AskedFile
from ui.ledger import Connection, visitors


class AskedPlace(Protocol):
    """The place; StoreError where it cannot be used. Its SQL is understood as a ledger's is."""

    @property
    def is_there(self) -> bool:
        """Return whether there may be questions."""

    def reading(self) -> AbstractContextManager[Connection]:
        """Give a connection to read from."""

    def writing(self) -> AbstractContextManager[Connection]:
        """Give a connection whose changes are all made or, after an error, none."""

    def wipe(self) -> None:
        """Leave nothing of deleted questions on the disk, where that is in our hands."""


class AskedTables:
    """The tables in the shared database, where nobody waits for another's turn."""

    is_there = True

    def __init__(self, url: str) -> None:
        shared = visitors(url)
        self.reading, self.writing = shared.reading, partial(shared.beside, SECONDS)

    def wipe(self) -> None:
        """Do nothing: when its pages are used again is the database's affair."""


def place_of(config: Config) -> AskedPlace:
    """Return the place of a home's log; raises StoreError where its database cannot be one."""
    if config.database_url:
        return AskedTables(config.database_url)
    return AskedFile(config.home / "asked.sqlite")
