"""The targets set: three reports with lists of their figures made by hand, against `rag/targets`.

Two of the reports are invented. Whoever wrote a list had not seen the code, and the rules were
written before the lists were read, but for what the lists then showed.
"""

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from time import perf_counter
from typing import Any

from corpus.documents import Document
from corpus.library import shipped
from corpus.loaders import load
from eval.cases import DATASETS, Case
from eval.measures.targets import likeness, registry
from eval.run import Record, finish
from rag.targets.finder import targets

NAME = "targets"

_FOLDER = DATASETS / "targets"
Row = dict[str, Any]


def run(out: Path) -> dict[str, Any]:
    """List the targets of every report, write OUT, return the summary."""
    start = perf_counter()
    records = [record for document in _reports() for record in _records(document)]
    return finish(out, NAME, records, {}, perf_counter() - start)


def paired(text: str, listed: list[Row], meant: list[Row]) -> Iterator[tuple[Row | None, Row]]:
    """Yield for each hand-made row the listed one with its number and place, or None, each once."""
    free = list(listed)
    for row in meant:
        start = text.index(row["quote"])
        end = start + len(row["quote"])
        same = [t for t in free if t["value"] == row["value"] and _meet(t, start, end)]
        best = max(same, key=lambda t: likeness(t, row), default=None)
        if best:
            free.remove(best)
        yield best, row


def _meet(target: Row, start: int, end: int) -> bool:
    return bool(target["start"] < end and start < target["end"])


def _reports() -> list[Document]:
    return [*shipped(), *load(sorted(_FOLDER.glob("*.txt")))]


def _records(document: Document) -> Iterator[Record]:
    name = "tianjin" if document in shipped() else document.id
    lines = (_FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    listed = [target.to_json() for target in targets([document])]
    pairs: list[tuple[Row | None, Row | None]] = [
        *paired(document.text, listed, [json.loads(line) for line in lines])
    ]
    extra = [row for row in listed if all(row is not ours for ours, _ in pairs)]
    for number, (ours, hand) in enumerate([*pairs, *((row, None) for row in extra)], start=1):
        yield _record(f"{name}-{number:03}", name, ours, hand)


def _record(number: str, name: str, ours: Row | None, hand: Row | None) -> Record:
    row = hand or ours or {}
    case = Case(number, f"{row['value']}{row['unit']}", name, True, [row["indicator"]],
                [row["quote"]])  # fmt: skip
    cited = [{"quote": ours["quote"]}] if ours else []
    given = {"answered": ours is not None, "answer": ours["indicator"] if ours else "",
             "milliseconds": 0.0, "citations": cited}  # fmt: skip
    scores = {measure: score(ours, hand) for measure, score in registry().items()}
    return {"case": asdict(case), "given": given, "scores": scores}
