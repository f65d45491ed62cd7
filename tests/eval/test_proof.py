"""The proofs: each is told of in the table and each told of is there; two of them run, small."""

import json
import random
import re
from importlib import import_module
from pathlib import Path

import pytest

from eval.proof import Control, Proof, damage, powercut
from eval.proof.__main__ import run
from eval.proof.injections import injections
from eval.proof.names import NAMES
from eval.proof.odd import request

CHECKOUT = Path(__file__).parents[2]
TABLE = (CHECKOUT / "docs" / "reliability.md").read_text(encoding="utf-8")


def test_every_proof_stands_in_the_table_and_every_one_there_exists() -> None:
    assert set(re.findall(r"`eval\.proof (\w+)`", TABLE)) == set(NAMES)
    for name in NAMES:
        assert callable(import_module(f"eval.proof.{name}").prove)


def test_every_test_that_the_table_names_exists() -> None:
    named = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", TABLE)
    assert len(named) > 10
    for path, function in named:
        assert f"def {function}" in (CHECKOUT / path).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("asked", "held", "control", "stands"),
    [
        (5, 5, Control("off", 5, 4), True),
        (5, 5, None, True),
        (5, 4, Control("off", 5, 4), False),
        (5, 5, Control("off", 5, 5), False),  # a control that holds proves nothing
        (0, 0, Control("off", 5, 4), False),
    ],
)
def test_a_proof_stands_if_all_held_and_its_control_did_not(
    asked: int, held: int, control: Control | None, stands: bool
) -> None:
    assert Proof("", asked, held, "", control).stands is stands


def test_a_power_cut_leaves_the_old_version_or_the_new_one() -> None:
    proof = powercut.prove(size=40)
    assert (proof.asked, proof.held) == (40, 40)


def test_damage_is_refused_and_without_hashes_hardly_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("eval.proof.__main__._FOLDER", tmp_path)
    monkeypatch.setattr(damage, "shipped", lambda: [import_module("eval.proof.homes").edition(1)])
    assert run("damage", size=20)
    kept = json.loads((tmp_path / "damage.json").read_text(encoding="utf-8"))
    assert kept == json.loads(capsys.readouterr().out)
    assert (kept["name"], kept["stands"], kept["held"]) == ("damage", True, kept["asked"])
    assert kept["control"]["held"] < kept["control"]["asked"] == 200


def test_odd_requests_are_the_same_every_time_and_of_every_kind() -> None:
    one, other = random.Random(1), random.Random(1)
    made = [request(one) for _ in range(300)]
    assert made == [request(other) for _ in range(300)]
    assert {m.path for m in made} > {"/api/ask", "/api/check", "/v1/chat/completions", "/mcp"}
    assert any(b"\\ud800" in m.body for m in made)
    assert any(len(m.body) > 1024 * 1024 for m in made)


def test_there_are_a_thousand_injections() -> None:
    assert len({injection.text for injection in injections()}) == 1000
    assert len(injections(40)) == 40
