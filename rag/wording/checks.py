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
    is no diff. Its words stand in `copies` other places of `copy_reports` reports; `folded` marks a
    match that an earlier one of the check counts among these.
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
    copies: int = 0
    copy_reports: int = 0
    folded: bool = False

    @property
    def place(self) -> str:
        """Return where the quote stands, for people: title, headings, paragraph, characters."""
        headings = " · ".join((self.title, *self.section))
        return f"{headings} · 第 {self.paragraph} 段（第 {self.start + 1}—{self.end} 字）"

    @property
    def copied(self) -> str:
        """Return how many other places have the same words, for people; '' for none."""
        return f"另有 {self.copies} 处相同（{self.copy_reports} 份报告）" if self.copies else ""

    @property
    def differs(self) -> bool:
        """Tell whether there is a difference in words to be shown."""
        return any(step.op != "equal" for step in self.diff)


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

    def shown(self) -> tuple[Match, ...]:
        """Return the matches that a person is shown: of the same words one, with their count."""
        return tuple(match for match in self.matches if not match.folded)

    def counted(self) -> str:
        """Return how many sentences of a paste of several have which verdict; '' for one."""
        counts = Counter(NAMES[part.verdict] for part in self.parts)
        told = "，".join(f"{count} 句{name}" for name, count in counts.items())
        return f"共 {len(self.parts)} 句：{told}" if told else ""

    def to_json(self) -> dict[str, Any]:
        """Return the check as the plain values of the public contract."""
        return asdict(self)
