"""The pastes we check our wording check with are what they say they are."""

import json
import unicodedata
from collections import Counter
from typing import Any

import pytest

from corpus.library import shipped
from eval.cases import DATASETS

LINES = (DATASETS / "wording.jsonl").read_text(encoding="utf-8").splitlines()
CASES: list[dict[str, Any]] = [json.loads(line) for line in LINES]
TEXT = shipped()[0].text


def test_there_are_enough_cases_of_every_kind_and_none_twice() -> None:
    assert len(CASES) >= 100
    assert (
        len({case["id"] for case in CASES}) == len({case["text"] for case in CASES}) == len(CASES)
    )
    assert Counter(case["verdict"] for case in CASES).keys() == {
        "exact", "exact_ignoring_punctuation", "changed", "absent",
    }  # fmt: skip
    assert {case["kind"] for case in CASES} >= {
        "exact_sentence", "exact_part", "exact_paragraphs", "fragment", "blanks", "line_breaks",
        "full_width", "quotes", "punctuation", "traditional", "figure", "near_duplicate", "unit",
        "qualifier", "each", "negation", "verb", "modality", "name", "added", "dropped",
        "reordered", "stitched", "several", "several_long", "absent",
    }  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["id"]))
def test_a_case_is_true_of_the_report(case: dict[str, Any]) -> None:
    found = case["text"].strip() in TEXT
    assert found == (case["verdict"] == "exact")
    assert (case["quote"] is None) == (case["verdict"] == "absent")
    assert case["quote"] is None or case["quote"] in TEXT
    assert all(word and word in case["text"] + (case["quote"] or "") for word in case["changed"])
    assert not case["changed"] or case["verdict"] == "changed"


@pytest.mark.parametrize(
    "case", [c for c in CASES if c["verdict"] == "exact_ignoring_punctuation"
             and c["kind"] != "traditional"], ids=lambda case: str(case["id"]),
)  # fmt: skip
def test_marks_are_all_that_differs_where_nothing_else_should(case: dict[str, Any]) -> None:
    assert _words(case["text"]) == _words(case["quote"])


def _words(text: str) -> str:
    """Return the letters and figures; in the report no mark tells two figures apart."""
    return "".join(c for c in unicodedata.normalize("NFKC", text) if c.isalnum() or c in "%+")
