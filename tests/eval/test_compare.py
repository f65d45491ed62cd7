from pathlib import Path
from typing import Any

import pytest

from corpus.errors import InputError
from eval.compare import compare, differing, marked, missed


def record(name: str, right: float, answer: str = "") -> dict[str, Any]:
    case = {"id": name, "kind": "figure", "question": f"问{name}", "answerable": True}
    return {
        "case": case,
        "given": {"answer": answer, "milliseconds": 1.0},
        "scores": {"right": right, "polarity": None},
    }


BEFORE = [record("a", 1.0, "改造623公里"), record("b", 0.0, "甲"), record("c", 1.0)]
AFTER = [record("a", 0.0, "改造150公里"), record("b", 1.0, "甲乙"), record("c", 1.0)]


def test_what_changed_is_listed_with_the_differing_words_marked() -> None:
    found = compare(BEFORE, AFTER)
    assert [(c.id, c.won, marked(c.before), marked(c.after)) for c in found.changes] == [
        ("a", False, "改造【623】公里", "改造【150】公里"),
        ("b", True, "【甲】", "【甲乙】"),
    ]
    assert (found.wins, found.losses, found.p) == (1, 1, 1.0)
    assert found.before["right"] == found.after["right"] == pytest.approx(2 / 3, abs=1e-4)
    assert found.tests.keys() == {"right"}  # a measure that never applied is not tested


def test_runs_of_other_questions_cannot_be_compared() -> None:
    with pytest.raises(InputError, match="题目不同"):
        compare(BEFORE, AFTER[:2])


def test_a_gate_is_missed_below_the_floor_or_after_too_deep_a_fall(tmp_path: Path) -> None:
    gates = tmp_path / "gates.toml"
    gates.write_text("[s]\nright = { floor = 0.6, drop = 0.05 }\n")
    assert missed("s", {"right": 0.6}, {"right": 0.62}, gates) == []
    assert missed("s", {"right": 0.59}, None, gates) == ["right 为 0.590，低于下限 0.600"]
    assert missed("s", {"right": 0.8}, {"right": 0.9}, gates) == [
        "right 从 0.900 降到 0.800，超过允许的 0.050"
    ]
    assert missed("s", {}, None, gates) == ["right 为 0.000，低于下限 0.600"]
    assert missed("other", {"right": 0.0}, None, gates) == []


def test_marking_leaves_equal_texts_alone() -> None:
    assert differing("甲乙", "甲乙") == ((("甲乙", False),), (("甲乙", False),))
    assert differing("", "甲") == ((), (("甲", True),))
