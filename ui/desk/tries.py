"""Wrong passwords, counted for a name at an address, for an address, and for a name everywhere.

What a lock is for is that nobody guesses on and on; what it must not be is a way to keep somebody
out. So five wrong passwords lock a name for the address alone that they came from: its owner
elsewhere comes in. Who guesses from many addresses is stopped by the count of the name everywhere
(ten addresses' worth), and even that keeps nobody out where they have come in before, in the last
month: a known address has its own five. (OWASP's device cookies do the same with cookies.) Behind
a proxy that JINWEN_PROXIES does not name all come from one address, and whoever knows a name can
lock it.

A name is counted whether it has an account or not, so that a lock tells nothing. A try is counted
before the password is looked at: a hundred at once are no more guesses than five. What is locked
counts nowhere, so that a lock ends a quarter of an hour after the last guess that was one.
"""

from hashlib import sha256

from ui.ledger import Connection

LOCK_SECONDS = 15 * 60
MOST_AT_ONE, MOST_AN_ADDRESS, MOST_A_NAME = 5, 50, 50
_FORGET_SECONDS, KNOWN_SECONDS = 24 * 3600, 30 * 24 * 3600


def begin(connection: Connection, name: str, address: str, now: float) -> bool:
    """Count a try; False where there were too many already, then it is not counted."""
    connection.execute("DELETE FROM tries WHERE last < ?", (now - _FORGET_SECONDS,))
    counts = [(f"address:{address}", MOST_AN_ADDRESS), (_pair(name, address), MOST_AT_ONE)]
    if not _is_known(connection, name, address, now):
        counts.append((_name(name), MOST_A_NAME))
    wrong = {key: _wrongs(connection, key, now) for key, _ in counts}
    if any(wrong[key] >= most for key, most in counts):
        return False
    for key, count in wrong.items():
        connection.execute(
            "INSERT INTO tries VALUES (?, ?, ?)"
            " ON CONFLICT (key) DO UPDATE SET wrong = excluded.wrong, last = excluded.last",
            (key, count + 1, now),
        )
    return True


def just_locked(connection: Connection, name: str, address: str, now: float) -> str:
    """Return which lock of a name the try that was counted now has closed, in Chinese; "" none."""
    if _wrongs(connection, _pair(name, address), now) == MOST_AT_ONE:
        return f"在一个地址连错 {MOST_AT_ONE} 次，在那里锁定 15 分钟"
    if _wrongs(connection, _name(name), now) == MOST_A_NAME:
        return f"各处共错 {MOST_A_NAME} 次，在没有登录过的地址锁定 15 分钟"
    return ""


def is_locked(connection: Connection, name: str, now: float) -> bool:
    """Tell whether a name is locked, for one address or for all that are not known."""
    key = _name(name)
    rows = connection.execute(
        "SELECT key, wrong FROM tries WHERE last > ? AND key BETWEEN ? AND ?",
        (now - LOCK_SECONDS, key, _behind(name)),
    ).fetchall()
    return any(r["wrong"] >= (MOST_A_NAME if r["key"] == key else MOST_AT_ONE) for r in rows)


def forget(connection: Connection, name: str) -> None:
    """Begin anew with a name, at every address."""
    connection.execute("DELETE FROM tries WHERE key BETWEEN ? AND ?", (_name(name), _behind(name)))


def right(connection: Connection, name: str, address: str, now: float) -> None:
    """Begin anew with a name at an address, which is known from now on: the password was right."""
    for key in (_pair(name, address), _name(name)):
        connection.execute("DELETE FROM tries WHERE key = ?", (key,))
    connection.execute(
        "UPDATE tries SET wrong = wrong - 1 WHERE key = ? AND wrong > 0", (f"address:{address}",)
    )
    connection.execute("DELETE FROM known WHERE last < ?", (now - KNOWN_SECONDS,))
    connection.execute(
        "INSERT INTO known VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET last = excluded.last",
        (_pair(name, address), now),
    )


def _is_known(connection: Connection, name: str, address: str, now: float) -> bool:
    known = connection.execute(
        "SELECT 1 FROM known WHERE key = ? AND last > ?",
        (_pair(name, address), now - KNOWN_SECONDS),
    ).fetchone()
    return known is not None


def _wrongs(connection: Connection, key: str, now: float) -> int:
    """Return how many tries count: all, as long as no quarter of an hour went by without one."""
    row = connection.execute("SELECT wrong, last FROM tries WHERE key = ?", (key,)).fetchone()
    return int(row["wrong"]) if row and now < row["last"] + LOCK_SECONDS else 0


def _name(name: str) -> str:
    """Return under what a name is counted; what was typed there is not kept, it may be a secret."""
    return "name:" + sha256(name.encode(errors="replace")).hexdigest()


def _pair(name: str, address: str) -> str:
    return f"{_name(name)}@{address}"


def _behind(name: str) -> str:
    return f"{_name(name)}~"  # behind all addresses
