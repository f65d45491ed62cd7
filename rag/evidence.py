"""Evidence: the sentences that a search leads to, best first."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from corpus.documents import Document, Span
from corpus.rows import Row
from index.search import Hit
from rag.reader.windows import Page, page
from rag.years import Year, clause_year, plan_year, spoken_year

PASSAGES = 60  # looked through for one question
SENTENCES = 8


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """A sentence that may answer: number `number` of its page, as good as its best passage.

    `best` is that passage, `cosine` its nearness to the question.
    """

    page: Page
    number: int
    best: Span
    score: float
    cosine: float = 0.0

    @property
    def document(self) -> Document:
        """Return the document the sentence is from."""
        return self.page.document

    @property
    def section(self) -> tuple[str, ...]:
        """Return the headings above the sentence."""
        return self.page.sentences[self.number].section

    @property
    def span(self) -> Span:
        """Return where the sentence stands in its document."""
        return self.page.span(self.number)

    @property
    def text(self) -> str:
        """Return the sentence as it stands in the document."""
        return self.span.of(self.document.text)

    @property
    def row(self) -> Row | None:
        """Return the row of a table that the sentence is, if it is one."""
        return self.page.row(self.number)

    @property
    def context(self) -> str:
        """Return the sentence with the headings above it and its neighbours in the paragraph."""
        near = self.page.sentences[max(0, self.number - 1) : self.number + 2]
        start, end = near[0].start, near[-1].end
        return f"{' '.join(self.section)} {self.document.text[start:end]}"

    @property
    def year(self) -> int | None:
        """Return the year the sentence speaks of, None for a document that is no work report.

        Of a table's row the headings above each cell say it.
        """
        if self.row:
            return None
        return spoken_year(self.section, self.text, plan_year(self.document))


def gather(
    ranked: Iterable[Hit], documents: Mapping[str, Document], most: int = SENTENCES
) -> list[Evidence]:
    """Return the sentences of the best passages, best first; a heading leads to what it opens."""
    found: dict[tuple[str, int], Evidence] = {}
    for hit in ranked:
        leaf = page(documents[hit.document_id])
        number = leaf.at(hit.start)
        if hit.kind == "heading":
            number = min(number + 1, len(leaf.sentences) - 1)
        found.setdefault((hit.document_id, number), Evidence(
            leaf, number, Span(hit.start, hit.end) if hit.kind != "heading" else leaf.span(number),
            hit.score, hit.signals.cosine,
        ))  # fmt: skip
        if len(found) == most:
            break
    return list(found.values())


def one_each(evidence: Iterable[Evidence]) -> list[Evidence]:
    """Return the best sentence of each document, best first."""
    first: dict[str, Evidence] = {}
    for each in evidence:
        first.setdefault(each.document.id, each)
    return list(first.values())


def of_year(evidence: Sequence[Evidence], asked: Year) -> list[Evidence]:
    """Return what may answer for the asked year: sentences or clauses that speak of it."""
    if not isinstance(asked, int):
        return list(evidence)
    return [e for e in evidence if e.year is None or asked in _years(e)]


def _years(evidence: Evidence) -> set[int | None]:
    parts = re.split("[，,]", evidence.text)
    return {evidence.year, *(clause_year(evidence.year, p, evidence.document) for p in parts)}
