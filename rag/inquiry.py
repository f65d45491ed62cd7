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
from rag.comparing import compared, sides
from rag.evidence import PASSAGES, Evidence, gather, of_year, one_each
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
from rag.tabling import named_first, outright, tabled, trust
from rag.years import asked_year, plan_year


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
        evidence = self.search(question, within)
        plan = plan_year(evidence[0].document) if evidence else None
        year = asked_year(question.plain, plan)
        spoken = tabled(question, [e for e in of_year(evidence, year) if part in e.context])
        if told := self._put_together(question, evidence, spoken, within):
            return Reading(question, evidence, [], told, 1.0, None)
        sights = named_first(question, look(question.plain, spoken, self.reader))
        found = finding(question, sights[0]) if sights else None
        least = self.rule.threshold
        sure = trust(question, sights[0], least) if sights else 0.0
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
        why = reason(question, evidence, year, plan) if refused else None
        return Reading(question, evidence, sights, found, sure, why)

    def search(self, question: Question, within: Collection[str]) -> list[Evidence]:
        """Return the sentences that may answer, best first."""
        start = perf_counter()
        query = self.hints.expanded(question.plain) if self.hints else question.plain
        said = any(c.isalnum() for c in query)  # marks alone are near to anything
        ranked = list(islice(self.searcher.ranked(query, within), PASSAGES)) if said else []
        evidence = gather(ranked, self.searcher.contents.documents)
        self.seconds += perf_counter() - start
        return self.hints.reranked(question.text, evidence) if self.hints else evidence

    def answering(self, question: Question, within: Collection[str]) -> list[Document]:
        """Return the documents that answer a question for themselves, the surest first."""
        ranked = islice(self.searcher.ranked(question.plain, within), PASSAGES * 4)
        best = one_each(gather(ranked, self.searcher.contents.documents, most=PASSAGES))
        spoken = [
            e for e in best if of_year([e], asked_year(question.plain, plan_year(e.document)))
        ]
        sights = look(question.plain, tabled(question, spoken), self.reader, until_sure=False)
        least = self.rule.threshold
        sure = [s for s in sights if trust(question, s, least) >= least]
        return [s.evidence.document for s in outright(question, sure) or sure]

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
