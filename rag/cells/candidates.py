"""The cells that a question may ask for, and the rows they are in.

Each is said as a sentence of its own (城镇新增就业，2025年目标35万人), which the reader was taught
to read. One that is empty is said with what might stand there: where that is what was asked,
there is no answer.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from corpus.documents import Document, Span
from corpus.rows import Field, Row, rows
from index.folding import fold
from rag.cells.asking import has_numbers, is_in, kind_of, of_stage, of_year, without
from rag.evidence import Evidence
from rag.findings import Quote
from rag.questions import Question
from rag.reader.windows import Page, page

_NAMED = 6  # rows that are taken for a cell whose words the question has
_CONTEXT_CHARS = 80


@dataclass(frozen=True, slots=True)
class Told:
    """A cell as it is read: one sentence, with what its table is of before it."""

    heading: str
    texts: tuple[str, ...]

    def span(self, start: int, end: int) -> Span:
        """Return where characters stand in the texts: a cell is quoted whole."""
        return Span(start, end)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A cell that may be asked for.

    `lent` is the text of another row's where it is empty; `given` are the fields of the row that
    the question has the very words of.
    """

    evidence: Evidence
    row: Row
    field: Field
    lent: str = ""
    given: tuple[Field, ...] = ()

    @property
    def told(self) -> Told:
        """Return the cell as it is read, behind what names its row and what the question gives."""
        e, asked = self.evidence, self.field
        context = f"{e.document.label} {self.row.caption}"
        names = "".join(dict.fromkeys(x.text for x in self.row.labels if x is not asked))
        known = [f"{field.name}{field.told}" for field in self.given if field is not asked]
        parts = [self.row.group, names, *known, f"{asked.name}{self.lent or asked.told}"]
        said = "，".join(filter(None, parts)) + "。"
        return Told(fold(context)[:_CONTEXT_CHARS], (fold(said),))


def with_named(
    question: Question, evidence: Sequence[Evidence], documents: Iterable[Document]
) -> list[Evidence]:
    """Return the evidence with the rows before it that have a cell whose words a question has."""
    plain = question.plain.replace(",", "")
    found: list[tuple[int, Document, Row]] = []
    for document in documents:
        for row in filter(None, rows(document).values()):
            if words := [fold(f.text) for f in (*row.labels, *row.fields) if is_in(plain, f)]:
                found.append((sum(map(len, words)), document, row))
    found.sort(key=lambda each: -each[0])
    score = evidence[0].score if evidence else 0.0
    named = [
        Evidence(page(document), page(document).at(row.start), Span(row.start, row.end), score)
        for _, document, row in found[:_NAMED]
    ]
    known = {(e.document.id, e.number) for e in named}
    return [*named, *(e for e in evidence if (e.document.id, e.number) not in known)]


def candidates(question: Question, evidence: Evidence, row: Row) -> Iterator[Candidate]:
    """Yield the cells of a row that may be asked for: of the year and the stage that are."""
    context = (evidence.document.title, *evidence.section, row.caption, row.spoken()[0])
    if not has_numbers(question.plain, fold(" ".join(context))):
        return
    rest = without(question.plain, row)
    plain = question.plain.replace(",", "")
    given = tuple(f for f in row.fields if is_in(plain, f))
    fields = of_stage(rest, of_year(question.plain, row, evidence.document))
    for field in fields:
        lent = _lent(row, field.heading, evidence.document) if field.is_blank else ""
        if field not in given and (lent or not field.is_blank):
            yield Candidate(evidence, row, field, lent, given)
    for heading in row.missing:
        if lent := _lent(row, heading, evidence.document):
            empty = Field(row.labels[0].cell, "", heading)
            yield Candidate(evidence, row, empty, lent, given)
    for label in row.labels if given or len(row.labels) > 1 else ():
        if not is_in(plain, label):
            yield Candidate(evidence, row, label, given=given)


def _lent(row: Row, heading: str, document: Document) -> str:
    """Return what might stand where a row has nothing: what another row has there, or a like cell.

    A figure of another unit would be taken for nobody's.
    """
    others = [f for r in table(row, document) for f in r.fields
              if f.heading == heading and not f.is_blank]  # fmt: skip
    units = {field.unit for field in row.fields}
    alike = next((f.told for f in others if f.unit in units), "")
    own = next((f.told for f in row.fields if kind_of(f.told) == "figure"), "")
    if alike or not others:
        return alike
    return own if own and kind_of(others[0].told) == "figure" else others[0].told


def table(row: Row, document: Document) -> Iterable[Row]:
    """Return the rows of the table that a row is in."""
    return (r for r in rows(document).values() if r and r.table == row.table)


def quotes(row: Row, leaf: Page) -> tuple[Quote, ...]:
    """Return the row to be cited, and the rows of headings that say what its cells are."""
    section = leaf.sentences[leaf.at(row.start)].section
    spans = (*row.headings, (row.start, row.end))
    return tuple(Quote(leaf.document, section, Span(start, end)) for start, end in spans)
