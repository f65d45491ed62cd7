import math

import pytest

from rag.answerability import Calibration, Features, Model, calibration

FEATURES = Features(
    margin=0.04, deviation=4.0, said=0.8, held=0.9, place=0.9, foreign=0.1, sure=1.0
)


def test_the_probability_is_the_logistic_of_the_weighted_features() -> None:
    model = Model((10.0, 0.5, 3.0, 1.0, 0.0, -2.0, 1.0), -6.0)
    inside = 10 * 0.04 + 0.5 * 4 + 3 * 0.8 + 0.9 - 2 * 0.1 + 1 - 6
    assert model.probability(FEATURES.row()) == pytest.approx(1 / (1 + math.exp(-inside)))


def test_questions_that_ask_for_a_slot_have_a_model_of_their_own() -> None:
    high, low = Model((0.0,) * 7, 5.0), Model((0.0,) * 7, -5.0)
    rule = Calibration(Model((0.0,) * 3, 0.0), high, low, 0.5, 0.5)
    assert rule.probability("figure", FEATURES) > 0.9
    assert rule.probability("how", FEATURES) < 0.1


def test_the_calibration_in_use_rises_with_what_speaks_for_an_answer() -> None:
    rule = calibration()
    poor = Features(-0.02, 1.0, 0.1, 0.1, 0.1, 0.9, 0.0)
    good = Features(0.06, 6.0, 1.0, 1.0, 1.0, 0.0, 1.0)
    for kind in ("figure", "how"):
        assert rule.probability(kind, poor) < rule.threshold < rule.probability(kind, good)  # type: ignore[arg-type]


def test_without_evidence_nothing_is_on_topic() -> None:
    assert not calibration().on_topic([], 0.0)
