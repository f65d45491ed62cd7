"""The words of a wording check: Diff, Match, Check."""

from collections import Counter
from dataclasses import asdict, dataclass
from typing import Any, Literal

Verdict = Literal["exact", "exact_ignoring_punctuation", "changed", "absent"]
Op = Literal["equal", "replace", "delete", "insert"]

NAMES: dict[Verdict, str] = {
    "exact": "一字不差", "exact_ignoring_punctuation": "仅标点空格不同",
    "changed": "有出入", "absent": "查无此句",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Diff:
    """One step from the source to what was pasted, both as they stand in their texts.

    `equal`: the same words; marks, blanks, width and script may differ. `insert`: only in the
    paste. `delete`: only in the source. `grave`: a difference in what the text promises.
    """

    op: Op
    pasted: str
    source: str
    grave: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """Where pasted words stand: `quote` is the document's text from `start` to `end`.

    Offsets count code points, end exclusive; paragraphs count from 1; `similarity` is 0 to 1. The
    `source` parts of the diff add up to the quote; for the nearest sentence of what is absent there
    is no diff.
    """

    document_id: str
    title: str
    section: tuple[str, ...]
    start: int
    end: int
    quote: str
    similarity: float
    diff: tuple[Diff, ...] = ()
    paragraph: int = 1

    @property
    def place(self) -> str:
        """Return where the quote stands, for people: title, headings, paragraph, characters."""
        headings = " · ".join((self.title, *self.section))
        return f"{headings} · 第 {self.paragraph} 段（第 {self.start + 1}—{self.end} 字）"


@dataclass(frozen=True, slots=True)
class Check:
    """What was pasted, the verdict on it, where it stands, and remarks for the reader.

    `parts` holds the check of each sentence of a paste of several; it is empty when the paste is
    one quote or one sentence.
    """

    text: str
    verdict: Verdict
    matches: tuple[Match, ...] = ()
    notes: tuple[str, ...] = ()
    parts: tuple["Check", ...] = ()

    def counted(self) -> str:
        """Return how many sentences of a paste of several have which verdict; '' for one."""
        counts = Counter(NAMES[part.verdict] for part in self.parts)
        told = "，".join(f"{count} 句{name}" for name, count in counts.items())
        return f"共 {len(self.parts)} 句：{told}" if told else ""

    def to_json(self) -> dict[str, Any]:
        """Return the check as the plain values of the public contract."""
        return asdict(self)
