import numpy as np
import pytest

from index.fusion import Mix, fuse, largest, standardized


def test_values_are_told_in_deviations_from_the_mean() -> None:
    values = np.array([0.9, 0.8, 0.7], np.float32)
    np.testing.assert_allclose(standardized(values, 0.8, 0.05), [2.0, 0.0, -2.0], atol=1e-5)


def test_without_any_spread_values_are_only_centred() -> None:
    values = np.array([3.0, 3.0], np.float32)
    assert standardized(values, 3.0, 0.0).tolist() == [0.0, 0.0]
    assert standardized(values, 1.0, 0.0).tolist() == [2.0, 2.0]


def test_a_score_is_the_weighted_sum_of_three_signals() -> None:
    cosine, bm25, coverage = (np.array(v, np.float32) for v in ([4, 0], [2, 8], [0.5, 0.25]))
    assert fuse(cosine, bm25, coverage, Mix(0.75, 0.25, 3.0)).tolist() == [5.0, 2.75]
    assert fuse(cosine, bm25, coverage, Mix(1.0, 0.0, 0.0)).tolist() == [4.0, 0.0]
    assert fuse(cosine, bm25, coverage, Mix(0.0, 1.0, 0.0)).tolist() == [2.0, 8.0]
    assert fuse(cosine, bm25, coverage, Mix(0.0, 0.0, 1.0)).tolist() == [0.5, 0.25]


def test_no_passages_have_no_scores() -> None:
    nothing = np.empty(0, np.float32)
    assert fuse(nothing, nothing, nothing, Mix()).shape == (0,)


@pytest.mark.parametrize("size", [0, 1, 49, 50, 51, 801, 5000])
def test_the_largest_are_those_of_a_stable_sort(size: int) -> None:
    values = np.random.default_rng(size).integers(0, 7, size).astype(np.float32)  # many are equal
    expected = np.argsort(-values, kind="stable")[:50]
    assert largest(values, 50).tolist() == expected.tolist()
