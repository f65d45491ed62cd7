"""Choosing: the likeliest cells are read, the one that fits best is taken, and told."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.documents import Span
from rag.cells.candidates import Candidate, candidates, quotes, table
from rag.cells.features import features
from rag.cells.weights import weights
from rag.evidence import Evidence
from rag.findings import Finding
from rag.polarity import holds, is_polar
from rag.questions import Question
from rag.reader import Read, Reader
from rag.reading import SURE

LEAST = 0.5  # probability that a cell answers
_ROWS = 12  # looked at for one question
_FIRST, READ = 2, 5  # cells that are read for one question; the rest where none of two is sure
_SEVERAL = re.compile(r"哪些|哪几|几[项个]")


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
    for batch in filter(None, (found[:_FIRST], found[_FIRST:])):
        reads += reader.read(question.plain, [candidate.told for candidate, _ in batch])
        fits = [rule.fits(x, r.answered) for (_, x), r in zip(found, reads, strict=False)]
        best = fits.index(max(fits))
        candidate, x = found[best]
        sure = rule.answers(x, reads[best].answered)
        if sure >= SURE:
            break
    return Choice(candidate, reads[best], sure)


def known(
    question: Question, evidence: Sequence[Evidence]
) -> list[tuple[Candidate, tuple[float, ...]]]:
    """Return the cells of some rows that may be asked for, with what is known of each unread."""
    return [
        (candidate, features(question, candidate, evidence[0].score))
        for each in evidence[:_ROWS] if each.row
        for candidate in candidates(question, each, each.row)
    ]  # fmt: skip


def told(question: Question, choice: Choice) -> Finding | None:
    """Return what a chosen cell says to a question, None where it is empty."""
    row, asked, evidence = choice.candidate.row, choice.candidate.field, choice.candidate.evidence
    if choice.candidate.lent:
        return None
    if asked in row.labels and _SEVERAL.search(question.plain):
        return _listed(choice)
    short, fact = asked.told, f"{row.name}{asked.name}{asked.told}"
    if is_polar(question, choice.read):
        short = f"{'是' if holds(question.plain, fact, choice.read) else '否'}，{fact}"
    inside = row.start <= asked.cell.start < row.end
    mark = Span(asked.cell.start, asked.cell.end) if inside else None
    return Finding(short, quotes(row, evidence.page), fact, focus=mark, said=row.spoken()[0])


def _listed(choice: Choice) -> Finding:
    """Return what all rows of a table are named that have what the question gives of one."""
    row, evidence, given = choice.candidate.row, choice.candidate.evidence, choice.candidate.given
    alike = [
        r for r in table(row, evidence.document)
        if all(any((f.heading, f.text) == (g.heading, g.text) for f in r.fields) for g in given)
    ]  # fmt: skip
    told = "、".join(dict.fromkeys(r.labels[-1].text for r in alike))
    cited = tuple(dict.fromkeys(q for r in alike for q in quotes(r, evidence.page)))
    said = "，".join(r.spoken()[0] for r in alike)
    return Finding(told, cited, f"{''.join(g.told for g in given)}：{told}", said=said)
