"""The log of questions: kept only while the site says so, with numbers of people masked.

It lies in the home as `asked.sqlite`, or in the database that machines share, for 90 days and
100,000 questions at most.
"""

import sys
from datetime import UTC, date, datetime, timedelta

from corpus.errors import StoreError
from rag.answers import Answer
from rag.assembly import Config
from rag.feedback import Feedback, Judgements
from ui.asked.groups import Group, groups, kinds
from ui.asked.place import AskedPlace, place_of
from ui.ledger import Connection
from ui.masking import masked
from ui.site import SiteFile

DAYS, ROWS = 90, 100_000
_CONTENT = ("right", "complaint")  # verdicts that say nothing against an answer


class AskedLog:
    """The log, as one home keeps it; safe to share between threads, and with other processes."""

    def __init__(self, place: AskedPlace, site: SiteFile) -> None:
        self._place, self._site = place, site
        self._swept: date | None = None

    def add(self, answer: Answer) -> None:
        """Keep how a question ended, where questions are kept; never fails, as no answer may."""
        try:
            self._sweep_daily()
            if self._site.site.logging:
                self._insert(answer)
        except (StoreError, OSError) as error:
            print(f"提问记录用不了：{error}", file=sys.stderr, flush=True)

    def hear(self, feedback: Judgements) -> None:
        """Mark as disliked what visitors have said was wrong since this was last done.

        All is read before anything is written, for questions are kept meanwhile; what two hear
        at once is marked twice, which is the same.
        """
        with self._place.reading() as base:
            (heard,) = base.execute("SELECT bytes FROM heard").fetchone()
        judged, end = feedback.since(heard)
        if end == heard:
            return
        disliked = {_words(each) for each in judged if each.verdict not in _CONTENT}
        with self._place.writing() as base:
            for words in sorted(disliked):  # in one order: nobody waits in a circle
                base.execute(
                    "UPDATE asked SET disliked = 1 WHERE question = ? AND resolved = ?", words
                )
            base.execute("UPDATE heard SET bytes = ?", (end,))

    def groups(self, kind: str = "", start: int = 0, count: int = 50) -> tuple[list[Group], int]:
        """Return a page of what was refused or disliked, the latest first, and how many there are.

        Questions of the same text are one; `kind` limits them to one kind. Raises StoreError when
        the log is damaged.
        """
        with self._place.writing() as base:
            _sweep(base)
        with self._place.reading() as base:
            return groups(base, kind, start, count)

    def kinds(self) -> dict[str, int]:
        """Return how many questions there are of each kind, the commonest first."""
        with self._place.reading() as base:
            return kinds(base)

    def count(self) -> int:
        """Return how many questions are kept."""
        with self._place.reading() as base:
            return int(base.execute("SELECT count(*) FROM asked").fetchone()[0])

    def clear(self) -> None:
        """Delete every question, from this machine's disk too."""
        with self._place.writing() as base:
            base.execute("DELETE FROM asked")
        self._place.wipe()

    def _insert(self, answer: Answer) -> None:
        row = (
            _now().isoformat(timespec="seconds"), masked(answer.question),
            masked(answer.resolved_question), "answered" if answer.answered else answer.refusal,
            answer.mode, round(answer.spent_ms, 1), answer.index_version,
        )  # fmt: skip
        with self._place.writing() as base:
            base.execute(
                "INSERT INTO asked (time, question, resolved, ended, mode, milliseconds,"
                " index_version) VALUES (?, ?, ?, ?, ?, ?, ?)", row,
            )  # fmt: skip
            base.execute("DELETE FROM asked WHERE id <= (SELECT max(id) FROM asked) - ?", (ROWS,))

    def _sweep_daily(self) -> None:
        """Delete once a day what is too old, also where nothing is kept any more."""
        if self._swept == (today := _now().date()):
            return
        self._swept = today  # first: where it fails, not every answer waits for it
        if self._place.is_there:
            with self._place.writing() as base:
                _sweep(base)


def asked_of(config: Config) -> AskedLog:
    """Return the log of a home; raises StoreError where its database cannot be one."""
    return AskedLog(place_of(config), SiteFile(config.home))


def _words(judged: Feedback) -> tuple[str, str]:
    """Return the question of a judgement as the log has it: masked, and as it was understood."""
    return masked(judged.question), masked(str(judged.answer.get("resolved_question", "")))


def _sweep(base: Connection) -> None:
    oldest = (_now() - timedelta(days=DAYS)).isoformat(timespec="seconds")
    base.execute("DELETE FROM asked WHERE time < ?", (oldest,))


def _now() -> datetime:
    return datetime.now(UTC)
