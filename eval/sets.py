"""Sets of questions by name or file, and the home each is asked in.

tianjin    our own questions on the shipped report
smoke      every eighth of them, for continuous integration
FILE       a questions file in the form of CMRC and DRCD here, beside its passages file
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.documents import Document
from corpus.errors import InputError
from corpus.library import shipped
from corpus.loaders import load as load_documents
from eval.cases import DATASETS, Case, load

_SMOKE_STEP = 8


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """Questions and the documents they are asked of."""

    name: str
    cases: list[Case]
    documents: list[Document]


def open_set(name: str) -> QuestionSet:
    """Return a set by name or path; raises InputError for one that is not there."""
    ours = DATASETS / "tianjin.jsonl"
    if name in ("tianjin", "smoke"):
        step = _SMOKE_STEP if name == "smoke" else 1
        return QuestionSet(name, load(ours)[::step], shipped())
    path = Path(name)
    passages = path.with_name(path.name.replace("questions", "passages"))
    if not path.is_file() or passages == path or not passages.is_file():
        raise InputError(
            f"没有题集“{name}”，可用 tianjin、smoke，或旁边有 passages 文件的 questions 文件"
        )
    lines = path.read_text(encoding="utf-8").splitlines()
    cases = [_public(json.loads(line)) for line in lines if line]
    return QuestionSet(path.stem, cases, load_documents([passages]))


def _public(record: dict[str, Any]) -> Case:
    """Return a CMRC or DRCD question as a case; its evidence is where its answers stand."""
    spans = [
        (record["passage_id"], start, start + len(answer))
        for answer, start in zip(record["answers"], record["answer_starts"], strict=True)
    ]
    return Case(record["id"], record["question"], "public", True, record["answers"], spans=spans)
