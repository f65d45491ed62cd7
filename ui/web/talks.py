"""Past conversations as a browser keeps them: their questions only, which are asked anew.

What a browser hands back may be anything; what is no conversation is left out.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Any
from uuid import uuid4

MOST_TALKS, MOST_QUESTIONS, TITLE_CHARS = 60, 30, 40
MOST_CHARS = 30_000  # of all questions: they travel with every one, and ui.web.guard has a limit


@dataclass(frozen=True, slots=True)
class Talk:
    """One conversation; its name is the first question until it is given another."""

    id: str
    questions: tuple[str, ...]
    name: str = ""

    @property
    def title(self) -> str:
        """Return what it is called in the list."""
        return _line(self.name or self.questions[0])


@dataclass(frozen=True, slots=True)
class Talks:
    """The conversations of a visitor, newest first, and the id of the one that goes on."""

    talks: tuple[Talk, ...] = ()
    current: str = ""

    @classmethod
    def of(cls, kept: object) -> Talks:
        """Return the conversations that a browser kept."""
        record = kept if isinstance(kept, dict) else {}
        listed = record.get("talks")
        talks = [_talk(item) for item in listed] if isinstance(listed, list) else []
        known = {talk.id: talk for talk in talks if talk}
        return cls(_fitting(tuple(known.values())), str(record.get("current") or ""))

    def to_json(self) -> dict[str, Any]:
        """Return what a browser keeps."""
        talks = [{"id": t.id, "name": t.name, "questions": [*t.questions]} for t in self.talks]
        return {"current": self.current, "talks": talks}

    def questions(self) -> tuple[str, ...]:
        """Return the questions of the conversation that goes on; none of a new one."""
        return next((talk.questions for talk in self.talks if talk.id == self.current), ())

    def asking(self, question: str) -> Talks:
        """Return them with the conversation that goes on foremost, one question longer.

        The same question again, as it is asked anew, is not kept twice.
        """
        before = self.questions()
        asked = before if before[-1:] == (question,) else (*before, question)[-MOST_QUESTIONS:]
        old = next((talk for talk in self.talks if talk.id == self.current), None)
        new = replace(old, questions=asked) if old else Talk(uuid4().hex[:8], asked)
        others = tuple(talk for talk in self.talks if talk.id != new.id)
        return Talks(_fitting((new, *others)), new.id)

    def begun(self) -> Talks:
        """Return them with a new conversation going on, listed from its first question."""
        return replace(self, current="")

    def opened(self, talk_id: str) -> Talks:
        """Return them with another conversation going on."""
        return replace(self, current=talk_id)

    def named(self, talk_id: str, name: str) -> Talks:
        """Return them with one under another name; an empty name gives its own back."""
        line = _line(name)
        return replace(
            self, talks=tuple(replace(t, name=line) if t.id == talk_id else t for t in self.talks)
        )

    def without(self, talk_id: str) -> Talks:
        """Return them with one gone for good."""
        left = tuple(talk for talk in self.talks if talk.id != talk_id)
        return Talks(left, "" if talk_id == self.current else self.current)

    def choices(self, word: str = "") -> list[tuple[str, str]]:
        """Return titles with ids, of those that have a word in their title or questions."""
        sought = word.strip().lower()
        return [
            (talk.title, talk.id)
            for talk in self.talks
            if sought in "\n".join((talk.title, *talk.questions)).lower()
        ]


def _fitting(talks: tuple[Talk, ...]) -> tuple[Talk, ...]:
    """Return the newest that a request can carry with room to spare; the oldest are let go."""
    sizes = accumulate(sum(map(len, talk.questions)) + TITLE_CHARS for talk in talks)
    return tuple(t for t, size in zip(talks, sizes, strict=True) if size <= MOST_CHARS)[:MOST_TALKS]


def _talk(item: object) -> Talk | None:
    record = item if isinstance(item, dict) else {}
    listed = record.get("questions")
    asked = tuple(q for q in listed if isinstance(q, str)) if isinstance(listed, list) else ()
    talk_id = record.get("id")
    if not asked or not isinstance(talk_id, str):
        return None
    return Talk(talk_id, asked[-MOST_QUESTIONS:], _line(str(record.get("name") or "")))


def _line(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= TITLE_CHARS else f"{line[: TITLE_CHARS - 1]}…"
