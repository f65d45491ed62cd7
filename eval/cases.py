"""The questions we score ourselves on."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

DATASETS = Path(__file__).parent / "datasets"
_OPTIONAL = ("make", "note")  # left out where they say nothing
_POLES = ("是", "会", "有", "不", "否", "没有", "yes", "no")


@dataclass(frozen=True, slots=True)
class Case:
    """A question, what may be said to it, and the words of the report it rests on.

    `evidence` holds exact quotes, `spans` evidence by place (document id, start, end); both are
    empty when the report does not answer. `items` holds all the items of a list question, `make`
    the way of asking (plain, paraphrase, third, near) where a set tells it; `note` is for people.
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
    spans: list[tuple[str, int, int]] = field(default_factory=list)
    make: str = ""
    note: str = ""

    @property
    def polar(self) -> bool:
        """Tell whether the case expects a yes or a no."""
        return bool(self.accept) and all(accepted in _POLES for accepted in self.accept)

    @property
    def evident(self) -> bool:
        """Tell whether it is known where the answer stands."""
        return bool(self.evidence or self.spans)

    def evidence_spans(self, texts: Mapping[str, str]) -> list[tuple[str, int, int]]:
        """Return the evidence as (document id, start, end), quotes looked up in `texts`."""
        found = [
            (document_id, text.index(quote), text.index(quote) + len(quote))
            for quote in self.evidence
            for document_id, text in texts.items()
            if quote in text
        ]
        return [*self.spans, *found]


def load(path: Path) -> list[Case]:
    """Return the cases of a JSON Lines file, in its order."""
    lines = path.read_text(encoding="utf-8").splitlines()
    records: list[dict[str, Any]] = [json.loads(line) for line in lines if line]
    return [Case(**record) for record in records]


def dump(cases: Iterable[Case]) -> str:
    """Return cases as JSON Lines that `load` reads, empty fields left out."""
    records = (
        {k: v for k, v in asdict(case).items() if v not in ([], None) and (v or k not in _OPTIONAL)}
        for case in cases
    )
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
