from typing import Any

import pytest

from eval.statistics import latency, mean, means, paired, refusal, sign_test, trade_off


def record(answerable: bool, answered: bool, confidence: float) -> dict[str, Any]:
    scores = {
        "answered_rightly": float(answered) if answerable else None,
        "refused_rightly": None if answerable else float(not answered),
    }
    given = {"confidence": confidence, "milliseconds": 10.0, "timings_ms": {"search": 8.0}}
    return {"case": {"answerable": answerable}, "given": given, "scores": scores}


RECORDS = [record(True, True, 0.9), record(True, False, 0.3),
           record(False, False, 0.2), record(False, True, 0.4)]  # fmt: skip


def test_means_and_intervals() -> None:
    assert mean([1.0, 1.0]) == {"n": 2, "mean": 1.0, "low": 1.0, "high": 1.0}
    assert mean([])["mean"] is None
    half = mean([0.0, 1.0] * 50)
    assert half == mean([0.0, 1.0] * 50)  # the same seed every time
    assert half["mean"] == 0.5
    assert 0.39 <= half["low"] <= 0.42
    assert 0.58 <= half["high"] <= 0.61
    assert means(RECORDS) == {"answered_rightly": 0.5, "refused_rightly": 0.5}


def test_paired_tests() -> None:
    assert sign_test(8, 0) == pytest.approx(2 / 2**8)
    assert sign_test(0, 0) == 1.0
    better = paired([0.0] * 8 + [1.0] * 2, [1.0] * 10)
    assert better["difference"] == 0.8
    assert 0.5 <= better["low"] < better["high"] == 1.0
    assert better["p"] == pytest.approx(2 / 2**8, abs=0.005)  # ten pairs, eight of them changed
    assert paired([1.0, 0.0], [1.0, 0.0]) == {"difference": 0.0, "low": 0.0, "high": 0.0, "p": 1.0}


def test_refusals_are_told_from_both_sides() -> None:
    assert refusal(RECORDS) == {"false_answers": 0.5, "false_refusals": 0.5,
                                "balanced_accuracy": 0.5, "auroc": 0.75}  # fmt: skip
    assert refusal(RECORDS[:2])["auroc"] is None
    curve = trade_off(RECORDS)
    assert curve is not None
    points = list(zip(curve[0].tolist(), curve[1].tolist(), strict=True))
    assert (0.0, 0.5) in points  # between 0.4 and 0.9: no false answer, one of two refused
    assert points[-1] == (1.0, 0.0)


def test_latency_is_told_by_stage() -> None:
    assert latency(RECORDS) == {"whole": {"p50": 10.0, "p95": 10.0},
                                "search": {"p50": 8.0, "p95": 8.0}}  # fmt: skip
