"""The heart: question in, answer with citations out."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from time import perf_counter

from index.search import Searcher
from rag import drafting
from rag.answerability import Calibration, calibration
from rag.answering import beside, finding
from rag.answers import Answer, Refusal, Turn
from rag.comparing import compared, sides
from rag.drafts import Draft, Writing
from rag.evidence import PASSAGES, Evidence, gather, of_year
from rag.findings import Finding
from rag.hints import Hinting
from rag.naming import named
from rag.outlining import outlined
from rag.premises import weighed
from rag.questions import MAX_CHARS, Question, clean, understand
from rag.reader import Reader
from rag.reading import SURE, Sight, look
from rag.refusals import reason
from rag.safety import unsafe
from rag.understanding import Understanding, understanding
from rag.years import asked_year, plan_year

# Refusals that other words may mend. A report that speaks of the thing, or of another year, has
# been understood: on our questions a small model's rewordings of those gained 1 and lost 12.
_WORDLESS = ("not_in_documents", "off_topic")


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """One question with its evidence, what was read and found, and how likely that answers it."""

    question: Question
    evidence: list[Evidence]
    sights: list[Sight]
    found: Finding | None
    confidence: float
    refusal: Refusal | None
    search_seconds: float


class Assistant:
    """Answers from whatever index `searcher` gives at the moment of the question.

    `reader` reads what the search finds. With a writer, a language model puts what was found in
    flowing sentences.
    """

    def __init__(
        self, searcher: Callable[[], Searcher], reader: Reader, rule: Calibration | None = None,
        writer: Writing | None = None, hints: Hinting | None = None,
    ) -> None:  # fmt: skip
        self._searcher, self._reader = searcher, reader
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
            return Draft(drafting.refused(typed, asked, "unsafe", [], searcher.contents))
        known = understanding(searcher.contents)
        resolved = known.resolve(asked, history)
        hints = self._hints.begin() if self._hints else None
        readings = self._readings(resolved, known, searcher, hints)
        if other := _reworded(resolved, readings, hints):
            again = self._readings(other, known, searcher, hints)
            if any(r.refusal is None for r in again):
                resolved, readings = other, again
        draft = drafting.draft(typed, resolved, readings, searcher.contents)
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
        return self._readings(known.resolve(clean(text), history), known, searcher, None)

    def _readings(
        self, resolved: str, known: Understanding, searcher: Searcher, hints: Hinting | None
    ) -> list[Reading]:
        return [self._read(part, searcher, hints) for part in known.parts(resolved)]

    def _read(self, question: Question, searcher: Searcher, hints: Hinting | None) -> Reading:
        start = perf_counter()
        query = hints.expanded(question.plain) if hints else question.plain
        said = any(c.isalnum() for c in query)  # marks alone are near to anything
        ranked = list(islice(searcher.ranked(query), PASSAGES)) if said else []
        searched = perf_counter() - start
        evidence = gather(ranked, searcher.contents.documents)
        if hints:
            evidence = hints.reranked(question.text, evidence)
        plan = plan_year(evidence[0].document) if evidence else None
        year = asked_year(question.plain, plan)
        spoken = of_year(evidence, year)
        if told := self._put_together(question, evidence, spoken, searcher):
            return Reading(question, evidence, [], told, 1.0, None, searched)
        sights = look(question.plain, spoken, self._reader)
        found = finding(question, sights[0]) if sights else None
        sure = sights[0].read.answered if sights else 0.0
        least = self._rule.threshold
        if sure < least and (plainly := named(question, spoken)):
            sight = next((s for s in sights if s.evidence is plainly), None)
            found, sure = (finding(question, sight), least) if sight else (found, sure)
        if put_right := weighed(question, sights, self._reader):
            found, sure = put_right, max(sure, least)
        elif found and sights[0].read.answered < SURE:
            found = beside(found, question, sights, least)
        refused = found is None or sure < least
        why = reason(question, evidence, year, plan) if refused else None
        return Reading(question, evidence, sights, found, sure, why, searched)

    def _put_together(
        self, question: Question, evidence: Sequence[Evidence], spoken: Sequence[Evidence],
        searcher: Searcher,
    ) -> Finding | None:  # fmt: skip
        """Return what no one sentence answers: the outline, or which of two things has more.

        `spoken` is the evidence of the asked year; a report without any is not outlined.
        """
        if not evidence:
            return None
        document = evidence[0].document
        if spoken and (told := outlined(question.plain, document)):
            return told
        pair = sides(question.plain, document)
        if pair is None:
            return None

        def answer(text: str) -> Finding | None:
            reading = self._read(understand(text), searcher, None)
            return reading.found if reading.refusal is None else None

        return compared(question.plain, pair, answer)


def refused_input(text: str, message: str) -> Answer:
    """Return a question that cannot be worked on as a refusal, where an answer a line is due."""
    shown = text[:MAX_CHARS].encode(errors="replace").decode()
    return Answer(shown, shown, False, message, refusal="bad_question")


def _reworded(resolved: str, readings: list[Reading], hints: Hinting | None) -> str:
    """Return a question in other words where its own words may be why nothing was found."""
    wordless = all(r.refusal in _WORDLESS for r in readings)
    return hints.reworded(resolved) if hints and wordless else ""
