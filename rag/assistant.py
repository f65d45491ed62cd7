"""The heart: question in, answer with citations out."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from time import perf_counter

from index.search import Searcher
from rag import extractive
from rag.answerability import Calibration, Features, calibration, features
from rag.answers import Answer, Refusal, Turn
from rag.evidence import PASSAGES, Evidence, for_year, gather
from rag.guard import guarded
from rag.language.matching import Wanted
from rag.questions import MAX_CHARS, Question, clean
from rag.readers import Finding
from rag.reading import read
from rag.refusals import reason
from rag.safety import unsafe
from rag.understanding import Understanding, understanding
from rag.years import asked_year, plan_year


@dataclass(frozen=True, slots=True)
class Reading:
    """One question with its evidence, what was found, and how likely that answers it."""

    question: Question
    wanted: Wanted
    evidence: list[Evidence]
    found: Finding | None
    features: Features | None
    confidence: float
    refusal: Refusal | None
    search_seconds: float


class Assistant:
    """Answers from whatever index `searcher` gives at the moment of the question."""

    def __init__(self, searcher: Callable[[], Searcher], rule: Calibration | None = None) -> None:
        self._searcher = searcher
        self._rule = rule or calibration()

    def ask(self, text: str, history: Sequence[Turn] = ()) -> Answer:
        """Return the answer, or a refusal as an answer; one version of the index serves it all.

        Raises InputError for a question that cannot be worked on, StoreError without an index.
        """
        start = perf_counter()
        asked, typed = clean(text), text.encode(errors="replace").decode()
        searcher = self._searcher()
        if unsafe(asked):
            return _refused(typed, asked, "unsafe", [], searcher)
        known = understanding(searcher.contents)
        resolved = known.resolve(asked, history)
        readings = [self._read(part, known, searcher) for part in known.parts(resolved)]
        answer = _answer(typed, resolved, readings, searcher)
        searched = sum(reading.search_seconds for reading in readings)
        laps = {"search": searched, "read": perf_counter() - start - searched}
        return replace(answer, timings_ms={name: round(s * 1000, 2) for name, s in laps.items()})

    def readings(self, text: str, history: Sequence[Turn] = ()) -> list[Reading]:
        """Return the questions a text asks, each with its evidence and what was found in it."""
        searcher = self._searcher()
        known = understanding(searcher.contents)
        resolved = known.resolve(clean(text), history)
        return [self._read(part, known, searcher) for part in known.parts(resolved)]

    def _read(self, question: Question, known: Understanding, searcher: Searcher) -> Reading:
        start = perf_counter()
        ranked = list(islice(searcher.ranked(question.plain), PASSAGES))
        searched = perf_counter() - start
        wanted = known.wanted(question)
        evidence = gather(wanted, ranked, searcher.contents.documents) if wanted.weights else []
        plan = plan_year(evidence[0].document) if evidence else None
        year = asked_year(question.asking, plan)
        spoken = for_year(evidence, year, plan)
        found = read(question, wanted, spoken, year)
        foreign = known.foreign(wanted)
        told = features(wanted, found, foreign) if found else None
        sure = self._rule.probability(question.slot.kind, told) if told else 0.0
        near = self._rule.on_topic(evidence, wanted.share(foreign))
        why = None
        if found is None or not near or sure < self._rule.threshold:
            why = reason(question, evidence, year, near)
        return Reading(question, wanted, evidence, found, told, sure, why, searched)


def refused_input(text: str, message: str) -> Answer:
    """Return a question that cannot be worked on as a refusal, where an answer a line is due."""
    shown = text[:MAX_CHARS].encode(errors="replace").decode()
    return Answer(shown, shown, False, message, refusal="bad_question")


def _last_part(text: str) -> str:
    """Return what a question asks, without what was said or put before it."""
    return re.split("[,，]", text.strip(" ,，"))[-1]


def _answer(typed: str, resolved: str, readings: list[Reading], searcher: Searcher) -> Answer:
    """Return the answer that the readings make together; a part that is not there is named."""
    good = [r for r in readings if r.found and r.refusal is None]
    confidence = max((r.confidence for r in readings), default=0.0)
    if not good:
        near = [e for r in readings for e in r.evidence]
        why = readings[0].refusal or "not_in_documents"
        return replace(_refused(typed, resolved, why, near, searcher), confidence=confidence)
    findings = [r.found for r in good if r.found]
    cited = extractive.cite(quote for found in findings for quote in found.quotes)
    lines = [extractive.compose(findings, cited)]
    missing = [r for r in readings if r.refusal]
    lines += [f"另一问“{_last_part(r.question.text)}”：报告没有给出。" for r in missing]
    answer = Answer(
        typed, resolved, True, "\n".join(lines),
        short_answer="、".join(f.short for f in findings if f.short) or None,
        citations=tuple(cited), confidence=confidence,
        index_version=searcher.contents.version,
    )  # fmt: skip
    return guarded(answer)


def _refused(
    typed: str, resolved: str, why: Refusal, near: list[Evidence], searcher: Searcher
) -> Answer:
    notes = {document.note for document in searcher.contents.documents.values()} - {""}
    related = extractive.relate(near)
    return Answer(
        typed, resolved, False, extractive.refuse(why, bool(related), notes),
        refusal=why, related=tuple(related), index_version=searcher.contents.version,
    )  # fmt: skip
