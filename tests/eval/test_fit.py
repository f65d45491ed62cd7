import tomllib
from pathlib import Path

import numpy as np
import pytest

from eval import fit as fitting
from eval.cases import Case, dump
from eval.fit import Example, best_threshold, fit, fit_all
from index.embedders import Embedder
from rag.answerability import CALIBRATION, Calibration
from rag.reader import Reader


def _examples(group: str, right: list[float], wrong: list[float]) -> list[Example]:
    """Questions of a group that decide nothing of yes and no, by what was read of them."""
    told = [*((p, True) for p in right), *((p, False) for p in wrong)]
    return [Example(group, p, answerable, 0.5, None) for p, answerable in told]


EXAMPLES = [
    *_examples("detail", [0.9, 0.8, 0.7], [0.1, 0.3]),
    *_examples("polar", [0.9, 0.2], [0.05, 0.1, 0.3, 0.02]),
    *_examples("open", [0.6, 0.5], [0.02, 0.04]),
    Example("open", 0.95, True, 0.6, True),
    Example("open", 0.95, True, 0.3, True),
    Example("open", 0.95, True, 0.1, False),
]


@pytest.mark.parametrize(
    ("right", "wrong", "least"),
    [
        ([0.9, 0.7], [0.1, 0.3], 0.5),  # halfway between the two sides
        ([0.9, 0.2], [0.1, 0.15], 0.175),
        ([0.9, 0.8, 0.2], [0.3], 0.55),  # one of three refused is less than all of one answered
        ([0.9, 0.2], [0.1, 0.12, 0.3, 0.05], 0.16),  # and one of four answered less than a half
        ([0.5], [0.5], 0.5),
    ],
)
def test_the_threshold_loses_the_smallest_shares_of_both_sides(
    right: list[float], wrong: list[float], least: float
) -> None:
    known = np.array([True] * len(right) + [False] * len(wrong))
    assert best_threshold(np.array(right + wrong), known) == pytest.approx(least)


def test_the_file_is_a_calibration_with_a_threshold_for_each_group() -> None:
    rule = Calibration(**tomllib.loads(fit(EXAMPLES, "made up")))
    assert rule == Calibration(detail=0.5, polar=0.15, open=0.27, yes=0.2)


def test_the_file_says_what_it_was_fitted_on_and_what_is_lost() -> None:
    assert fit(EXAMPLES, "made up").splitlines() == [
        "# Written by `jinwen eval fit` from made up, 18 questions.",
        "detail = 0.5000 # 5 questions: answerable refused 0.000, unanswerable answered 0.000",
        "polar = 0.1500 # 6 questions: answerable refused 0.000, unanswerable answered 0.250",
        "open = 0.2700 # 7 questions: answerable refused 0.000, unanswerable answered 0.000",
        "yes = 0.2000 # 3 questions: yes taken for no 0.000, no for yes 0.000",
    ]


def _case(number: int, question: str, answerable: bool, *accept: str) -> Case:
    refusal = None if answerable else "not_in_documents"
    return Case(str(number), question, "made up", answerable, list(accept), refusal=refusal)


def test_questions_are_read_and_grouped_by_what_they_ask_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, embedder: Embedder, reader: Reader
) -> None:
    cases = [
        _case(0, "口袋公园新建多少个？", True, "50个"),
        _case(1, "公积金贷款额度是多少元？", False),
        _case(2, "今年开工建设机场三期吗？", True, "是"),
        _case(3, "供热管网不再改造了吗？", True, "否"),
        _case(4, "今年开工建设迪士尼乐园吗？", False),
        _case(5, "怎么加快绿色化转型？", True, "绿色"),
        _case(6, "怎么做红烧肉才好吃？", False),
    ]
    path = tmp_path / "few.jsonl"
    path.write_text(dump(cases), encoding="utf-8")
    monkeypatch.setattr(fitting, "SET", str(path))
    ((target, text),) = fit_all(embedder, reader)
    assert (target.name, target.parent.name) == (CALIBRATION, "rag")
    rule = tomllib.loads(text)
    assert list(rule) == ["detail", "polar", "open", "yes"]
    assert all(0 < least < 1 for least in rule.values())
    counts = [line.partition("# ")[2].partition(" ")[0] for line in text.splitlines()[1:]]
    assert counts == ["2", "3", "2", "2"]
    assert "detail" in text
    assert text.splitlines()[1].endswith("refused 0.000, unanswerable answered 0.000")
