"""The wording set: pastes of the shipped report, as it is and changed, against the wording check.

The records have the form of `eval.run`, so that reports, comparisons and gates work on them.
"""

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from time import perf_counter
from typing import Any

from corpus.documents import Document
from corpus.library import shipped
from eval.cases import DATASETS, Case
from eval.measures.wording import registry
from eval.run import Record, finish
from rag.wording.checker import Checker

NAME = "wording"


def pastes() -> list[dict[str, Any]]:
    """Return the pastes: text, expected verdict, the quote it is made from, the changed words."""
    lines = (DATASETS / "wording.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def run(out: Path) -> dict[str, Any]:
    """Check every paste, write OUT, return the summary."""
    start = perf_counter()
    documents = shipped()
    checker = Checker(documents)
    records = list(_records(checker, documents[0]))
    return finish(out, NAME, records, {}, perf_counter() - start)


def _records(checker: Checker, report: Document) -> Iterator[Record]:
    for paste in pastes():
        start = perf_counter()
        check = checker.check(paste["text"])
        taken = round((perf_counter() - start) * 1000, 2)
        scores = score(paste, check.to_json(), report.text)
        given = {
            "answered": True, "answer": check.verdict, "milliseconds": taken,
            "citations": [{"quote": match.quote} for match in check.matches],
        }  # fmt: skip
        yield {"case": asdict(_case(paste)), "given": given, "scores": scores}


def score(paste: dict[str, Any], check: dict[str, Any], text: str) -> dict[str, float | None]:
    """Return every measure of one check against a report's text."""
    quote = paste["quote"]
    span = (text.index(quote), text.index(quote) + len(quote)) if quote else None
    return {name: measure({**paste, "span": span}, check) for name, measure in registry().items()}


def _case(paste: dict[str, Any]) -> Case:
    return Case(
        paste["id"], paste["text"], paste["kind"], True, [paste["verdict"]],
        [paste["quote"]] if paste["quote"] else [],
    )  # fmt: skip
