"""Uploads as jobs, kept in the database so that whoever comes back sees what became of them."""

import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from enum import StrEnum
from platform import node

from ui.desk import audit
from ui.desk.clock import stamp
from ui.ledger import Connection, Ledger
from ui.ledger.database import Database


class State(StrEnum):
    """How far a job is."""

    QUEUED = "queued"
    READING = "reading"
    WAITING = "waiting"
    EMBEDDING = "embedding"
    DONE = "done"
    FAILED = "failed"
    INTERRUPTED = "interrupted"

    @property
    def is_open(self) -> bool:
        """Tell whether there is more to come."""
        return self in _LABELS and _LABELS[self][1]

    @property
    def label(self) -> str:
        """Return the state in Chinese."""
        return _LABELS[self][0]


_LABELS = {
    State.QUEUED: ("排队中", True), State.READING: ("正在读取文件", True),
    State.WAITING: ("等待另一个程序写完", True), State.EMBEDDING: ("正在建立索引", True),
    State.DONE: ("完成", False), State.FAILED: ("没有成功", False),
    State.INTERRUPTED: ("被服务重启打断，请重新上传", False),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a file: `what` is new, replaced, unchanged, repeated or refused.

    `told` is one line about it, `document` the id it has or is the same as, `left_out` what of it
    is not in its text.
    """

    name: str
    what: str
    told: str = ""
    document: str = ""
    left_out: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """Return `what` in Chinese."""
        return WHATS.get(self.what, self.what)


WHATS = {"new": "新增", "replaced": "替换", "unchanged": "没有变化", "repeated": "内容重复",
         "refused": "没有收下"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Job:
    """An upload; times are ISO text in UTC, `done` of `total` are files or passages by state."""

    id: int
    who: str
    at: str
    folder: str
    files: tuple[str, ...]
    replaces: str
    state: State
    done: int
    total: int
    note: str
    outcomes: tuple[Outcome, ...]
    ended: str


class Jobs:
    """All jobs of this home; each change is a transaction of its own.

    Where the record is another database, that has been written before the job has: what is done
    is never left out of it.
    """

    def __init__(self, database: Database, record: Ledger, clock: Callable[[], float]) -> None:
        self._database, self._record, self._clock = database, record, clock

    def add(
        self, who: str, folder: str, files: Sequence[str], refused: Mapping[str, str],
        replaces: str = "",
    ) -> int:  # fmt: skip
        """Queue an upload and return its number; `refused` files are told of beside the others."""
        at = stamp(self._clock())
        outcomes = [Outcome(name, "refused", why) for name, why in refused.items()]
        with self._recorded() as (c, record):
            row = c.execute(
                "INSERT INTO jobs (who, at, folder, files, replaces, state, outcomes)"
                " VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id",
                (who, at, folder, _json(files), replaces, State.QUEUED, _packed(outcomes)),
            ).fetchone()
            audit.record(record, at, who, "document.upload", "、".join(files)[:300])
        return int(row["id"])

    def get(self, number: int) -> Job:
        """Return a job."""
        with self._database.reading() as c:
            return _job(c.execute("SELECT * FROM jobs WHERE id = ?", (number,)).fetchone())

    def latest(self, most: int, skip: int = 0) -> list[Job]:
        """Return the latest jobs, newest first."""
        with self._database.reading() as c:
            asked = "SELECT * FROM jobs ORDER BY id DESC LIMIT ? OFFSET ?"
            return [_job(row) for row in c.execute(asked, (most, skip))]

    def count(self) -> int:
        """Return how many jobs there ever were."""
        with self._database.reading() as c:
            return int(c.execute("SELECT count(*) FROM jobs").fetchone()[0])

    def tell(
        self, number: int, state: State, done: int = 0, total: int = 0, note: str = ""
    ) -> None:
        """Note how far a job is."""
        with self._database.writing() as c:
            c.execute("UPDATE jobs SET state = ?, done = ?, total = ?, note = ? WHERE id = ?",
                      (state, done, total, note, number))  # fmt: skip

    def end(
        self, job: Job, state: State, note: str = "", outcomes: Sequence[Outcome] = (),
        version: str = "",
    ) -> None:  # fmt: skip
        """Note what became of a job, from whom its documents came, and the version they are in."""
        at = stamp(self._clock())
        with self._recorded() as (c, record):
            c.execute(
                "UPDATE jobs SET state = ?, note = ?, outcomes = ?, ended = ? WHERE id = ?",
                (state, note, _packed([*job.outcomes, *outcomes]), at, job.id),
            )
            if state is not State.DONE:
                audit.record(
                    record, at, job.who, "document.add", self._named(job), note or state.label
                )
            for outcome in outcomes:
                if outcome.what in ("new", "replaced"):
                    c.execute(
                        "REPLACE INTO arrivals VALUES (?, ?, ?)", (outcome.document, at, job.who)
                    )
                    told = audit.with_version(outcome.label, version)
                    audit.record(record, at, job.who, "document.add", outcome.document, told)

    def interrupt(self, is_left: Callable[[str], bool]) -> None:
        """Note of open jobs whose folder nobody works at any more that they are interrupted."""
        at, states = stamp(self._clock()), [state for state in State if state.is_open]
        open_now = f"state IN ({', '.join('?' * len(states))})"
        with self._database.reading() as c:
            rows = c.execute(f"SELECT id, folder FROM jobs WHERE {open_now}", states).fetchall()
        # What came in meanwhile is not among them, and what ended meanwhile has ended.
        left = [row["id"] for row in rows if is_left(row["folder"])]
        with self._database.writing() as c:
            for number in left:
                c.execute(f"UPDATE jobs SET state = ?, ended = ? WHERE id = ? AND {open_now}",
                          (State.INTERRUPTED, at, number, *states))  # fmt: skip

    def arrivals(self) -> dict[str, str]:
        """Return when documents came through the desk, by their ids, as ISO text in UTC."""
        with self._database.reading() as c:
            return {row["document"]: row["at"] for row in c.execute("SELECT * FROM arrivals")}

    @contextmanager
    def _recorded(self) -> Iterator[tuple[sqlite3.Connection, Connection]]:
        """Give what to write jobs and the record through, the same where they are in one file."""
        with self._database.writing() as c:
            if self._record is self._database:
                yield c, c
                return
            with self._record.writing() as record:
                yield c, record

    def _named(self, job: Job) -> str:
        """Return how the record names a job; machines count each their own."""
        where = "" if self._record is self._database else f"（{node()}）"
        return f"上传 {job.id}{where}"


def _job(row: sqlite3.Row) -> Job:
    fields = {name: row[name] for name in row.keys()}  # noqa: SIM118 - a Row has no other way
    outcomes = tuple(
        Outcome(**{**each, "left_out": tuple(each["left_out"])})
        for each in json.loads(fields["outcomes"])
    )
    return Job(**{**fields, "files": tuple(json.loads(fields["files"])),
                  "state": State(fields["state"]), "outcomes": outcomes})  # fmt: skip


def _packed(outcomes: Sequence[Outcome]) -> str:
    return _json([asdict(outcome) for outcome in outcomes])


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
