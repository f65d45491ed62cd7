import pytest

from rag.answerability import Calibration, calibration
from rag.slots import Kind

RULE = Calibration(detail=0.4, polar=0.3, open=0.2, yes=0.1)


@pytest.mark.parametrize(
    ("kind", "least"),
    [
        ("figure", 0.4),
        ("when", 0.4),
        ("who", 0.4),
        ("where", 0.4),
        ("name", 0.4),
        ("list", 0.4),
        ("polar", 0.3),
        ("why", 0.2),
        ("how", 0.2),
        ("topic", 0.2),
        ("compare", 0.2),
    ],
)
def test_what_is_answered_at_least_goes_by_what_is_asked_for(kind: Kind, least: float) -> None:
    assert RULE.threshold(kind) == least


def test_the_calibration_in_use_asks_for_something_and_not_for_certainty() -> None:
    rule = calibration()
    for least in (rule.detail, rule.polar, rule.open, rule.yes):
        assert 0 < least < 0.9
    assert rule.threshold("figure") == rule.detail
