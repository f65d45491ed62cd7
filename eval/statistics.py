"""Means, intervals, paired tests and the refusal trade-off; the sums are SciPy's and sklearn's."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binomtest, bootstrap, permutation_test
from sklearn.metrics import roc_auc_score, roc_curve

from eval.govqa import trained_on

SEED = 0
_DRAWS = 2000
BESIDE = ("headline", "within_60", "citation_recall", "reason")

Records = Sequence[dict[str, Any]]


def summarize(records: Records) -> dict[str, Any]:
    """Return means and intervals, by kind, refusals, latency; by_make, trained_on where any are."""
    names = records[0]["scores"] if records else {}
    return {
        "measures": {name: mean(values(records, name)) for name in names},
        "kinds": by_kind(records),
        "refusal": refusal(records),
        "milliseconds": latency(records),
        **({"by_make": makes} if (makes := by_make(records)) else {}),
        **({"trained_on": seen} if (seen := trained_on(_names(records))) else {}),
    }


def by_kind(records: Records) -> dict[str, dict[str, Any]]:
    """Return for every kind of question the mean and interval of `right`, and means beside it."""
    return dict(sorted(_by(records, "kind").items()))


def by_make(records: Records) -> dict[str, dict[str, Any]]:
    """Return the same for every make (plain, paraphrase, third, near), where questions have one."""
    return _by([record for record in records if record["case"].get("make")], "make")


def mean(scores: Sequence[float]) -> dict[str, Any]:
    """Return n, mean and the 95 % bootstrap interval (percentile, 2,000 draws, fixed seed)."""
    n = len(scores)
    if n == 0:
        return {"n": 0, "mean": None, "low": None, "high": None}
    low = high = centre = float(np.mean(scores))
    if len(set(scores)) > 1:
        interval = bootstrap(
            (np.array(scores),), np.mean, n_resamples=_DRAWS, method="percentile",
            rng=np.random.default_rng(SEED),
        ).confidence_interval  # fmt: skip
        low, high = float(interval.low), float(interval.high)
    return {"n": n, "mean": round(centre, 4), "low": round(low, 4), "high": round(high, 4)}


def values(records: Records, name: str) -> list[float]:
    """Return the scores of a measure where it applied."""
    scores = (record["scores"].get(name) for record in records)
    return [score for score in scores if score is not None]


def means(records: Records) -> dict[str, float]:
    """Return every measure's mean alone, rounded as `mean` does, where it applied at all."""
    names = records[0]["scores"] if records else {}
    found = {name: values(records, name) for name in names}
    return {name: round(float(np.mean(each)), 4) for name, each in found.items() if each}


def sign_test(wins: int, losses: int) -> float:
    """Return the two-sided p of as uneven a split by chance (exact McNemar)."""
    return float(binomtest(wins, wins + losses).pvalue) if wins + losses else 1.0


def paired(before: Sequence[float], after: Sequence[float]) -> dict[str, float]:
    """Return the mean difference of paired scores, its 95 % interval, and p by permutation."""
    change = np.subtract(after, before)
    if not change.any() or len(change) < 2:  # nothing to resample
        centre = round(float(change.mean()), 4)
        return {"difference": centre, "low": centre, "high": centre, "p": 1.0}
    interval = mean(list(change))
    test = permutation_test(
        (np.array(after), np.array(before)), _mean_difference, permutation_type="samples",
        n_resamples=_DRAWS, rng=np.random.default_rng(SEED),
    )  # fmt: skip
    return {"difference": interval["mean"], "low": interval["low"], "high": interval["high"],
            "p": round(float(test.pvalue), 4)}  # fmt: skip


def refusal(records: Records) -> dict[str, float | None]:
    """Return the rates of false answers and refusals, balanced accuracy, AUROC of confidence."""
    sums = means(records)
    refused, answered = sums.get("refused_rightly"), sums.get("answered_rightly")
    curve = trade_off(records)
    return {
        "false_answers": None if refused is None else round(1 - refused, 4),
        "false_refusals": None if answered is None else round(1 - answered, 4),
        "balanced_accuracy": None if refused is None or answered is None
        else round((refused + answered) / 2, 4),
        "auroc": None if curve is None else curve[2],
    }  # fmt: skip


def trade_off(records: Records) -> tuple[NDArray[Any], NDArray[Any], float] | None:
    """Return false answers and false refusals at every threshold of confidence, and the AUROC.

    None when all questions are of one sort.
    """
    labels = [record["case"]["answerable"] for record in records]
    if len(set(labels)) < 2:
        return None
    confidence = [record["given"].get("confidence") or 0.0 for record in records]
    false_answers, answered, _ = roc_curve(labels, confidence)
    return false_answers, 1 - answered, round(float(roc_auc_score(labels, confidence)), 4)


def latency(records: Records) -> dict[str, dict[str, float]]:
    """Return p50 and p95 in milliseconds, of the whole and of each stage."""
    times: dict[str, list[float]] = defaultdict(list)
    for record in records:
        times["whole"].append(record["given"]["milliseconds"])
        for stage, taken in (record["given"].get("timings_ms") or {}).items():
            times[stage].append(taken)
    return {
        stage: {f"p{q}": round(float(np.percentile(taken, q)), 2) for q in (50, 95)}
        for stage, taken in times.items()
    }


def _by(records: Records, key: str) -> dict[str, dict[str, Any]]:
    """Return the figures of the questions that share a field of the case, in order met."""
    shared: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for record in records:
        shared[record["case"][key]].append(record)
    return {
        name: {**mean(values(of, "right")), **{beside: means(of).get(beside) for beside in BESIDE}}
        for name, of in shared.items()
    }


def _names(records: Records) -> set[str]:
    """Return the names under which questions and the reports they rest on go."""
    reports = {span[0] for record in records for span in record["given"].get("spans") or ()}
    return reports | {record["case"]["id"] for record in records}


def _mean_difference(a: NDArray[Any], b: NDArray[Any], axis: int) -> Any:
    return np.mean(a, axis=axis) - np.mean(b, axis=axis)
