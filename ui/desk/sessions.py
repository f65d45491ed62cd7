"""Who is signed in: a token in a cookie, of which only the hash is kept here."""

import hmac
from dataclasses import dataclass
from hashlib import sha256
from secrets import token_urlsafe

from ui.desk.roles import Role
from ui.ledger import Connection

IDLE_SECONDS, WHOLE_SECONDS = 3600, 12 * 3600
_TOKEN_BYTES = 32
_TOUCH_SECONDS = 60  # between two notes that somebody is still there


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody who is signed in; `form_token` goes into each form of theirs."""

    name: str
    role: Role
    session: str
    form_token: str


def form_token(token: str) -> str:
    """Return what a form has to carry, as hex, to come from somebody who holds the cookie."""
    return hmac.new(token.encode(errors="replace"), b"form", sha256).hexdigest()


def new_token() -> str:
    """Return 32 random bytes as text."""
    return token_urlsafe(_TOKEN_BYTES)


def opened(connection: Connection, name: str, now: float) -> str:
    """Begin a session and return its token; those that are over are forgotten."""
    token = new_token()
    connection.execute(
        "DELETE FROM sessions WHERE seen < ? OR opened < ?",
        (now - IDLE_SECONDS, now - WHOLE_SECONDS),
    )
    connection.execute("INSERT INTO sessions VALUES (?, ?, ?, ?)", (_id(token), name, now, now))
    return token


def who(connection: Connection, token: str, now: float) -> Who | None:
    """Return whose token it is, None if nobody's or if its session is over."""
    row = connection.execute(
        "SELECT id, name, role FROM sessions JOIN accounts USING (name)"
        " WHERE id = ? AND seen > ? AND opened > ?",
        (_id(token), now - IDLE_SECONDS, now - WHOLE_SECONDS),
    ).fetchone()
    return row and Who(row["name"], Role(row["role"]), row["id"], form_token(token))


def is_due(connection: Connection, session: str, now: float) -> bool:
    """Tell whether it is time to note again that somebody is there."""
    row = connection.execute("SELECT seen FROM sessions WHERE id = ?", (session,)).fetchone()
    return bool(row) and row["seen"] < now - _TOUCH_SECONDS


def touch(connection: Connection, session: str, now: float) -> None:
    """Note that somebody is still there."""
    connection.execute("UPDATE sessions SET seen = ? WHERE id = ?", (now, session))


def end(connection: Connection, session: str) -> None:
    """End one session."""
    connection.execute("DELETE FROM sessions WHERE id = ?", (session,))


def end_all(connection: Connection, name: str) -> None:
    """End all sessions of a person."""
    connection.execute("DELETE FROM sessions WHERE name = ?", (name,))


def _id(token: str) -> str:
    return sha256(token.encode(errors="replace")).hexdigest()
