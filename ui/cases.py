"""Questions with what is expected of them, kept in the home for `jinwen eval run --set`."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex
from typing import Any, get_args

from filelock import FileLock

from corpus.documents import Document
from corpus.errors import InputError
from corpus.private import private
from rag.answers import Refusal
from rag.questions import MAX_CHARS, clean

FILE = "cases.jsonl"
_NOTE_CHARS, _ANSWERS = 300, 10


@dataclass(frozen=True, slots=True)
class Expected:
    """A question as it should end: one of these answers, or a refusal.

    `evidence` are words of a document that the answer rests on, none where they are not known.
    """

    question: str
    accept: tuple[str, ...] = ()
    evidence: str = ""
    refusal: Refusal | None = None
    note: str = ""

    def to_json(self, case_id: str) -> dict[str, Any]:
        """Return the case in the form of `eval.cases`, empty fields left out."""
        answerable = self.refusal is None
        told = {
            "id": case_id, "question": self.question, "kind": "desk", "answerable": answerable,
            "accept": list(self.accept), "evidence": [self.evidence] if self.evidence else [],
            "refusal": self.refusal, "note": self.note,
        }  # fmt: skip
        return {name: value for name, value in told.items() if value not in ([], None, "")}


def expected(typed: Mapping[str, str], documents: Sequence[Document]) -> Expected:
    """Return a case out of what was typed: question, accept (a line each), evidence, refusal, note.

    Raises InputError for what makes no case: nothing expected, or words no document has.
    """
    asked, refusal = clean(typed.get("question", "")), typed.get("refusal", "")
    lines = typed.get("accept", "").splitlines()
    answers = tuple(line.strip() for line in lines if line.strip())
    words, told = typed.get("evidence", "").strip(), " ".join(typed.get("note", "").split())
    if len(told) > _NOTE_CHARS:
        raise InputError(f"备注有 {len(told)} 个字，最多 {_NOTE_CHARS} 个，请缩短")
    if refusal:
        if refusal not in get_args(Refusal):
            raise InputError("请选应当怎样拒答")
        if answers or words:
            raise InputError("应当拒答的问题没有答案和原文，请清空这两栏，或改选“应当回答”")
        return Expected(asked, refusal=refusal, note=told)  # type: ignore[arg-type]
    if not answers:
        raise InputError("请写出应当回答什么，一行一种说法；报告没有写的请选怎样拒答")
    if len(answers) > _ANSWERS or any(len(answer) > MAX_CHARS for answer in answers):
        raise InputError(f"答案最多 {_ANSWERS} 种说法，每种最多 {MAX_CHARS} 字，请删去一些")
    if words and not any(words in document.text for document in documents):
        raise InputError("原文在现在的文档里一字不差地找不到，请从文档里复制，或留空")
    return Expected(asked, answers, words, note=told)


class CaseFile:
    """The cases of one home: a line each, only ever appended to by us."""

    def __init__(self, home: Path) -> None:
        self.path = home / FILE

    def append(self, case: Expected) -> str:
        """Write a case as one line and return its id, which no other has or will have."""
        case_id = f"desk-{token_hex(4)}"
        with FileLock(self.path.with_suffix(".lock")):
            lines = self._lines()
            text = json.dumps(case.to_json(case_id), ensure_ascii=False) + "\n"
            if lines and not lines[-1].endswith(b"\n"):
                text = "\n" + text
            with private(self.path).open("ab", buffering=0) as file:
                file.write(text.encode(errors="replace"))
        return case_id

    def questions(self) -> list[str]:
        """Return the questions, oldest first, each once; what is no case is passed over."""
        found: dict[str, None] = {}
        for line in self._lines():
            try:
                record = json.loads(line)
            except ValueError:
                continue
            if isinstance(record, dict) and isinstance(record.get("question"), str):
                found[record["question"]] = None
        return list(found)

    def _lines(self) -> list[bytes]:
        try:
            return self.path.read_bytes().splitlines(keepends=True)
        except FileNotFoundError:
            return []
