from typing import Any

import pytest

from eval.cases import Case
from eval.measures import registry
from eval.measures.answers import char_f1, contains, exact, items, polarity, right
from eval.measures.citations import precision, recall, reciprocal_rank, verbatim

GAS = Case("1", "多少公里？", "figure", True, ["623公里"], ["燃气管网623公里"])
PARKS = Case("2", "哪些？", "list", True, ["甲园、乙园"], ["甲园、乙园"], items=["甲园", "乙园"])
WILL = Case("3", "会吗？", "yesno", True, ["是"], ["开工建设机场三期"])
HOW = Case("4", "怎么做？", "policy", True, [], ["实施治理工程"])
FAR = Case("5", "红烧肉？", "far", False, refusal="off_topic")


def given(
    answer: str, short: str | None = None, *cited: tuple[int, int], **more: Any
) -> dict[str, Any]:
    citations = [{"document_id": "d", "start": a, "end": b, "verbatim": True} for a, b in cited]
    return {"answered": True, "answer": answer, "short_answer": short, "citations": citations,
            "spans": [("d", 10, 20)], **more}  # fmt: skip


@pytest.mark.parametrize(
    ("case", "what", "expected"),
    [
        (GAS, given("改造燃气管网６２３公里[1]。"), 1.0),  # full width is the same figure
        (GAS, given("改造燃气管网150公里[1]。"), 0.0),
        (GAS, {"answered": False, "spans": []}, 0.0),
        (PARKS, given("甲园和乙园"), 1.0),
        (PARKS, given("甲园"), 0.0),
        (WILL, given("开工建设机场三期", None, (12, 18)), 1.0),  # the quote speaks for itself
        (WILL, given("开工建设机场三期", "是，开工", (12, 18)), 1.0),
        (WILL, given("开工建设机场三期", "不会", (12, 18)), 0.0),
        (WILL, given("开工建设机场三期", None, (30, 40)), 0.0),
        (HOW, given("实施治理工程", None, (15, 30)), 1.0),
        (HOW, given("实施治理工程", None, (20, 30)), 0.0),
        (FAR, {"answered": False}, 1.0),
        (FAR, given("随便说说"), 0.0),
    ],
)
def test_right_is_what_a_fair_reader_calls_right(
    case: Case, what: dict[str, Any], expected: float
) -> None:
    assert right(case, what) == expected


def test_headline_measures() -> None:
    assert exact(GAS, given("", "623 公里")) == 1.0
    assert exact(GAS, given("", "约623公里")) == 0.0
    assert char_f1(GAS, given("", "约623公里")) == pytest.approx(2 * (5 / 6) * 1 / (5 / 6 + 1))
    assert char_f1(GAS, given("", None)) == 0.0
    assert contains(PARKS, given("乙园、甲园")) == 1.0
    assert items(PARKS, given("乙园")) == 0.5
    assert polarity(WILL, given("", "会建")) == 1.0
    assert polarity(WILL, given("", "没有提到")) == 0.0
    assert polarity(GAS, given("", "623公里")) is None


def test_citation_measures_count_overlapping_spans_of_the_same_document() -> None:
    two = given("", None, (0, 11), (40, 50), hits=[
        {"rank": 1, "document_id": "other", "start": 10, "end": 20},
        {"rank": 2, "document_id": "d", "start": 19, "end": 30},
    ])  # fmt: skip
    assert recall(GAS, two) == 1.0
    assert precision(GAS, two) == 0.5
    assert verbatim(GAS, two) == 1.0
    assert reciprocal_rank(GAS, two) == 0.5
    touching = given("", None, (0, 10), (20, 30))
    assert (recall(GAS, touching), precision(GAS, touching)) == (0.0, 0.0)
    assert precision(GAS, given("")) is None


def test_a_crash_scores_the_default_everywhere() -> None:
    crashed = {"answered": False, "crash": "…", "citations": [], "spans": [("d", 10, 20)]}
    scores = {name: measure(GAS, crashed) for name, measure in registry().items()}
    asked = {name for name, score in scores.items() if score is not None}
    assert asked >= {"right", "contains", "citation_recall", "evidence_rank", "answered_rightly"}
    assert {score for score in scores.values() if score is not None} == {0.0}
