"""Wrong passwords, counted for each name and each address; too many lock it for a while.

A name is counted whether it has an account or not, so that a lock tells nothing. A try is counted
before the password is looked at: a hundred at once are no more guesses than five.
"""

import sqlite3
from hashlib import sha256

LOCK_SECONDS = 15 * 60
MOST_A_NAME, MOST_AN_ADDRESS = 5, 50  # behind a proxy all come from one address
_FORGET_SECONDS = 24 * 3600


def name_key(name: str) -> str:
    """Return under what a name is counted; what was typed there is not kept, it may be a secret."""
    return "name:" + sha256(name.encode(errors="replace")).hexdigest()


def begin(connection: sqlite3.Connection, key: str, most: int, now: float) -> bool:
    """Count a try; False where there were too many already, then it is not counted."""
    connection.execute("DELETE FROM tries WHERE last < ?", (now - _FORGET_SECONDS,))
    wrong = wrongs(connection, key, now)
    if wrong >= most:
        return False
    connection.execute("REPLACE INTO tries VALUES (?, ?, ?)", (key, wrong + 1, now))
    return True


def wrongs(connection: sqlite3.Connection, key: str, now: float) -> int:
    """Return how many tries count: all, as long as no quarter of an hour went by without one."""
    row = connection.execute("SELECT wrong, last FROM tries WHERE key = ?", (key,)).fetchone()
    return int(row["wrong"]) if row and now < row["last"] + LOCK_SECONDS else 0


def forget(connection: sqlite3.Connection, key: str) -> None:
    """Begin anew with a name."""
    connection.execute("DELETE FROM tries WHERE key = ?", (key,))


def take_back(connection: sqlite3.Connection, key: str) -> None:
    """Take one try back: it was right."""
    connection.execute("UPDATE tries SET wrong = max(0, wrong - 1) WHERE key = ?", (key,))
