"""The words of a conversation: Turn, Citation, Answer."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from corpus.documents import Document, Span
from rag.table import Table

Refusal = Literal["not_in_documents", "off_topic", "no_such_figure", "other_year", "unsafe",
                  "bad_question", "no_such_report", "which_place", "which_report",
                  "out_of_scope", "small_talk"]  # fmt: skip
Mode = Literal["extractive", "generative"]


@dataclass(frozen=True, slots=True)
class Turn:
    """One earlier question and the answer it got."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Citation:
    """A quote and where it stands: `quote` is the document's text from `start` to `end`.

    Offsets count code points, end exclusive. `n` is the number in the answer's [n], from 1;
    `place` and `year` are the document's; `page` is the page or slide it begins on, `focus` the
    characters of a table's row that answer, `confidence` how surely a scan was recognized.
    """

    n: int
    document_id: str
    title: str
    section: tuple[str, ...]
    start: int
    end: int
    quote: str
    place: str = ""
    year: int | None = None
    page: int | None = None
    focus: tuple[int, int] | None = None
    confidence: float | None = None

    @property
    def path(self) -> tuple[str, ...]:
        """Return where it stands, in words: title, headings, and the page where it is known."""
        page = (f"第 {self.page} 页",) if self.page else ()
        return (self.title, *self.section, *page)

    @classmethod
    def of(cls, n: int, document: Document, section: tuple[str, ...], span: Span) -> "Citation":
        """Return characters of a document as citation `n`."""
        layout = document.layout
        return cls(
            n, document.id, document.title, section, span.start, span.end,
            span.of(document.text), document.place, document.plan_year,
            page=layout.page_at(span.start), confidence=layout.confidence(span.start, span.end),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person gets: the answer with its citations, or a refusal with what is near.

    `confidence` is the calibrated probability, 0 to 1, that the evidence answers the question.
    `model` is the language model that wrote it, `tokens` what that read and wrote. `table` is there
    for a question across reports.
    """

    question: str
    resolved_question: str
    answered: bool
    answer: str
    short_answer: str | None = None
    refusal: Refusal | None = None
    citations: tuple[Citation, ...] = ()
    related: tuple[Citation, ...] = ()
    mode: Mode = "extractive"
    warnings: tuple[str, ...] = ()
    confidence: float | None = None
    index_version: str = ""
    timings_ms: Mapping[str, float] = field(default_factory=dict)
    model: str = ""
    tokens: Mapping[str, int] = field(default_factory=dict)
    table: Table | None = None

    @property
    def is_reworded(self) -> bool:
        """Tell whether the question was understood otherwise than it was typed."""
        return self.resolved_question != self.question.strip()

    @property
    def spent_ms(self) -> float:
        """Return how long it all took; the first sentence of a model is part of its time."""
        return sum(ms for lap, ms in self.timings_ms.items() if lap != "first_sentence")

    def to_json(self) -> dict[str, Any]:
        """Return the answer as the plain values of the public contract."""
        return asdict(self)
