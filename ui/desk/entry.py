"""Coming in and going out: a name and a password to a session, and back."""

from collections.abc import Callable

from corpus.errors import InputError
from ui.desk import audit, passwords, sessions, tries
from ui.desk.accounts import as_name
from ui.desk.clock import stamp
from ui.desk.sessions import Who
from ui.ledger import Ledger

WRONG = "名字或密码不对，请再试一次；连错 5 次会锁定 15 分钟"
LOCKED = "试错的次数太多，已锁定 15 分钟；请过后再试，或请管理员解锁"


class Entry:
    """The door of the desk."""

    def __init__(self, database: Ledger, clock: Callable[[], float]) -> None:
        self._database, self._clock = database, clock

    def sign_in(self, typed: str, password: str, address: str) -> str:
        """Return the token of a new session; raises InputError WRONG or LOCKED."""
        name = as_name(typed)
        kept = self._begun(name, address)
        if not passwords.fits(password, kept):
            self._refused(name, address, known=kept is not None)
            raise InputError(WRONG)
        return self._let_in(name, kept, address)

    def who(self, token: str, touch: bool = True) -> Who | None:
        """Return who holds a token; with `touch` they are noted to be there."""
        now = self._clock()
        with self._database.reading() as c:
            found = sessions.who(c, token, now)
            due = found and touch and sessions.is_due(c, found.session, now)
        if found and due:
            with self._database.writing() as c:
                sessions.touch(c, found.session, now)
        return found

    def knows(self, who: Who, password: str, address: str) -> bool:
        """Tell whether somebody who is signed in knows their own password; wrong ones count."""
        kept = self._begun(who.name, address)
        if not passwords.fits(password, kept):
            self._refused(who.name, address, known=True)
            return False
        with self._database.writing() as c:
            tries.right(c, who.name, address, self._clock())
        return True

    def sign_out(self, who: Who) -> None:
        """End a session."""
        with self._database.writing() as c:
            sessions.end(c, who.session)
            audit.record(c, stamp(self._clock()), who.name, "logout")

    def _begun(self, name: str, address: str) -> str | None:
        """Count a try and return what is kept of the name's password; raises InputError LOCKED."""
        now = self._clock()
        with self._database.writing() as c:
            begun = tries.begin(c, name, address, now)
            row = c.execute("SELECT hash FROM accounts WHERE name = ?", (name,)).fetchone()
        if not begun:
            raise InputError(LOCKED)
        return str(row["hash"]) if row else None

    def _refused(self, name: str, address: str, known: bool) -> None:
        now = self._clock()
        told = name if known else "（没有这个名字）"  # it may be a password in the wrong box
        with self._database.writing() as c:
            audit.record(c, stamp(now), told, "login", "", "密码不对" if known else "名字不对")
            if lock := tries.just_locked(c, name, address, now):
                audit.record(c, stamp(now), told, "lock", "", lock)

    def _let_in(self, name: str, kept: str | None, address: str) -> str:
        now = self._clock()
        with self._database.writing() as c:
            row = c.execute("SELECT hash FROM accounts WHERE name = ?", (name,)).fetchone()
            if row is None or row["hash"] != kept:  # removed or changed a moment ago
                raise InputError(WRONG)
            tries.right(c, name, address, now)
            audit.record(c, stamp(now), name, "login")
            return sessions.opened(c, name, now)
