"""The words of this layer: Span, Section, Sentence, Document."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, Literal

from corpus.layout import Layout

Format = Literal["txt", "md", "html", "pdf", "docx", "xlsx", "csv", "pptx", "eml", "image", "jsonl"]
DocumentKind = Literal["work_report", "plan", "bulletin", "other"]


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` to `end` (code points, end exclusive) of one document's text."""

    start: int
    end: int

    def overlaps(self, other: "Span") -> bool:
        """Tell whether both spans, of the same document, share a character."""
        return self.start < other.end and other.start < self.end

    def of(self, text: str) -> str:
        """Return the characters this span covers."""
        return text[self.start : self.end]

    def stripped(self, text: str, marks: str) -> "Span":
        """Return the span without these marks at its ends; of marks alone nothing is left."""
        piece = self.of(text)
        start = self.start + len(piece) - len(piece.lstrip(marks))
        return Span(start, max(start, self.start + len(piece.rstrip(marks))))


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it; `body` is where the text below the heading begins."""

    heading: str
    level: int
    start: int
    body: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence with the headings above it; `is_heading` marks a run-in or lead heading."""

    start: int
    end: int
    section: tuple[str, ...]
    paragraph: int
    is_heading: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A text exactly as its file decodes, and what is known about it.

    Offsets anywhere in the product count code points of `text`. `place` is the full name of whose
    document it is (广东省), `date` the ISO date it was given on, `meeting` where. `note` tells what
    part of the original the text is, where that matters to a reader; `read_from` what of all this
    was read from where, or set by hand. `file_digest` is the SHA-256 of the file, in hex.
    """

    id: str
    title: str
    text: str
    format: Format = "txt"
    origin: str = ""
    issuer: str = ""
    date: str = ""
    plan_year: int | None = None
    note: str = ""
    place: str = ""
    meeting: str = ""
    kind: DocumentKind = "other"
    read_from: str = ""
    source: str = ""
    layout: Layout = field(default_factory=Layout)
    file_digest: str = ""

    @classmethod
    def of(cls, record: Mapping[str, Any]) -> "Document":
        """Return the document of a record as `dataclasses.asdict` and JSON leave it."""
        return cls(**{**record, "layout": Layout.of(record.get("layout", {}))})

    @property
    def whose(self) -> str:
        """Return the place, the title where that is not known: what tells it from others."""
        return self.place or self.title

    @property
    def label(self) -> str:
        """Return the title, with the place and the year in front where it does not say them."""
        year = f"{self.plan_year}年" if self.plan_year else ""
        lacking = [told for told in (self.place, year) if told and told not in self.title]
        return "".join((*lacking, self.title))

    @property
    def digest(self) -> str:
        """Return the SHA-256 of the text in UTF-8, in hex."""
        return sha256(self.text.encode()).hexdigest()
