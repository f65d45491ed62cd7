"""What people say of answers, a line of JSON each, and the file that it is kept in at home."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, Protocol

from corpus.errors import CorpusError
from corpus.private import private
from rag.answers import Answer

Verdict = Literal[
    "right", "wrong_figure", "wrong_citation", "incomplete", "needless_refusal", "complaint"
]

MOST_CHARS = 1000  # of a comment


@dataclass(frozen=True, slots=True)
class Feedback:
    """A judgement of one answer; `answer` is the Answer as JSON, `time` in ISO 8601, UTC."""

    time: str
    verdict: Verdict
    question: str
    answer: dict[str, Any]
    history: tuple[tuple[str, str], ...] = ()
    comment: str = ""

    @classmethod
    def now(
        cls, verdict: Verdict, question: str, answer: Answer,
        history: Iterable[tuple[str, str]] = (), comment: str = "",
    ) -> Feedback:  # fmt: skip
        """Return a judgement that is given now."""
        time = datetime.now(UTC).isoformat(timespec="seconds")
        return cls(time, verdict, question, answer.to_json(), tuple(history), comment)

    @classmethod
    def of(cls, line: str | bytes) -> Feedback:
        """Return the judgement of a line; raises ValueError, TypeError or KeyError for another."""
        record = json.loads(line)
        record["history"] = tuple((q, a) for q, a in record["history"])
        return cls(**record)

    @property
    def line(self) -> str:
        """Return the judgement as JSON; half a character becomes `?`."""
        text = json.dumps(asdict(self), ensure_ascii=False)
        return text.encode(errors="replace").decode()


class Judgements(Protocol):
    """Where feedback is kept: judgements are only ever appended, by any thread and process."""

    def append(self, feedback: Feedback) -> None:
        """Keep a judgement; raises OSError or StoreError where that fails."""

    def __iter__(self) -> Iterator[Feedback]:
        """Yield the judgements, oldest first; raises CorpusError naming what is none."""

    def since(self, start: int) -> tuple[list[Feedback], int]:
        """Return the judgements behind a place (0: all), and the place behind the last of them.

        What is none is passed over.
        """


class FeedbackFile:
    """A file of feedback: one line a judgement, only ever appended to."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @classmethod
    def of(cls, home: Path) -> FeedbackFile:
        """Return the file of a home."""
        return cls(home / "feedback.jsonl")

    def append(self, feedback: Feedback) -> None:
        """Write a judgement as one line, in one call, so that lines of two writers never mix."""
        with private(self._path).open("ab", buffering=0) as file:
            file.write(feedback.line.encode() + b"\n")

    def __iter__(self) -> Iterator[Feedback]:
        """Yield the judgements, oldest first; raises CorpusError naming a line that is none."""
        for number, line in enumerate(self._path.read_bytes().split(b"\n"), start=1):
            if not line.strip():
                continue
            try:
                yield Feedback.of(line)
            except (ValueError, TypeError, KeyError) as error:
                raise CorpusError(
                    f"“{self._path.name}”第 {number} 行不是反馈记录，请删去这一行后重试"
                ) from error

    def since(self, start: int) -> tuple[list[Feedback], int]:
        """Return the judgements from byte `start` on, and the byte behind the last whole line.

        A line that is none is passed over; a file shorter than `start` is a new one.
        """
        try:
            with self._path.open("rb") as file:
                start = start if start <= os.fstat(file.fileno()).st_size else 0
                file.seek(start)
                whole = file.read().rpartition(b"\n")
        except FileNotFoundError:
            return [], 0
        return sound(whole[0].split(b"\n")), start + len(whole[0]) + len(whole[1])


def sound(lines: Iterable[str | bytes]) -> list[Feedback]:
    """Return the judgements among lines."""
    found: list[Feedback] = []
    for line in lines:
        with suppress(ValueError, TypeError, KeyError):  # told of by those who read it all
            found.append(Feedback.of(line))
    return found
