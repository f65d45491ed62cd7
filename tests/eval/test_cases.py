from collections import Counter

from corpus.library import shipped
from eval.cases import DATASETS, load

CASES = load(DATASETS / "tianjin.jsonl")
TEXT = shipped()[0].text


def test_every_quote_and_item_stands_in_the_report() -> None:
    for case in CASES:
        for quote in (*case.evidence, *case.items):
            assert quote in TEXT, (case.id, quote)


def test_an_answerable_case_has_evidence_and_another_has_a_reason() -> None:
    for case in CASES:
        assert bool(case.evidence) == case.answerable, case.id
        assert (case.refusal is None) == case.answerable, case.id


def test_all_kinds_are_asked_and_no_question_twice() -> None:
    assert len({case.id for case in CASES}) == len(CASES) == 389
    asked = Counter((case.question, tuple(case.history)) for case in CASES if not case.history)
    assert asked.most_common(1)[0][1] == 1
    assert {case.kind for case in CASES} == {
        "figure", "name", "list", "policy", "yesno", "compare", "paraphrase", "spoken", "typo",
        "traditional", "english", "keyword", "followup", "double", "near_miss", "other_year",
        "far", "false_premise", "injection",
    }  # fmt: skip
