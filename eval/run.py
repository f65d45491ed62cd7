"""One run: every question asked, every record written, then the figures.

OUT/records.jsonl   a line a question: what was expected, what came back, every measure
OUT/summary.json    means with 95 % intervals, overall and by kind, and what was run where
OUT/report.md       the same for people, with every wrong answer
"""

import json
import platform
import traceback
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from time import perf_counter
from typing import Any

from corpus.errors import InputError
from eval import report
from eval.cases import Case
from eval.measures import registry
from eval.statistics import summarize
from index.search import Searcher
from rag.answers import Turn
from rag.assistant import Assistant, refused_input

Record = dict[str, Any]
_HITS = 10
_PACKAGES = ("langchain", "sentence-transformers", "onnxruntime", "faiss-cpu", "gradio")


def run(name: str, cases: list[Case], searcher: Searcher, out: Path) -> dict[str, Any]:
    """Ask every case of the assistant that users get, write the folder, return the summary."""
    start = perf_counter()
    assistant = Assistant(lambda: searcher)
    texts = {document.id: document.text for document in searcher.contents.documents.values()}
    records = [record(case, texts, assistant, searcher) for case in cases]
    summary = {
        "set": name,
        "questions": len(records),
        "index_version": searcher.contents.version,
        "embedder": searcher.contents.manifest.embedder,
        "machine": f"{platform.machine()} {platform.system()} Python {platform.python_version()}",
        "packages": {package: version(package) for package in _PACKAGES},
        "started": datetime.now(UTC).isoformat(timespec="seconds"),
        "seconds": round(perf_counter() - start, 2),
        **summarize(records),
    }
    write(out, records, summary)
    return summary


def record(case: Case, texts: dict[str, str], assistant: Assistant, searcher: Searcher) -> Record:
    """Return the record of one question; one that crashes keeps its traceback and scores 0."""
    given: dict[str, Any] = {"spans": case.evidence_spans(texts)}
    start = perf_counter()
    try:
        given |= _asked(case, assistant)
        given["hits"] = [
            {key: getattr(hit, key) for key in ("rank", "document_id", "start", "end", "score")}
            for hit in searcher.search(given["resolved_question"], _HITS)
        ]
        for cited in given["citations"]:
            quoted = texts[cited["document_id"]][cited["start"] : cited["end"]]
            cited["verbatim"] = quoted == cited["quote"]
    except Exception:  # noqa: BLE001  the harness outlives whatever it measures
        given |= {"answered": False, "crash": traceback.format_exc(), "citations": []}
    given["milliseconds"] = round((perf_counter() - start) * 1000, 2)
    scores = {name: measure(case, given) for name, measure in registry().items()}
    if "crash" in given:
        scores["right"] = 0.0
    return {"case": asdict(case), "given": given, "scores": scores}


def write(out: Path, records: Sequence[Record], summary: dict[str, Any]) -> None:
    """Write the three files of a run."""
    out.mkdir(parents=True, exist_ok=True)
    lines = (json.dumps(record, ensure_ascii=False) for record in records)
    (out / "records.jsonl").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    text = json.dumps(summary, ensure_ascii=False, indent=1)
    (out / "summary.json").write_text(text, encoding="utf-8")
    (out / "report.md").write_text(report.markdown(summary, records), encoding="utf-8")


def read(out: Path) -> list[Record]:
    """Return the records of a run; raises InputError when there are none."""
    try:
        lines = (out / "records.jsonl").read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise InputError(f"“{out}”不是一次评测的结果目录，请先运行 jinwen eval run") from error
    return [json.loads(line) for line in lines]


def set_name(out: Path) -> str:
    """Return the name of the set a run was made of."""
    name: str = json.loads((out / "summary.json").read_text(encoding="utf-8"))["set"]
    return name


def _asked(case: Case, assistant: Assistant) -> dict[str, Any]:
    try:
        answer = assistant.ask(case.question, [Turn(*turn) for turn in case.history])
    except InputError as error:
        answer = refused_input(case.question, str(error))
    return answer.to_json()
