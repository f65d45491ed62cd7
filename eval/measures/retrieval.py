"""Retrieval, before any answer: hit@k, MRR, nDCG and evidence recall, computed by ir_measures.

A hit is relevant when it overlaps evidence. The judged items are the evidence spans: a hit stands
for the first span it overlaps that no better hit has stood for, else for itself, not relevant. So
a span found twice counts once, and nDCG and recall keep their textbook meaning.
"""

from functools import cache
from typing import Any

import ir_measures
from ir_measures import RR, R, Success, nDCG

from eval.cases import Case
from eval.measures import Given, Measure
from eval.measures.spans import overlap

_MEASURES = {
    "hit@1": (Success @ 1, "The best passage overlaps evidence."),
    "hit@5": (Success @ 5, "One of the five best passages overlaps evidence."),
    "mrr@10": (RR @ 10, "1 / rank of the first of ten passages that overlaps evidence."),
    "ndcg@10": (nDCG @ 10, "Discounted gain of evidence found, of the best possible."),
    "evidence_recall@10": (R @ 10, "Share of evidence found in ten passages."),
}


@cache
def measures() -> dict[str, Measure]:
    """Return the retrieval measures by name."""
    return {name: _measure(base, told) for name, (base, told) in _MEASURES.items()}


def _measure(base: Any, told: str) -> Measure:
    def measure(case: Case, given: Given) -> float | None:
        hits = given.get("hits")
        if not case.evident or (hits is None and "crash" not in given):
            return None  # whoever was asked does not search
        if not (hits and given["spans"]):
            return 0.0
        judged = [ir_measures.Qrel("q", str(i), 1) for i, _ in enumerate(given["spans"])]
        (found,) = ir_measures.iter_calc([base], judged, _ranked(given))
        return float(found.value)

    measure.__doc__ = told
    return measure


def _ranked(given: Given) -> list[Any]:
    left = dict(enumerate(given["spans"]))
    ranked = []
    for hit in given["hits"]:
        item = next((i for i, span in left.items() if overlap(span, hit)), None)
        left.pop(item, None) if item is not None else None
        name = f"none-{hit['rank']}" if item is None else str(item)
        ranked.append(ir_measures.ScoredDoc("q", name, -float(hit["rank"])))
    return ranked
