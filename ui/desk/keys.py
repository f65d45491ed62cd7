"""Keys for programs: shown once when they are made, of which only the hash is kept here."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from secrets import token_urlsafe
from typing import Any

from corpus.errors import InputError
from ui.desk import audit
from ui.desk.accounts import as_name
from ui.desk.clock import stamp
from ui.ledger import Ledger

PREFIX = "jw-"
PER_MINUTE, MOST_PER_MINUTE = 600, 100_000
_BYTES = 32
_FORM = re.compile(rf"{PREFIX}[A-Za-z0-9_-]{{43}}")  # 32 bytes in Base64
_NAME = re.compile(r"\w[\w.-]{1,31}")


@dataclass(frozen=True, slots=True)
class Key:
    """What is known of a key: whose it is, questions a minute (0: any number), ISO text in UTC."""

    name: str
    per_minute: int
    created: str


class Keys:
    """All keys; each change is recorded as done by `by`."""

    def __init__(self, database: Ledger, clock: Callable[[], float]) -> None:
        self._database, self._clock = database, clock

    def add(self, typed: str, per_minute: int, by: str) -> str:
        """Return a new key, which nothing can show again; raises InputError for a name in use."""
        name, now = as_name(typed), stamp(self._clock())
        if not _NAME.fullmatch(name):
            raise InputError("密钥的名字要 2 到 32 个字，可用汉字、字母、数字和 . _ -，请改一下")
        if not 0 <= per_minute <= MOST_PER_MINUTE:
            raise InputError(f"每分钟的次数要在 0（不限）到 {MOST_PER_MINUTE} 之间，请改正后重试")
        token = PREFIX + token_urlsafe(_BYTES)
        with self._database.writing() as c:
            if c.execute("SELECT 1 FROM keys WHERE name = ?", (name,)).fetchone():
                raise InputError(f"已经有叫“{name}”的密钥了，请换一个名字，或先移除它")
            c.execute("INSERT INTO keys VALUES (?, ?, ?, ?)", (name, _hash(token), per_minute, now))
            audit.record(c, now, by, "key.add", name, f"每分钟 {per_minute or '不限'}")
        return token

    def all(self) -> list[Key]:
        """Return every key, by name."""
        with self._database.reading() as c:
            rows = c.execute("SELECT name, per_minute, created FROM keys ORDER BY name")
            return [_key(row) for row in rows]

    def remove(self, typed: str, by: str) -> None:
        """Make a key worth nothing, from the next request on; raises InputError for an unknown."""
        name = as_name(typed)
        with self._database.writing() as c:
            if not c.execute("DELETE FROM keys WHERE name = ?", (name,)).rowcount:
                raise InputError(f"没有叫“{name}”的密钥，请用 jinwen keys list 查看")
            audit.record(c, stamp(self._clock()), by, "key.remove", name)

    def find(self, token: str) -> Key | None:
        """Return the key that a program sends, None where it is none (any more).

        It is looked up by its hash, so how long that takes tells nothing of it.
        """
        if not _FORM.fullmatch(token):
            return None
        with self._database.reading() as c:
            row = c.execute(
                "SELECT name, per_minute, created FROM keys WHERE hash = ?", (_hash(token),)
            ).fetchone()
        return _key(row) if row else None


def _key(row: Any) -> Key:
    return Key(row["name"], row["per_minute"], row["created"])


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()
