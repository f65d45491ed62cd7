import tomllib
from pathlib import Path

import numpy as np
import pytest

from corpus.errors import InputError
from eval import fit as fitting
from eval.cases import Case, dump
from eval.fit import Example, best_threshold, fit, fit_all
from index.embedders import Embedder
from rag.answerability import CALIBRATION, Calibration
from rag.reader import Reader

EXAMPLES = [
    *(Example(p, True, 0.5, None) for p in (0.9, 0.8, 0.4)),
    *(Example(p, False, 0.5, None) for p in (0.1, 0.2)),
    Example(0.95, True, 0.6, True),
    Example(0.95, True, 0.3, True),
    Example(0.95, True, 0.1, False),
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


def test_the_file_is_a_calibration_and_says_what_is_lost() -> None:
    text = fit(EXAMPLES, "made up")
    assert Calibration(**tomllib.loads(text)) == Calibration(threshold=0.3, yes=0.2)
    assert text.splitlines() == [
        "# Written by `jinwen eval fit` from made up.",
        "threshold = 0.3000 # 8 questions: answerable refused 0.000, unanswerable answered 0.000",
        "yes = 0.2000 # 3 questions: yes taken for no 0.000, no for yes 0.000",
    ]


def test_one_side_alone_cannot_be_fitted() -> None:
    with pytest.raises(InputError, match="请补上后再运行 jinwen eval fit"):
        best_threshold(np.array([0.1, 0.2]), np.array([True, True]))


def _case(number: int, question: str, answerable: bool, *accept: str) -> Case:
    refusal = None if answerable else "not_in_documents"
    return Case(str(number), question, "made up", answerable, list(accept), refusal=refusal)


def test_every_question_of_the_set_is_read(
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
    target, text = next(fit_all(embedder, reader))
    assert (target.name, target.parent.name) == (CALIBRATION, "rag")
    rule = tomllib.loads(text)
    assert list(rule) == ["threshold", "yes"]
    assert all(0 < least < 1 for least in rule.values())
    counts = [line.partition("# ")[2].partition(" ")[0] for line in text.splitlines()[1:]]
    assert counts == ["7", "2"]
    assert text.splitlines()[1].endswith("refused 0.000, unanswerable answered 0.000")
