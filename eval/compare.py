"""Two runs, question by question: who won what, is it chance, and is a gate missed."""

import tomllib
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import rjieba

from corpus.errors import InputError
from eval.statistics import Records, means, paired, sign_test

GATES = Path(__file__).parent / "gates.toml"
Piece = tuple[str, bool]


@dataclass(frozen=True, slots=True)
class Change:
    """One question that one of two runs got right, and both answers in (text, differs) pieces."""

    id: str
    kind: str
    question: str
    before: tuple[Piece, ...]
    after: tuple[Piece, ...]
    won: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """The questions that changed, the means of both runs, and a paired test a measure."""

    changes: tuple[Change, ...]
    before: dict[str, float]
    after: dict[str, float]
    tests: dict[str, dict[str, float]]

    @property
    def wins(self) -> int:
        """Return how many questions became right."""
        return sum(change.won for change in self.changes)

    @property
    def losses(self) -> int:
        """Return how many questions became wrong."""
        return len(self.changes) - self.wins

    @property
    def p(self) -> float:
        """Return the sign test's two-sided p over the changed questions."""
        return sign_test(self.wins, self.losses)


def compare(before: Records, after: Records) -> Comparison:
    """Return what changed on the questions; raises InputError when the runs differ in questions."""
    first = {record["case"]["id"]: record for record in before}
    second = {record["case"]["id"]: record for record in after}
    if first.keys() != second.keys():
        raise InputError("两次评测的题目不同，无法比较，请用同一题集重新运行 jinwen eval run")
    pairs = [(first[name], second[name]) for name in first]
    changes = tuple(_change(a, b) for a, b in pairs if a["scores"]["right"] != b["scores"]["right"])
    return Comparison(changes, means(before), means(after), _tests(pairs))


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


def differing(before: str, after: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Return both texts as (words, whether they differ from the other text)."""
    words: list[list[str]] = [rjieba.cut(text) for text in (before, after)]
    sides: tuple[list[Piece], list[Piece]] = ([], [])
    for kind, a, b, c, d in SequenceMatcher(None, words[0], words[1], autojunk=False).get_opcodes():
        for side, part in zip(sides, (words[0][a:b], words[1][c:d]), strict=True):
            if part:
                side.append(("".join(part), kind != "equal"))
    return tuple(sides[0]), tuple(sides[1])


def marked(pieces: tuple[Piece, ...]) -> str:
    """Return a text with what differs in 【】."""
    return "".join(f"【{text}】" if differs else text for text, differs in pieces)


def _tests(pairs: list[tuple[dict[str, Any], dict[str, Any]]]) -> dict[str, dict[str, float]]:
    """Return the paired test of every measure, over the questions it applied to in both runs."""
    found: dict[str, dict[str, float]] = {}
    for name in pairs[0][0]["scores"] if pairs else ():
        both = [(a["scores"][name], b["scores"].get(name)) for a, b in pairs]
        known = [(a, b) for a, b in both if a is not None and b is not None]
        if known:
            found[name] = paired(*zip(*known, strict=True))
    return found


def _change(before: dict[str, Any], after: dict[str, Any]) -> Change:
    case = after["case"]
    said = [" ".join(str(r["given"].get("answer", "")).split()) for r in (before, after)]
    won = after["scores"]["right"] > before["scores"]["right"]
    return Change(case["id"], case["kind"], case["question"], *differing(*said), won)
