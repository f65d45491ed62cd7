"""The questions we score ourselves on."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

DATASETS = Path(__file__).parent / "datasets"


@dataclass(frozen=True, slots=True)
class Case:
    """A question, what may be said to it, and the words of the report it rests on.

    `evidence` holds exact quotes; it is empty when the report does not answer. `items` holds all
    the items of a list question.
    """

    id: str
    question: str
    kind: str
    answerable: bool
    accept: list[str] = field(default_factory=list)
    evidence: list[str] = field(default_factory=list)
    items: list[str] = field(default_factory=list)
    refusal: str | None = None
    history: list[tuple[str, str]] = field(default_factory=list)


def load(path: Path) -> list[Case]:
    """Return the cases of a JSON Lines file, in its order."""
    lines = path.read_text(encoding="utf-8").splitlines()
    records: list[dict[str, Any]] = [json.loads(line) for line in lines if line]
    return [Case(**record) for record in records]
