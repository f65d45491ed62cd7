"""Means, intervals and paired tests; the sums are NumPy's and SciPy's."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy.stats import binomtest, bootstrap
from sklearn.metrics import roc_auc_score

_SEED = 0


def summarize(records: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return every measure's mean and interval, `right` by kind, AUROC of refusal, and latency."""
    kinds: dict[str, list[float]] = defaultdict(list)
    for record in records:
        kinds[record["case"]["kind"]].append(record["scores"]["right"])
    names = records[0]["scores"] if records else {}
    times = [record["given"]["milliseconds"] for record in records]
    return {
        "measures": {name: mean(_values(records, name)) for name in names},
        "kinds": {kind: mean(values) for kind, values in sorted(kinds.items())},
        "auroc": _auroc(records),
        "milliseconds": {
            f"p{q}": round(float(np.percentile(times, q)), 2) for q in (50, 95) if times
        },
    }


def mean(values: Sequence[float]) -> dict[str, Any]:
    """Return n, mean and the 95 % bootstrap interval (percentile, 2,000 draws, fixed seed)."""
    n = len(values)
    if n == 0:
        return {"n": 0, "mean": None, "low": None, "high": None}
    low = high = centre = float(np.mean(values))
    if len(set(values)) > 1:
        interval = bootstrap(
            (np.array(values),), np.mean, n_resamples=2000, method="percentile",
            rng=np.random.default_rng(_SEED),
        ).confidence_interval  # fmt: skip
        low, high = float(interval.low), float(interval.high)
    return {"n": n, "mean": round(centre, 4), "low": round(low, 4), "high": round(high, 4)}


def sign_test(wins: int, losses: int) -> float:
    """Return the two-sided p of as uneven a split by chance (exact McNemar)."""
    return float(binomtest(wins, wins + losses).pvalue) if wins + losses else 1.0


def _values(records: Sequence[dict[str, Any]], name: str) -> list[float]:
    scores = (record["scores"][name] for record in records)
    return [score for score in scores if score is not None]


def means(records: Sequence[dict[str, Any]]) -> dict[str, float]:
    """Return every measure's mean alone, rounded as `mean` does, where it applied at all."""
    names = records[0]["scores"] if records else {}
    found = {name: _values(records, name) for name in names}
    return {name: round(float(np.mean(each)), 4) for name, each in found.items() if each}


def _auroc(records: Sequence[dict[str, Any]]) -> float | None:
    """Return how well confidence separates answerable questions from others; None if one-sided."""
    labels = [record["case"]["answerable"] for record in records]
    if len(set(labels)) < 2:
        return None
    confidence = [record["given"].get("confidence") or 0.0 for record in records]
    return round(float(roc_auc_score(labels, confidence)), 4)
