"""The people of the desk: who they are and what they may; one admin at least stays."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from unicodedata import normalize

from corpus.errors import InputError
from ui.desk import audit, passwords, sessions, tries
from ui.desk.clock import stamp
from ui.desk.roles import Role
from ui.ledger import Connection, Ledger

_NAME = re.compile(r"\w[\w.-]{1,31}")
_LAST = "这是唯一的管理员，请先让另一个人当管理员"


@dataclass(frozen=True, slots=True)
class Account:
    """A person; `created` is ISO text in UTC, `locked` after too many wrong passwords."""

    name: str
    role: Role
    created: str
    locked: bool


def as_name(typed: str) -> str:
    """Return a name in the one form it is kept in: half-width, lower case, no blanks around."""
    return normalize("NFKC", typed).strip().casefold()


class Accounts:
    """All people; each change is recorded as done by `by`."""

    def __init__(self, database: Ledger, clock: Callable[[], float]) -> None:
        self._database, self._clock = database, clock

    def any(self) -> bool:
        """Tell whether there is an account at all."""
        with self._database.reading() as connection:
            return connection.execute("SELECT 1 FROM accounts").fetchone() is not None

    def all(self) -> list[Account]:
        """Return everybody, by name."""
        now = self._clock()
        with self._database.reading() as c:
            rows = c.execute("SELECT name, role, created FROM accounts ORDER BY name").fetchall()
            return [
                Account(row["name"], Role(row["role"]), row["created"],
                        tries.is_locked(c, row["name"], now))
                for row in rows
            ]  # fmt: skip

    def add(self, typed: str, role: Role, password: str, by: str) -> None:
        """Add a person; raises InputError for a name or a password that may not be."""
        name = as_name(typed)
        if not _NAME.fullmatch(name):
            raise InputError("名字要 2 到 32 个字，可用汉字、字母、数字和 . _ -，请改一下")
        kept = passwords.hashed(passwords.checked(password, name))
        now = self._now()
        with self._database.writing() as c:
            if _role_of(c, name):
                raise InputError(f"已经有“{name}”了，请换一个名字")
            c.execute("INSERT INTO accounts VALUES (?, ?, ?, ?)", (name, role, kept, now))
            audit.record(c, now, by, "account.add", name, role.label)

    def set_role(self, typed: str, role: Role, by: str) -> None:
        """Give another role, which signs the person out; raises InputError for the last admin."""
        with self._database.writing() as c:
            name, before = self._known(c, typed)
            if before == role:
                return
            if before == Role.ADMIN:
                _require_another_admin(c)
            c.execute("UPDATE accounts SET role = ? WHERE name = ?", (role, name))
            sessions.end_all(c, name)
            audit.record(c, self._now(), by, "account.role", name, f"{before.label} → {role.label}")

    def set_password(self, typed: str, password: str, by: str) -> None:
        """Give a person another password, which signs them out and ends a lock."""
        name = as_name(typed)
        kept = passwords.hashed(passwords.checked(password, name))
        with self._database.writing() as c:
            self._known(c, name)
            c.execute("UPDATE accounts SET hash = ? WHERE name = ?", (kept, name))
            sessions.end_all(c, name)
            tries.forget(c, name)
            audit.record(c, self._now(), by, "account.password", name)

    def remove(self, typed: str, by: str) -> None:
        """Remove a person and sign them out; raises InputError for the last admin."""
        with self._database.writing() as c:
            name, role = self._known(c, typed)
            if role == Role.ADMIN:
                _require_another_admin(c)
            c.execute("DELETE FROM accounts WHERE name = ?", (name,))
            audit.record(c, self._now(), by, "account.remove", name)

    def unlock(self, typed: str, by: str) -> None:
        """End the lock of a person."""
        with self._database.writing() as c:
            name, _ = self._known(c, typed)
            tries.forget(c, name)
            audit.record(c, self._now(), by, "account.unlock", name)

    def _known(self, c: Connection, typed: str) -> tuple[str, Role]:
        name = as_name(typed)
        role = _role_of(c, name)
        if role is None:
            raise InputError(f"没有“{name}”这个人，请核对名字")
        return name, role

    def _now(self) -> str:
        return stamp(self._clock())


def _role_of(c: Connection, name: str) -> Role | None:
    row = c.execute("SELECT role FROM accounts WHERE name = ?", (name,)).fetchone()
    return Role(row["role"]) if row else None


def _require_another_admin(c: Connection) -> None:
    (count,) = c.execute("SELECT count(*) FROM accounts WHERE role = 'admin'").fetchone()
    if count < 2:
        raise InputError(_LAST)
