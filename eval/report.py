"""A run for people: one self-contained page with plots, and the same in Markdown."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader

from eval import plots
from eval.compare import Comparison
from eval.measures import definitions
from eval.statistics import BESIDE, Records

_ASSETS = Path(__file__).parent / "assets"


def html(summary: dict[str, Any], records: Records) -> str:
    """Return the page of a run; nothing in it is fetched from anywhere."""
    wrong = [record for record in records if record["scores"]["right"] < 1]
    drawn = {
        "kinds": plots.kinds(summary),
        "refusals": plots.refusals(summary, records),
        "latency": plots.latency(records),
    }
    told = [_told(record) for record in wrong]
    return _page("report.html", summary=summary, wrong=told, beside=BESIDE,
                 definitions=definitions(), flattering=_flattering(summary), **drawn)  # fmt: skip


def comparison_html(names: tuple[str, str], found: Comparison) -> str:
    """Return the page of a comparison: every question won or lost, side by side."""
    return _page("compare.html", names=names, found=found, tests=found.tests,
                 changes=[asdict(change) for change in found.changes])  # fmt: skip


def markdown(summary: dict[str, Any], records: Records) -> str:
    """Return the report of a run in Markdown."""
    wrong = [_told(record) for record in records if record["scores"]["right"] < 1]
    makes = summary.get("by_make")
    return "\n".join([
        f"# {summary['set']}: {summary['questions']} questions",
        "",
        f"Index {summary.get('index_version', '-')}, {summary.get('embedder', '-')}, "
        f"{summary['machine']}, {summary['seconds']} s; refusal {summary['refusal']}; "
        f"milliseconds {summary['milliseconds']}.",
        *(["", told] if (told := _flattering(summary)) else []),
        "",
        *_table("measure", summary["measures"]),
        "",
        *_table("right, by kind", summary["kinds"], BESIDE),
        *(["", *_table("right, by make", makes, BESIDE)] if makes else []),
        "",
        f"## Wrong: {len(wrong)}",
        "",
        *(line for each in wrong for line in _lines(each)),
    ])  # fmt: skip


def percent(value: float | None) -> str:
    """Return a share as a percentage with one decimal, '-' for none."""
    return "-" if value is None else f"{100 * value:.1f}"


def _told(record: dict[str, Any]) -> dict[str, Any]:
    """Return what a reader wants to know of one question."""
    case, given = record["case"], record["given"]
    expected = "、".join(case["items"]) or " / ".join(case["accept"]) or case["refusal"]
    said = given.get("crash") or given.get("answer") or "-"
    return {
        **{key: case[key] for key in ("id", "kind", "question", "history")},
        "expected": expected or "(a passage)",
        "evidence": case["evidence"],
        "said": str(said),
        "short": given.get("short_answer"),
        "refusal": given.get("refusal"),
        "confidence": given.get("confidence"),
        "cited": [cited["quote"] for cited in given.get("citations") or []],
        "near": [cited["quote"] for cited in given.get("related") or []],
        "scores": {name: score for name, score in record["scores"].items() if score is not None},
    }


def _flattering(summary: dict[str, Any]) -> str:
    """Return the line that says which reports of a run were trained on, '' for none."""
    seen = summary.get("trained_on")
    return f"Trained on: {', '.join(seen)}. Figures on what was trained on flatter." if seen else ""


def _table(head: str, rows: dict[str, dict[str, Any]], beside: Sequence[str] = ()) -> Sequence[str]:
    heads = [head, "n", "mean", "95 %", *beside]
    body = [
        [name, str(row["n"]), percent(row["mean"]),
         f"{percent(row['low'])} to {percent(row['high'])}", *(percent(row[b]) for b in beside)]
        for name, row in rows.items()
    ]  # fmt: skip
    return [f"| {' | '.join(cells)} |" for cells in (heads, ["---"] * len(heads), *body)]


def _lines(told: dict[str, Any]) -> list[str]:
    return [
        f"- **{told['id']}** ({told['kind']}) {told['question']}",
        f"  - expected: {told['expected']}",
        f"  - given: {told['short'] or ''} | {' '.join(told['said'].split())}",
    ]


def _page(template: str, **values: Any) -> str:
    pages = Environment(
        loader=FileSystemLoader(_ASSETS), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    pages.filters["percent"] = percent
    return pages.get_template(template).render(**values)
