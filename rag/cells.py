"""Cells: which cell of which table answers, found by its row and its headings and read as one.

Each cell is said as a sentence of its own (城镇新增就业，2025年目标35万人), which the reader was
taught to read; years and 目标 against 完成 are exact and matched, not read. A cell that is
empty answers nothing: it is read with what stands above or below it, and where that is what was
asked there is no answer.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from corpus.documents import Document, Span
from corpus.rows import Field, Row, rows
from index.folding import fold
from rag.cellrule import weights
from rag.evidence import Evidence
from rag.findings import Finding, Quote
from rag.language.matching import holds
from rag.polarity import holds as is_true
from rag.polarity import is_polar
from rag.questions import GENERIC, Question, content_words
from rag.reader import Read, Reader
from rag.reader.windows import Page, page
from rag.reading import SURE
from rag.years import asked_year, named_in, plan_year, without_years

LEAST = 0.5  # probability that a cell answers
_ROWS = 12  # looked at for one question
_NAMED = 6  # rows that are taken for a cell whose words the question has
_HALF = 0.5  # of a name; who asks for less asks for another
_FIRST, READ = 2, 5  # cells that are read for one question; the rest where none of two is sure
_CONTEXT_CHARS = 80
_PLANNED = re.compile(r"目标|计划|预期|任务数|预算|安排|打算|预计|力争|要达到")
_REACHED = re.compile(r"完成(?![时期率]|目标)|实际|实绩|执行数|达到|实现|决算|已经?|了多少|了吗")
_YEAR = re.compile(r"(?:19|20)\d\d(?:\s*[-—~至]\s*(?:19|20)?\d\d)?年?度?|今年|去年|上年|本年|明年")
# Ways to ask for a column and to head it: who is to do it, until when.
_SAME = (
    re.compile(r"责任|牵头|负责|主管|承办|谁|哪个(?:部门|单位)"),
    re.compile(
        r"时限|期限|时间|日期|完工|竣工|什么时候|何时|哪一?[年月天日]|几月|几号|几点|多久|多长时间"
    ),
    re.compile(r"合计|总计|小计|全市|全年|一共|总共|共计|累计"),
)
_DATE = re.compile(r"\d年|\d月|\d日|\d季度|\d[:：]\d\d|年底|月底|长期|全年")
_SHORT = re.compile(r"\d{1,2}(?:年|月|日|个|项)?|(?:19|20)\d\d年?")  # stand anywhere by chance
_HOW_MANY = re.compile(r"多少|几|多[大高长少]")
_ASKS_WHICH = re.compile(r"哪|什么|谁|几项")


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


@dataclass(frozen=True, slots=True)
class Choice:
    """The cell that fits a question best, how it was read, and how likely it answers."""

    candidate: Candidate
    read: Read
    sure: float


def choose(question: Question, evidence: Sequence[Evidence], reader: Reader) -> Choice | None:
    """Return the cell of some rows that fits best, None where no row has the asked column."""
    rule = weights()
    found = sorted(known(question, evidence), key=lambda pair: -rule.matches(pair[1]))[:READ]
    if not found:
        return None
    reads: list[Read] = []
    for batch in (found[:_FIRST], found[_FIRST:]):
        reads += reader.read(question.plain, [candidate.told for candidate, _ in batch])
        fits = [rule.fits(x, r.answered) for (_, x), r in zip(found, reads, strict=False)]
        best = fits.index(max(fits))
        candidate, features = found[best]
        sure = rule.answers(features, reads[best].answered)
        if sure >= SURE:
            break
    return Choice(candidate, reads[best], sure)


def known(
    question: Question, evidence: Sequence[Evidence]
) -> list[tuple[Candidate, tuple[float, ...]]]:
    """Return the cells of some rows that may be asked for, with what is known of each unread."""
    return [
        (candidate, _features(question, candidate, evidence[0].score))
        for each in evidence[:_ROWS] if each.row
        for candidate in _candidates(question, each, each.row)
    ]  # fmt: skip


def told(question: Question, choice: Choice) -> Finding | None:
    """Return what a chosen cell says to a question, None where it is empty."""
    row, asked, evidence = choice.candidate.row, choice.candidate.field, choice.candidate.evidence
    if choice.candidate.lent:
        return None
    short, fact = asked.told, f"{row.name}{asked.name}{asked.told}"
    if is_polar(question, choice.read):
        short = f"{'是' if is_true(question.plain, fact, choice.read) else '否'}，{fact}"
    inside = row.start <= asked.cell.start < row.end
    mark = Span(asked.cell.start, asked.cell.end) if inside else None
    return Finding(short, quotes(row, evidence.page), fact, focus=mark, said=row.spoken()[0])


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


def is_in(plain: str, field: Field) -> bool:
    """Tell whether a question, without commas in figures, has the words of a cell as they are."""
    text = fold(field.told).replace(",", "")
    if len(text) < 2 or text not in plain:
        return False
    if _SHORT.fullmatch(text) and not _share(fold(field.name), plain):
        return False
    return not (text[0].isdigit() and re.search(rf"[\d.]{re.escape(text)}", plain))


def _candidates(question: Question, evidence: Evidence, row: Row) -> Iterator[Candidate]:
    """Yield the cells of a row that may be asked for: of the year and the stage that are."""
    rest = _without(question.plain, row)
    plain = question.plain.replace(",", "")
    given = tuple(f for f in row.fields if is_in(plain, f))
    fields = _of_stage(rest, _of_year(question.plain, row, evidence.document))
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
    own = next((f.told for f in row.fields if _kind(f.told) == "figure"), "")
    if alike or not others:
        return alike
    return own if own and _kind(others[0].told) == "figure" else others[0].told


def _features(question: Question, candidate: Candidate, best: float) -> tuple[float, ...]:
    """Return what tells before reading whether a cell is asked for, each some 0 to 1.

    What of the question is not said of it; how much of the row's name is asked, and if another
    of its kind is (望山区 where 云溪区 is asked); how much of its heading is; whether it is of the
    kind that is asked for, a figure, a date or a name; how far behind the search found the row.
    """
    plain, row, field = question.plain, candidate.row, candidate.field
    document = candidate.evidence.document
    words = [w for w in content_words(without_years(plain)) if w not in GENERIC]
    names = " ".join(f.text for f in row.fields if not any(c.isdigit() for c in f.text))
    section = " ".join(candidate.evidence.section)
    context = fold(
        f"{document.label} {section} {row.caption} {row.group} {row.name} {field.heading} "
        f"{field.unit} {names}"
    )
    weight = sum(map(len, words)) or 1
    unsaid = sum(len(w) * (1 - holds(context, w)) for w in words) / weight
    labels = [fold(label.text) for label in row.labels if label is not field]
    named = 1.0 if candidate.given else _share(labels[-1], plain) if labels else 0.0
    rest = _without(plain, row, candidate.given)
    wanted, kind = _wanted(plain), _kind(candidate.lent or field.told)
    fits = float(wanted == kind) if wanted else 0.5
    behind = best - candidate.evidence.score
    rival = unsaid if named < _HALF and labels and labels[-1][-1:] in plain else 0.0
    return unsaid, named, rival, _headed(field, rest), fits, behind


def _wanted(plain: str) -> str:
    """Return what a question asks for: a date, a figure, a name; "" where it does not say."""
    if _SAME[1].search(plain):
        return "date"
    if _HOW_MANY.search(plain):
        return "figure"
    return "name" if _ASKS_WHICH.search(plain) else ""


def _kind(text: str) -> str:
    """Return what a cell holds."""
    if _DATE.search(text):
        return "date"
    return "figure" if any(c.isdigit() for c in text) else "name"


def _share(name: str, plain: str) -> float:
    """Return how much of a name a question has, by pairs of characters."""
    if name in plain or len(name) < 2:
        return float(name in plain)
    return sum(name[i : i + 2] in plain for i in range(len(name) - 1)) / (len(name) - 1)


def _headed(field: Field, rest: str) -> float:
    bare = _bare(field.name)
    same = any(p.search(bare) and p.search(rest) for p in _SAME)
    return max(float(same), _share(bare, rest) if bare else 0.0)


def _of_year(question: str, row: Row, document: Document) -> list[Field]:
    """Return the fields of the year that is asked; of all years where none is."""
    headed = set[int]().union(*(named_in(f.heading, None) for f in row.fields))
    plan = plan_year(document) or max(headed, default=None)
    asked = asked_year(question, plan)
    if not isinstance(asked, int):
        return list(row.fields)
    around = named_in(f"{row.group}{row.caption}", plan) or ({plan} if plan else set())
    of_row = named_in(row.name, plan)
    years = [named_in(f.heading, plan) or of_row or around for f in row.fields]
    return [f for f, known in zip(row.fields, years, strict=True) if asked in known or not known]


def _of_stage(rest: str, fields: list[Field]) -> list[Field]:
    """Return the fields of what is planned, or of what was reached, where one of both is asked."""
    asked = _stage(rest)
    if not asked or not any(_stage(f.heading) for f in fields):
        return fields
    return [f for f in fields if _stage(f.heading) in (asked, "")]


def _stage(text: str) -> str:
    if _PLANNED.search(text):
        return "planned"
    return "reached" if _REACHED.search(text) else ""


def _bare(heading: str) -> str:
    """Return a heading without year and stage."""
    told = fold(heading)
    for pattern in (_YEAR, _PLANNED, _REACHED):
        told = pattern.sub("", told)
    return told.removesuffix("名称")


def _without(question: str, row: Row, given: Sequence[Field] = ()) -> str:
    """Return a question without the words that name the row, or that it gives of it."""
    for field in (*row.labels, *given):
        question = question.replace(fold(field.text), "")
    for name in (fold(field.name) for field in given):
        ends = (name[i:] for i in range(len(name) - 1))
        question = question.replace(next((end for end in ends if end in question), name), "")
    return question


def table(row: Row, document: Document) -> Iterable[Row]:
    """Return the rows of the table that a row is in."""
    return (r for r in rows(document).values() if r and r.table == row.table)


def quotes(row: Row, leaf: Page) -> tuple[Quote, ...]:
    """Return the row to be cited, and the rows of headings that say what its cells are."""
    section = leaf.sentences[leaf.at(row.start)].section
    spans = (*row.headings, (row.start, row.end))
    return tuple(Quote(leaf.document, section, Span(start, end)) for start, end in spans)
