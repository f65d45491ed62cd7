"""One run: every question asked, every record written, then the figures.

OUT/records.jsonl   a line a question: what was expected, what came back, every measure
OUT/summary.json    means with 95 % intervals, overall and by kind, and what was run where
OUT/report.html     both for people, with plots and every wrong answer; report.md in plain text
"""

import json
import os
import platform
import traceback
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from time import perf_counter
from typing import Any

from tqdm import tqdm

from corpus.errors import InputError
from eval.askers import Asker, Json
from eval.cases import Case
from eval.measures import registry
from eval.report import html, markdown
from eval.sets import QuestionSet, World
from eval.statistics import SEED, summarize
from rag.answers import Turn

Record = dict[str, Any]
Opener = Callable[[World], AbstractContextManager[Asker]]
_HITS = 10
_PACKAGES = ("jinwen", "langchain", "sentence-transformers", "onnxruntime", "faiss-cpu", "gradio")


def run(chosen: QuestionSet, opener: Opener, out: Path) -> dict[str, Any]:
    """Ask every case of whoever `opener` gives for its world, write OUT, return the summary."""
    start = perf_counter()
    records: list[Record] = []
    about: Json = {}
    for world in tqdm(chosen.worlds, desc=chosen.name, delay=1, disable=len(chosen.worlds) < 2):
        texts = {document.id: document.text for document in world.documents}
        with opener(world) as asker:
            records += [record(case, texts, asker) for case in world.cases]
            about = asker.about()
    return finish(out, chosen.name, records, about, perf_counter() - start)


def finish(
    out: Path, name: str, records: Sequence[Record], about: Json, seconds: float
) -> dict[str, Any]:
    """Write the files of a run and return its summary."""
    summary = {"set": name, "questions": len(records), **about, **_where(), "seed": SEED,
               "seconds": round(seconds, 2), **summarize(records)}  # fmt: skip
    out.mkdir(parents=True, exist_ok=True)
    lines = (json.dumps(record, ensure_ascii=False) for record in records)
    written = {
        "records.jsonl": "".join(f"{line}\n" for line in lines),
        "summary.json": json.dumps(summary, ensure_ascii=False, indent=1),
        "report.html": html(summary, records),
        "report.md": markdown(summary, records),
    }
    for file, text in written.items():
        (out / file).write_text(text, encoding="utf-8")
    return summary


def record(case: Case, texts: dict[str, str], asker: Asker) -> Record:
    """Return the record of one question; one that crashes keeps its traceback and scores 0."""
    given: dict[str, Any] = {"spans": case.evidence_spans(texts)}
    start = perf_counter()
    try:
        given |= asker.ask(case.question, [Turn(*turn) for turn in case.history])
        given["milliseconds"] = round((perf_counter() - start) * 1000, 2)
        given["hits"] = asker.search(given["resolved_question"], _HITS)
        for cited in given["citations"]:
            quoted = texts[cited["document_id"]][cited["start"] : cited["end"]]
            cited["verbatim"] = quoted == cited["quote"]
    except Exception:  # noqa: BLE001  the harness outlives whatever it measures
        given |= {"answered": False, "crash": traceback.format_exc(), "citations": []}
    given.setdefault("milliseconds", round((perf_counter() - start) * 1000, 2))
    scores = {name: measure(case, given) for name, measure in registry().items()}
    if "crash" in given:
        scores = {name: None if score is None else 0.0 for name, score in scores.items()}
    return {"case": asdict(case), "given": given, "scores": scores}


def read(out: Path) -> list[Record]:
    """Return the records of a run; raises InputError when there are none."""
    try:
        lines = (out / "records.jsonl").read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise InputError(f"“{out}”里没有评测结果，请先运行 jinwen eval run --out {out}") from error
    return [json.loads(line) for line in lines]


def set_name(out: Path) -> str:
    """Return the name of the set a run was made of."""
    name: str = json.loads((out / "summary.json").read_text(encoding="utf-8"))["set"]
    return name


def _where() -> dict[str, Any]:
    return {
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, {platform.system()}, "
        f"Python {platform.python_version()}",
        "packages": {package: version(package) for package in _PACKAGES},
        "started": datetime.now(UTC).isoformat(timespec="seconds"),
    }
