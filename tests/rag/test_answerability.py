import math

import pytest

from rag.answerability import Calibration, Features, calibration


def test_the_probability_is_the_logistic_of_the_weighted_features() -> None:
    rule = Calibration(weights=(2.0, 0.5, 3.0), bias=-4.0, threshold=0.5)
    features = Features(cosine=0.9, cosine_deviation=4.0, coverage=0.2)
    expected = 1 / (1 + math.exp(-(2 * 0.9 + 0.5 * 4 + 3 * 0.2 - 4)))
    assert rule.probability(features) == pytest.approx(expected)


def test_the_calibration_in_use_rises_with_every_feature() -> None:
    rule = calibration()
    low = rule.probability(Features(0.8, 2.0, 0.0))
    assert low < rule.threshold
    for better in (Features(0.9, 2.0, 0.0), Features(0.8, 4.0, 0.0), Features(0.8, 2.0, 0.9)):
        assert rule.probability(better) > low
