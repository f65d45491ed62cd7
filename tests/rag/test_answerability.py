from rag.answerability import calibration


def test_the_calibration_in_use_asks_for_something_and_not_for_certainty() -> None:
    rule = calibration()
    assert 0 < rule.threshold < 0.9
    assert 0 < rule.yes < 0.9
