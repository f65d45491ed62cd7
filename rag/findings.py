"""Findings: what was found for one question, before it is written as an answer."""

from dataclasses import dataclass

from corpus.documents import Document, Span


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a document to be cited."""

    document: Document
    section: tuple[str, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Finding:
    """What answers: the headline and the words it rests on.

    `fact` is what the headline rests on, said with the thing it is of (供热管网150公里). `remark`
    is told in our own words beside the quotes; `focus` are the clauses of a long quote that
    answer, in the document's offsets; `said` is what is quoted as it was read, where that says more
    than its characters: a row of a table with its headings. `lead` stands above quotes that
    say the headline themselves, one after the other.
    """

    short: str | None
    quotes: tuple[Quote, ...]
    fact: str = ""
    remark: str = ""
    focus: Span | None = None
    said: str = ""
    lead: str = ""
