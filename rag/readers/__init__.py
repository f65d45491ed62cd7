"""Readers: each finds one kind of answer in the evidence, or says that it is not there."""

from dataclasses import dataclass

from corpus.documents import Document, Span
from rag.evidence import Evidence


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a document to be cited."""

    document: Document
    section: tuple[str, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Finding:
    """What a reader found: the headline, the words it rests on, and the sentence they are from.

    `said` is how much of the question, 0 to 1, is said right where the answer stands. `remark` is
    told in our own words beside the quotes. `sure` is false for what was
    taken for lack of better. `focus` are the clauses of a long quote that answer, in the
    document's offsets.
    """

    short: str | None
    quotes: tuple[Quote, ...]
    evidence: Evidence
    said: float
    remark: str = ""
    sure: bool = True
    focus: Span | None = None
