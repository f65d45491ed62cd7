from typing import Any

import pytest

from eval.cases import Case
from eval.measures import definitions, registry, targets
from eval.measures import wording as pastes
from eval.measures.texts import says, sign

GAS = Case("1", "多少公里？", "figure", True, ["623公里"], ["燃气管网623公里"])
PARKS = Case("2", "哪些？", "list", True, ["甲园、乙园"], ["甲园、乙园"], items=["甲园", "乙园"])
WILL = Case("3", "会吗？", "yesno", True, ["是"], ["开工建设机场三期"])
HOW = Case("4", "怎么做？", "policy", True, [], ["实施治理工程"])
FAR = Case("5", "红烧肉？", "far", False, refusal="off_topic")
BOTH = Case("6", "分别多少？", "double", True, ["50个、275个"], ["口袋公园50个"])


def given(
    answer: str, short: str | None = None, *cited: tuple[int, int], **more: Any
) -> dict[str, Any]:
    citations = [{"document_id": "d", "start": a, "end": b, "verbatim": True} for a, b in cited]
    return {"answered": True, "answer": answer, "short_answer": short, "citations": citations,
            "spans": [("d", 10, 20)], **more}  # fmt: skip


REFUSED = {"answered": False, "answer": "没有找到623公里", "refusal": "off_topic", "spans": []}
CRASHED = {"answered": False, "crash": "…", "citations": [], "spans": [("d", 10, 20)]}


def score(name: str, case: Case, what: dict[str, Any]) -> float | None:
    return registry()[name](case, what)


@pytest.mark.parametrize(
    ("case", "what", "expected"),
    [
        (GAS, given("改造燃气管网６２３公里[1]。"), 1.0),  # full width is the same figure
        (GAS, given("改造燃气管网六百二十三公里[1]。"), 1.0),
        (GAS, given("改造燃气管网1623公里[1]。"), 0.0),
        (GAS, given("改造燃气管网150公里[1]。"), 0.0),
        (GAS, REFUSED, 0.0),
        (PARKS, given("甲园和乙园"), 1.0),
        (PARKS, given("甲园"), 0.0),
        (WILL, given("开工建设机场三期", "是，开工", (12, 18)), 1.0),
        (WILL, given("开工建设机场三期", None, (12, 18)), 0.0),  # a quote alone is no yes
        (WILL, given("开工建设机场三期", "不会", (12, 18)), 0.0),
        (WILL, given("开工建设机场三期", "是", (30, 40)), 0.0),
        (HOW, given("实施治理工程", None, (15, 30)), 1.0),
        (HOW, given("实施治理工程", None, (20, 30)), 0.0),
        (FAR, REFUSED, 1.0),
        (FAR, given("随便说说"), 0.0),
    ],
)
def test_right_is_what_a_fair_reader_calls_right(
    case: Case, what: dict[str, Any], expected: float
) -> None:
    assert score("right", case, what) == expected


@pytest.mark.parametrize(
    ("name", "case", "what", "expected"),
    [
        ("headline", GAS, given("", "约623公里"), 1.0),
        ("headline", GAS, given("623公里"), 0.0),  # said, but not in the headline
        ("headline", PARKS, given("", "乙园、甲园"), 1.0),
        ("headline", PARKS, given("甲园、乙园", "甲园"), 0.0),
        ("headline", WILL, given("", "不会"), 0.0),
        ("headline", HOW, given("", None, (15, 30)), 1.0),
        ("headline", FAR, REFUSED, None),
        ("exact_match", GAS, given("", "623 公里"), 1.0),
        ("exact_match", GAS, given("", "约623公里"), 0.0),
        ("char_f1", GAS, given("", "约623公里"), 2 * (5 / 6) * 1 / (5 / 6 + 1)),
        ("char_f1", GAS, given("", None), 0.0),
        ("contains", PARKS, given("乙园、甲园"), 1.0),
        ("contains", WILL, given("是"), None),
        ("within_60", GAS, given("字" * 55 + "623公里"), 1.0),
        ("within_60", GAS, given("字" * 58 + "623公里"), 0.0),
        ("figure_accuracy", GAS, given("", "623千米"), 1.0),
        ("figure_accuracy", GAS, given("", "623家"), 0.0),
        ("figure_accuracy", GAS, given("", "623公里、150公里"), 0.0),  # no other figure beside it
        ("figure_accuracy", BOTH, given("", "50个、275个"), 1.0),
        ("figure_accuracy", BOTH, given("", "50个"), 0.0),
        ("figure_accuracy", PARKS, given("", "50个"), None),
        ("list_completeness", PARKS, given("乙园"), 0.5),
        ("polarity", WILL, given("", "会建"), 1.0),
        ("polarity", WILL, given("", "没有提到"), 0.0),
        ("polarity", GAS, given("", "623公里"), None),
        ("refused_rightly", FAR, REFUSED, 1.0),
        ("refused_rightly", FAR, CRASHED, 0.0),
        ("answered_rightly", GAS, REFUSED, 0.0),
        ("reason", FAR, REFUSED, 1.0),
        ("reason", FAR, {**REFUSED, "refusal": "unsafe"}, 0.0),
    ],
)
def test_each_measure(name: str, case: Case, what: dict[str, Any], expected: float | None) -> None:
    assert score(name, case, what) == (None if expected is None else pytest.approx(expected))


def test_citation_measures_count_overlapping_spans_of_the_same_document() -> None:
    two = given("623公里", None, (0, 11), (40, 50))
    assert score("citation_recall", GAS, two) == 1.0
    assert score("citation_precision", GAS, two) == 0.5
    assert score("verbatim", GAS, two) == 1.0
    assert score("correct_and_cited", GAS, two) == 1.0
    assert score("correct_and_cited", GAS, given("150公里", None, (0, 11))) == 0.0
    touching = given("623公里", None, (0, 10), (20, 30))
    names = ("citation_recall", "citation_precision", "correct_and_cited")
    assert [score(name, GAS, touching) for name in names] == [0.0, 0.0, 0.0]
    assert score("citation_precision", GAS, given("")) is None


def test_retrieval_measures_have_their_textbook_values() -> None:
    hits = [
        {"rank": 1, "document_id": "other", "start": 10, "end": 20},
        {"rank": 2, "document_id": "d", "start": 19, "end": 30},
        {"rank": 3, "document_id": "d", "start": 10, "end": 12},  # the same evidence once more
    ]
    found = given("", None, hits=hits)
    expected = {
        "hit@1": 0.0,
        "hit@5": 1.0,
        "mrr@10": 0.5,
        "ndcg@10": 0.6309,
        "evidence_recall@10": 1.0,
    }
    for name, value in expected.items():
        assert score(name, GAS, found) == pytest.approx(value, abs=1e-4), name
    half = {**found, "spans": [("d", 10, 20), ("d", 70, 80)]}
    assert score("evidence_recall@10", GAS, half) == 0.5
    assert score("hit@1", GAS, given("", hits=None)) is None  # whoever was asked does not search
    assert score("hit@1", GAS, given("", hits=[])) == 0.0


def test_a_crash_scores_the_default_everywhere() -> None:
    scores = {name: measure(GAS, CRASHED) for name, measure in registry().items()}
    asked = {name for name, found in scores.items() if found is not None}
    assert asked >= {"right", "contains", "citation_recall", "mrr@10", "answered_rightly"}
    assert {found for found in scores.values() if found is not None} == {0.0}


def test_what_is_said_is_compared_as_figures_and_as_text() -> None:
    assert says("共10个", "10个")
    assert not says("共110个", "10个")
    assert says("“于响”中央商务区", "于响中央商务区")
    assert says("甲、乙", "乙、甲")
    assert not says(None, "甲")
    assert [sign(text) for text in ("是的", "没有", "不，", "Yes", "623公里", None)] == [
        True, False, False, True, None, None,
    ]  # fmt: skip


def test_every_measure_is_defined_in_words() -> None:
    assert all(len(text) > 20 for text in definitions().values())
    every = (registry(), pastes.registry(), targets.registry())
    assert definitions().keys() == set().union(*every)


def test_a_date_and_a_bare_number_may_be_part_of_a_more_precise_one() -> None:
    assert says("2022年1月3日举行", "1月3日")
    assert says("总票房60.40亿元", "60.40")
    assert not says("11月3日举行", "1月3日")
    assert not says("160.40亿元", "60.40")
    assert not says("新建110个", "10个")
