"""One question asked of some documents: searched, read, and what was found in them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import islice
from time import perf_counter

from corpus.documents import Document
from index.search import Searcher
from rag.answerability import Calibration
from rag.answering import beside, finding
from rag.answers import Refusal
from rag.cells import comparing
from rag.cells.candidates import with_named
from rag.cells.choosing import LEAST, Choice, choose, told
from rag.comparing import compared, sides
from rag.evidence import PASSAGES, SENTENCES, Evidence, gather, of_year, one_each
from rag.findings import Finding
from rag.hints import Hinting
from rag.naming import named
from rag.opening import opened
from rag.outlining import outlined
from rag.premises import weighed
from rag.questions import Question, understand
from rag.reader import Reader
from rag.reading import SURE, Sight, look
from rag.refusals import NEAR, reason
from rag.years import asked_year, plan_year

_FOUND = 30  # sentences and rows; of the rows one cell each is read, of sentences the best are


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """One question with its evidence, what was read and found, and how likely that answers it.

    `told` is what a refusal says beside its reason: which reports there are, which place is meant.
    """

    question: Question
    evidence: list[Evidence]
    sights: list[Sight]
    found: Finding | None
    confidence: float
    refusal: Refusal | None
    told: str = ""

    @property
    def is_near(self) -> bool:
        """Tell whether anything in the documents is near to the question."""
        return max((e.cosine for e in self.evidence), default=0.0) >= NEAR


@dataclass(slots=True, eq=False)
class Inquiry:
    """Asks questions of documents of one version of the index; `seconds` went into searching."""

    searcher: Searcher
    reader: Reader
    rule: Calibration
    hints: Hinting | None = None
    seconds: float = 0.0

    def read(self, question: Question, within: Collection[str], part: str = "") -> Reading:
        """Return what the documents with these ids say to a question.

        What answers has to name `part`, a place inside that of its document, if there is one.
        """
        found = self.search(question, within)
        evidence = found[:SENTENCES]
        plan = plan_year(evidence[0].document) if evidence else None
        year = asked_year(question.plain, plan)
        spoken = [e for e in of_year(evidence, year) if not e.row and part in e.context]
        rows = with_named(question, [e for e in found if e.row], self._documents(within))
        spread = [e for e in rows if part in e.context]
        if (among := comparing.compared(question, spread, self.reader)) and among[1].sure >= LEAST:
            return Reading(question, evidence, [], among[0], among[1].sure, None)
        if made := self._put_together(question, evidence, spoken, within):
            return Reading(question, evidence, [], made, 1.0, None)
        cell = choose(question, spread, self.reader)
        if cell and cell.sure >= SURE:
            return self._of_cell(question, evidence, cell)
        reading = self._of_sentences(question, evidence, spoken, part)
        if cell and cell.sure >= LEAST and (reading.refusal or reading.confidence < cell.sure):
            return self._of_cell(question, evidence, cell)
        return reading

    def _of_cell(self, question: Question, evidence: list[Evidence], cell: Choice) -> Reading:
        """Return what a cell says; an empty one refuses, and says so."""
        if found := told(question, cell):
            return Reading(question, evidence, [], found, cell.sure, None)
        row, heading = cell.candidate.row, cell.candidate.field.name
        empty = f"表里“{row.name}”这一行的“{heading}”是空的。"
        near = [cell.candidate.evidence, *(e for e in evidence if e.row != row)]
        return Reading(question, near, [], None, cell.sure, "no_such_figure", empty)

    def _of_sentences(
        self, question: Question, evidence: list[Evidence], spoken: list[Evidence], part: str
    ) -> Reading:
        """Return what the sentences say that speak of the asked year."""
        sights = look(question.plain, spoken, self.reader)
        found = finding(question, sights[0]) if sights else None
        least = self.rule.threshold
        sure = sights[0].read.answered if sights else 0.0
        if sure < least and (plainly := named(question, spoken)):
            sight = next((s for s in sights if s.evidence is plainly), None)
            found, sure = (finding(question, sight), least) if sight else (found, sure)
        if put_right := weighed(question, sights, self.reader):
            found, sure = put_right, max(sure, least)
        elif found and sights[0].read.answered < SURE:
            found = beside(found, question, sights, least)
        if found and part and part not in found.fact:
            found = None  # said of another place in the sentence
        refused = found is None or sure < least
        plan = plan_year(evidence[0].document) if evidence else None
        year = asked_year(question.plain, plan)
        why = reason(question, evidence, year, plan) if refused else None
        return Reading(question, evidence, sights, found, sure, why)

    def search(self, question: Question, within: Collection[str]) -> list[Evidence]:
        """Return the sentences that may answer, best first."""
        start = perf_counter()
        query = self.hints.expanded(question.plain) if self.hints else question.plain
        said = any(c.isalnum() for c in query)  # marks alone are near to anything
        ranked = list(islice(self.searcher.ranked(query, within), PASSAGES)) if said else []
        evidence = gather(ranked, self.searcher.contents.documents, most=_FOUND)
        self.seconds += perf_counter() - start
        return self.hints.reranked(question.text, evidence) if self.hints else evidence

    def _documents(self, within: Collection[str]) -> list[Document]:
        return [d for d in self.searcher.contents.documents.values() if d.id in within]

    def answering(self, question: Question, within: Collection[str]) -> list[Document]:
        """Return the documents that answer a question for themselves, the surest first."""
        ranked = islice(self.searcher.ranked(question.plain, within), PASSAGES * 4)
        best = one_each(gather(ranked, self.searcher.contents.documents, most=PASSAGES))
        spoken = [
            e for e in best if of_year([e], asked_year(question.plain, plan_year(e.document)))
        ]
        prose = [e for e in spoken if not e.row]
        sights = look(question.plain, prose, self.reader, until_sure=False)
        least = self.rule.threshold
        sure = [s.evidence.document for s in sights if s.read.answered >= least]
        cell = choose(question, [e for e in best if e.row], self.reader)
        named = [cell.candidate.evidence.document] if cell and cell.sure >= LEAST else []
        return list(dict.fromkeys([*named, *sure]))

    def _put_together(
        self, question: Question, evidence: Sequence[Evidence], spoken: Sequence[Evidence],
        within: Collection[str],
    ) -> Finding | None:  # fmt: skip
        """Return what no one sentence answers: the outline, or which of two things has more.

        `spoken` is the evidence of the asked year; a report without any is not outlined.
        """
        if not evidence:
            return None
        document = evidence[0].document
        if told := opened(question.plain, document):
            return told
        if spoken and (told := outlined(question.plain, document)):
            return told
        pair = sides(question.plain, document)
        if pair is None:
            return None

        def answer(text: str) -> Finding | None:
            reading = self.read(understand(text), within)
            return reading.found if reading.refusal is None else None

        return compared(question.plain, pair, answer)
