import numpy as np
import pytest

from index.cohort import Cohort, questions
from index.search import Searcher

EAST, NORTH, UP = np.eye(3, dtype=np.float32)
NEAR_EAST = np.array([0.8, 0.6, 0.0], np.float32)


def cohort(*vectors: np.ndarray) -> Cohort:
    return Cohort(np.array(vectors), np.arange(len(vectors)) % 2 == 1)


def test_the_nearest_question_and_whether_it_is_of_everyday_life() -> None:
    made = cohort(EAST, NORTH)
    assert made.nearest(NEAR_EAST) == (pytest.approx(0.8), False)
    assert made.nearest(NORTH) == (1.0, True)
    assert Cohort(np.empty((0, 3), np.float32), np.empty(0, bool)).nearest(EAST) == (0.0, False)


def test_a_question_that_documents_speak_of_is_left_out() -> None:
    made = cohort(EAST, NEAR_EAST, UP)
    kept = made.apart(np.array([UP, NORTH]))
    assert kept.vectors.tolist() == [EAST.tolist(), NEAR_EAST.tolist()]
    assert kept.everyday.tolist() == [False, True]
    assert made.apart(np.empty((0, 3), np.float32)) is made


def test_a_cohort_comes_back_as_it_was() -> None:
    made = cohort(EAST, NEAR_EAST)
    back = Cohort.from_bytes(made.to_bytes())
    np.testing.assert_array_equal(back.vectors, made.vectors)
    np.testing.assert_array_equal(back.everyday, made.everyday)


def test_the_questions_are_many_all_different_and_of_both_sorts() -> None:
    asked = questions()
    assert len(asked) == len({text for text, _ in asked}) > 100
    assert 20 < sum(everyday for _, everyday in asked) < len(asked)


@pytest.mark.parametrize(
    ("question", "near"),
    [
        ("今年要改造多少公里燃气管网？", True),
        ("口袋公园建几个", True),
        ("红烧肉怎么做才好吃", False),
        ("周杰伦的新专辑叫什么", False),
    ],
)
def test_what_the_report_speaks_of_is_nearer_to_it_than_to_the_cohort(
    searcher: Searcher, question: str, near: bool
) -> None:
    best = max(hit.signals.margin for hit in searcher.ranked(question))
    assert (best > 0.0) == near
