"""The log of questions: kept only while the site says so, with numbers of people masked.

It lies in the home as `asked.sqlite`, for 90 days and 100,000 questions at most.
"""

import sqlite3
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from corpus.errors import StoreError
from rag.answers import Answer
from rag.feedback import Feedback, FeedbackFile
from ui.askedfile import opened
from ui.masking import masked
from ui.site import SiteFile

DAYS, ROWS = 90, 100_000
DISLIKED = "disliked"  # a kind beside the kinds of refusal
_CONTENT = ("right", "complaint")  # verdicts that say nothing against an answer
_SETTLED = "ended IN ('answered', 'small_talk')"  # what nobody has to look at
_OPEN = f"(disliked OR NOT {_SETTLED})"


@dataclass(frozen=True, slots=True)
class Group:
    """A question that was refused or disliked: how often, when last (ISO 8601, UTC), and how.

    `kinds` are the kinds of refusal, and "disliked".
    """

    question: str
    resolved: str
    times: int
    last: str
    kinds: tuple[str, ...]


class AskedLog:
    """The log of one home; safe to share between threads, and with other processes."""

    def __init__(self, home: Path) -> None:
        self._path, self._site = home / "asked.sqlite", SiteFile(home)
        self._swept: date | None = None

    def add(self, answer: Answer) -> None:
        """Keep how a question ended, where questions are kept; never fails, as no answer may."""
        try:
            self._sweep_daily()
            if self._site.site.logging:
                self._insert(answer)
        except (StoreError, OSError) as error:
            print(f"没能记下提问：{error}", file=sys.stderr, flush=True)

    def hear(self, feedback: FeedbackFile) -> None:
        """Mark as disliked what visitors have said was wrong since this was last done.

        All is read before anything is written, for questions are kept meanwhile; what two hear
        at once is marked twice, which is the same.
        """
        with opened(self._path) as base:
            (heard,) = base.execute("SELECT bytes FROM heard").fetchone()
            judged, end = feedback.since(heard)
            disliked = [_words(each) for each in judged if each.verdict not in _CONTENT]
            if end == heard:
                return
            base.execute("BEGIN IMMEDIATE")
            base.executemany(
                "UPDATE asked SET disliked = 1 WHERE question = ? AND resolved = ?", disliked
            )
            base.execute("UPDATE heard SET bytes = ?", (end,))
            base.execute("COMMIT")

    def groups(self, kind: str = "", start: int = 0, count: int = 50) -> tuple[list[Group], int]:
        """Return a page of what was refused or disliked, the latest first, and how many there are.

        Questions of the same text are one; `kind` limits them to one kind. Raises StoreError when
        the log is damaged.
        """
        chosen, values = _chosen(kind)
        with opened(self._path) as base:
            _sweep(base)
            (total,) = base.execute(
                f"SELECT count(DISTINCT question) FROM asked WHERE {chosen}", values
            ).fetchone()
            rows = base.execute(
                "SELECT question, resolved, count(*), max(time), max(disliked),"
                f" group_concat(DISTINCT ended) FROM asked WHERE {chosen}"
                " GROUP BY question ORDER BY max(id) DESC LIMIT ? OFFSET ?",
                (*values, count, start),
            ).fetchall()
        return [_group(row) for row in rows], total

    def kinds(self) -> dict[str, int]:
        """Return how many questions there are of each kind, the commonest first."""
        with opened(self._path) as base:
            refused = base.execute(
                f"SELECT ended, count(DISTINCT question) AS n FROM asked WHERE NOT {_SETTLED}"
                " GROUP BY ended ORDER BY n DESC, ended"
            ).fetchall()
            (disliked,) = base.execute(
                "SELECT count(DISTINCT question) FROM asked WHERE disliked"
            ).fetchone()
        return {**dict(refused), **({DISLIKED: disliked} if disliked else {})}

    def count(self) -> int:
        """Return how many questions are kept."""
        with opened(self._path) as base:
            return int(base.execute("SELECT count(*) FROM asked").fetchone()[0])

    def clear(self) -> None:
        """Delete every question, from the disk too."""
        with opened(self._path) as base:
            base.execute("DELETE FROM asked")
        with opened(self._path) as base:
            base.execute("VACUUM")
            base.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _insert(self, answer: Answer) -> None:
        row = (
            _now().isoformat(timespec="seconds"), masked(answer.question),
            masked(answer.resolved_question), "answered" if answer.answered else answer.refusal,
            answer.mode, round(answer.spent_ms, 1), answer.index_version,
        )  # fmt: skip
        with opened(self._path) as base:
            kept = base.execute(
                "INSERT INTO asked (time, question, resolved, ended, mode, milliseconds,"
                " index_version) VALUES (?, ?, ?, ?, ?, ?, ?)", row,
            ).lastrowid  # fmt: skip
            base.execute("DELETE FROM asked WHERE id <= ?", ((kept or 0) - ROWS,))

    def _sweep_daily(self) -> None:
        """Delete once a day what is too old, also where nothing is kept any more."""
        if self._swept != (today := _now().date()) and self._path.exists():
            with opened(self._path) as base:
                _sweep(base)
            self._swept = today


def _words(judged: Feedback) -> tuple[str, str]:
    """Return the question of a judgement as the log has it: masked, and as it was understood."""
    return masked(judged.question), masked(str(judged.answer.get("resolved_question", "")))


def _sweep(base: sqlite3.Connection) -> None:
    oldest = (_now() - timedelta(days=DAYS)).isoformat(timespec="seconds")
    base.execute("DELETE FROM asked WHERE time < ?", (oldest,))


def _chosen(kind: str) -> tuple[str, Sequence[str]]:
    if kind == DISLIKED:
        return "disliked", ()
    return (f"{_OPEN} AND ended = ?", (kind,)) if kind else (_OPEN, ())


def _group(row: tuple[str, str, int, str, int, str]) -> Group:
    question, resolved, times, last, disliked, ended = row
    kinds = [kind for kind in ended.split(",") if kind != "answered"]
    return Group(question, resolved, times, last, (*kinds, *([DISLIKED] if disliked else [])))


def _now() -> datetime:
    return datetime.now(UTC)
