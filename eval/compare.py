"""Two runs, question by question: who won what, is it chance, and is a gate missed."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from corpus.errors import InputError
from eval.statistics import means, sign_test

GATES = Path(__file__).parent / "gates.toml"
Records = Sequence[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Change:
    """One question that one of two runs got right."""

    id: str
    kind: str
    question: str
    before: str
    after: str
    won: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """The questions that changed, and the means of both runs."""

    changes: tuple[Change, ...]
    before: dict[str, float]
    after: dict[str, float]

    @property
    def wins(self) -> int:
        """Return how many questions became right."""
        return sum(change.won for change in self.changes)

    @property
    def p(self) -> float:
        """Return the sign test's two-sided p over the changed questions."""
        return sign_test(self.wins, len(self.changes) - self.wins)


def compare(before: Records, after: Records) -> Comparison:
    """Return what changed on the questions; raises InputError when the runs differ in questions."""
    first = {record["case"]["id"]: record for record in before}
    second = {record["case"]["id"]: record for record in after}
    if first.keys() != second.keys():
        raise InputError("两次评测的题目不同，无法比较，请用同一题集重新运行 jinwen eval run")
    changes = tuple(
        _change(first[name], second[name])
        for name in first
        if first[name]["scores"]["right"] != second[name]["scores"]["right"]
    )
    return Comparison(changes, means(before), means(after))


def missed(
    set_name: str, after: dict[str, float], before: dict[str, float] | None = None,
    gates: Path = GATES,
) -> list[str]:  # fmt: skip
    """Return a sentence for each gate of the set that is missed; none for a set without gates."""
    found: list[str] = []
    for name, gate in tomllib.loads(gates.read_text(encoding="utf-8")).get(set_name, {}).items():
        value = after.get(name, 0.0)
        if value < gate["floor"]:
            found.append(f"{name} 为 {value:.3f}，低于下限 {gate['floor']:.3f}")
        if before is not None and before.get(name, 0.0) - value > gate["drop"]:
            found.append(
                f"{name} 从 {before[name]:.3f} 降到 {value:.3f}，超过允许的 {gate['drop']:.3f}"
            )
    return found


def marked(before: str, after: str) -> tuple[str, str]:
    """Return both texts with what differs between them in 【】."""
    pieces: tuple[list[str], list[str]] = ([], [])
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        for out, text in zip(pieces, (before[a:b], after[c:d]), strict=True):
            out.append(text if kind == "equal" or not text else f"【{text}】")
    return "".join(pieces[0]), "".join(pieces[1])


def _change(before: dict[str, Any], after: dict[str, Any]) -> Change:
    case = after["case"]
    said = [" ".join(str(r["given"].get("answer", "")).split()) for r in (before, after)]
    won = after["scores"]["right"] > before["scores"]["right"]
    return Change(case["id"], case["kind"], case["question"], *marked(*said), won)
