"""The heart: question in, answer with citations out."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from time import perf_counter

from index.search import Searcher
from rag import extractive
from rag.answerability import Calibration, Features, calibration, features
from rag.answers import Answer, Refusal, Turn
from rag.drafts import Draft, Writing
from rag.evidence import PASSAGES, Evidence, for_year, gather
from rag.guard import guarded
from rag.hints import Hinting
from rag.language.matching import Wanted
from rag.questions import MAX_CHARS, Question, clean
from rag.readers import Finding
from rag.reading import read
from rag.refusals import reason
from rag.safety import unsafe
from rag.understanding import Understanding, understanding
from rag.years import asked_year, plan_year

# Refusals that other words may mend. A report that speaks of the thing, or of another year, has
# been understood: on our questions a small model's rewordings of those gained 1 and lost 12.
_WORDLESS = ("not_in_documents", "off_topic")


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
    """Answers from whatever index `searcher` gives at the moment of the question.

    With a writer, a language model puts what was found in flowing sentences.
    """

    def __init__(
        self, searcher: Callable[[], Searcher], rule: Calibration | None = None,
        writer: Writing | None = None, hints: Hinting | None = None,
    ) -> None:  # fmt: skip
        self._searcher = searcher
        self._rule = rule or calibration()
        self._writer, self._hints = writer, hints

    def ask(self, text: str, history: Sequence[Turn] = ()) -> Answer:
        """Return the answer, or a refusal as an answer; one version of the index serves it all.

        Raises InputError for a question that cannot be worked on, StoreError without an index.
        """
        return self.written(self.draft(text, history))

    def written(self, draft: Draft) -> Answer:
        """Return a draft as an answer: put in sentences by the writer, if there is one."""
        return self._writer.whole(draft) if self._writer and draft.passages else draft.answer

    def growing(self, draft: Draft) -> Iterator[Answer]:
        """Yield the answer by extraction at once, then as it is written; the last is the answer."""
        yield draft.answer
        if self._writer and draft.passages:
            yield from self._writer.growing(draft)

    def writes(self, draft: Draft) -> str:
        """Return the name of who puts a draft in sentences, "" where nobody does."""
        return self._writer.name if self._writer and draft.passages else ""

    def draft(self, text: str, history: Sequence[Turn] = ()) -> Draft:
        """Return the answer by extraction; what a model may write from is with it if it answers.

        Raises as `ask` does.
        """
        start = perf_counter()
        asked, typed = clean(text), text.encode(errors="replace").decode()
        searcher = self._searcher()
        if unsafe(asked):
            return Draft(_refused(typed, asked, "unsafe", [], searcher))
        known = understanding(searcher.contents)
        resolved = known.resolve(asked, history)
        hints = self._hints.begin() if self._hints else None
        readings = self._readings(resolved, known, searcher, hints)
        if other := _reworded(resolved, readings, hints):
            again = self._readings(other, known, searcher, hints)
            if any(r.refusal is None for r in again):
                resolved, readings = other, again
        draft = _draft(typed, resolved, readings, searcher)
        searched = sum(reading.search_seconds for reading in readings)
        laps = {"search": searched, "read": perf_counter() - start - searched}
        timings = {name: round(seconds * 1000, 2) for name, seconds in laps.items()}
        return replace(draft, answer=replace(draft.answer, timings_ms=timings))

    def readings(self, text: str, history: Sequence[Turn] = ()) -> list[Reading]:
        """Return the questions a text asks, each with its evidence and what was found in it.

        No hints are asked for: these are the readings of the text as it stands.
        """
        searcher = self._searcher()
        known = understanding(searcher.contents)
        resolved = known.resolve(clean(text), history)
        return self._readings(resolved, known, searcher, None)

    def _readings(
        self, resolved: str, known: Understanding, searcher: Searcher, hints: Hinting | None
    ) -> list[Reading]:
        return [self._read(part, known, searcher, hints) for part in known.parts(resolved)]

    def _read(
        self, question: Question, known: Understanding, searcher: Searcher, hints: Hinting | None
    ) -> Reading:
        start = perf_counter()
        query = hints.expanded(question.plain) if hints else question.plain
        ranked = list(islice(searcher.ranked(query), PASSAGES))
        searched = perf_counter() - start
        wanted = known.wanted(question)
        evidence = gather(wanted, ranked, searcher.contents.documents) if wanted.weights else []
        if hints:
            evidence = hints.reranked(question.resolved, evidence)
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


def _reworded(resolved: str, readings: list[Reading], hints: Hinting | None) -> str:
    """Return a question in other words where its own words may be why nothing was found."""
    wordless = all(r.refusal in _WORDLESS for r in readings)
    return hints.reworded(resolved) if hints and wordless else ""


def _last_part(text: str) -> str:
    """Return what a question asks, without what was said or put before it."""
    return re.split("[,，]", text.strip(" ,，"))[-1]


def _draft(typed: str, resolved: str, readings: list[Reading], searcher: Searcher) -> Draft:
    """Return the answer that the readings make together; a part that is not there is named."""
    good = [r for r in readings if r.found and r.refusal is None]
    confidence = max((r.confidence for r in readings), default=0.0)
    if not good:
        near = [e for r in readings for e in r.evidence]
        why = readings[0].refusal or "not_in_documents"
        answer = _refused(typed, resolved, why, near, searcher)
        return Draft(replace(answer, confidence=confidence))
    findings = [r.found for r in good if r.found]
    cited = extractive.cite(quote for found in findings for quote in found.quotes)
    heads = extractive.heads(findings, cited)
    quotes = extractive.quoted_lines(findings, cited)
    tails = [
        f"另一问“{_last_part(r.question.text)}”：报告没有给出。" for r in readings if r.refusal
    ]
    answer = guarded(Answer(
        typed, resolved, True, "\n".join([*heads, *quotes.values(), *tails]),
        short_answer="、".join(f.short for f in findings if f.short) or None,
        citations=tuple(cited), confidence=confidence,
        index_version=searcher.contents.version,
    ))  # fmt: skip
    left = answer.answer.splitlines()
    kept, after = (tuple(line for line in told if line in left) for told in (heads, tails))
    further = extractive.further([e for r in good for e in r.evidence], cited)
    return Draft(answer, kept, quotes, after, () if tails else (*cited, *further))


def _refused(
    typed: str, resolved: str, why: Refusal, near: list[Evidence], searcher: Searcher
) -> Answer:
    notes = {document.note for document in searcher.contents.documents.values()} - {""}
    related = extractive.relate(near)
    return Answer(
        typed, resolved, False, extractive.refuse(why, bool(related), notes),
        refusal=why, related=tuple(related), index_version=searcher.contents.version,
    )  # fmt: skip
