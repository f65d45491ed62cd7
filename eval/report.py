"""A run as Markdown: figures first, then every wrong answer."""

from collections.abc import Sequence
from typing import Any


def markdown(summary: dict[str, Any], records: Sequence[dict[str, Any]]) -> str:
    """Return the report of a run."""
    wrong = [record for record in records if record["scores"]["right"] < 1]
    return "\n".join([
        f"# {summary['set']}: {summary['questions']} questions",
        "",
        f"Index {summary['index_version']}, {summary['embedder']}, {summary['machine']}, "
        f"{summary['seconds']} s; AUROC of confidence {summary['auroc']}; "
        f"milliseconds a question {summary['milliseconds']}.",
        "",
        *_table("measure", summary["measures"]),
        "",
        *_table("right, by kind", summary["kinds"]),
        "",
        f"## Wrong: {len(wrong)}",
        "",
        *(line for record in wrong for line in _wrong(record)),
    ])  # fmt: skip


def _table(head: str, rows: dict[str, dict[str, Any]]) -> list[str]:
    body = [
        f"| {name} | {row['n']} | {_percent(row['mean'])} | "
        f"{_percent(row['low'])} to {_percent(row['high'])} |"
        for name, row in rows.items()
    ]
    return [f"| {head} | n | mean | 95 % |", "| --- | --- | --- | --- |", *body]


def _percent(value: float | None) -> str:
    return "-" if value is None else f"{100 * value:.1f}"


def _wrong(record: dict[str, Any]) -> list[str]:
    case, given = record["case"], record["given"]
    expected = "、".join(case["accept"]) or " / ".join(case["evidence"]) or case["refusal"] or "-"
    said = given.get("crash") or given.get("answer") or "-"
    return [f"- **{case['id']}** ({case['kind']}) {case['question']}",
            f"  - expected: {expected}", f"  - given: {' '.join(str(said).split())}"]  # fmt: skip
