"""When each visitor is due again, kept in a small file for all processes of a home.

The generic cell rate algorithm (virtual scheduling, ITU-T I.371): every question moves the time
its visitor is due by a minute's share, and who is due too far ahead has to wait. So of a visitor
one number is kept, and a few questions may come at once (ten, of large rates a sixth), as those of
a page that is opened again do: a whole minute's at once would take all seats from others.
No library that we know keeps a limit where several processes see it without a server (`limits`
has Redis, Memcached and MongoDB, or the memory of one process).
"""

import sqlite3
from pathlib import Path
from threading import Lock

from corpus.private import private

NAME = "rates.sqlite"
_MINUTE, _BUSY_SECONDS = 60.0, 0.25
_AT_ONCE, _SHARE = 10, 6
# Of the clock that all processes share: rounding, and what is due later than can be (it was put
# back) counts for nothing.
_SLACK, _ODD = 0.001, 1.0
_TABLE = "CREATE TABLE IF NOT EXISTS due (who TEXT PRIMARY KEY, at REAL NOT NULL) STRICT"
_TAKE = (
    "INSERT INTO due VALUES (:who, :now + :step) ON CONFLICT (who) DO UPDATE"
    " SET at = iif(at BETWEEN :now AND :odd, at, :now) + :step"
    " WHERE at <= :latest OR at > :odd RETURNING at"
)


class RateFile:
    """The file; safe to share between threads, and with other processes."""

    def __init__(self, path: Path) -> None:
        self._path, self._lock = path, Lock()
        self._opened: sqlite3.Connection | None = None
        self._swept = 0.0

    def take(self, who: str, per_minute: int, now: float) -> float:
        """Count a question, or return how many seconds are to be waited for the next one.

        Raises sqlite3.Error and OSError where the file cannot be used.
        """
        step = _MINUTE / per_minute
        latest = now + (_at_once(per_minute) - 1) * step + _SLACK
        asked = {"who": who, "now": now, "step": step, "latest": latest,
                 "odd": now + _MINUTE + _ODD}  # fmt: skip
        with self._lock:
            try:
                base = self._base()
                self._sweep(base, now)
                if base.execute(_TAKE, asked).fetchall():
                    return 0.0
                (due,) = base.execute("SELECT at FROM due WHERE who = ?", (who,)).fetchone()
            except (sqlite3.Error, OSError):
                self._close()  # and opened anew for the next question
                raise
        return float(due - latest)

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._close()

    def _base(self) -> sqlite3.Connection:
        if self._opened is None:
            self._opened = sqlite3.connect(
                private(self._path), _BUSY_SECONDS, isolation_level=None, check_same_thread=False
            )
            # NORMAL: nothing waits for the disk, and a power cut loses counts but not the file.
            for told in ("journal_mode = WAL", "synchronous = NORMAL", "secure_delete = ON"):
                self._opened.execute(f"PRAGMA {told}")
            self._opened.execute(_TABLE)
        return self._opened

    def _sweep(self, base: sqlite3.Connection, now: float) -> None:
        """Forget once a minute who may ask as if they had never been here."""
        if abs(now - self._swept) >= _MINUTE:
            self._swept = now
            base.execute("DELETE FROM due WHERE at < ?", (now,))

    def _close(self) -> None:
        if self._opened is not None:
            self._opened.close()
            self._opened = None


def _at_once(per_minute: int) -> int:
    return min(per_minute, max(_AT_ONCE, per_minute // _SHARE))
