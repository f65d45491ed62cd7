"""The heart: question in, answer with citations out."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from time import perf_counter

from corpus.documents import Document
from index.scope import EVERYTHING, Scope, listing
from index.search import Searcher
from rag import drafting
from rag.across import across
from rag.answerability import Calibration, calibration
from rag.answers import Answer, Turn
from rag.drafts import Draft, Writing
from rag.hints import Hinting
from rag.inquiry import Inquiry, Reading
from rag.questions import MAX_CHARS, clean
from rag.reader import Reader
from rag.replies import replied
from rag.reports import asked_of
from rag.safety import unsafe
from rag.smalltalk import small_talk
from rag.suggestions import examples
from rag.understanding import Understanding, understanding

# Refusals that other words may mend. A report that speaks of the thing, or of another year, has
# been understood: on our questions a small model's rewordings of those gained 1 and lost 12.
_WORDLESS = ("not_in_documents", "off_topic")


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

    def ask(self, text: str, history: Sequence[Turn] = (), scope: Scope = EVERYTHING) -> Answer:
        """Return the answer, or a refusal as an answer; one version of the index serves it all.

        Raises InputError for a question that cannot be worked on, StoreError without an index.
        """
        return self.written(self.draft(text, history, scope))

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

    def draft(self, text: str, history: Sequence[Turn] = (), scope: Scope = EVERYTHING) -> Draft:
        """Return the answer by extraction; what a model may write from is with it if it answers.

        Raises as `ask` does.
        """
        start = perf_counter()
        asked, typed = clean(text), text.encode(errors="replace").decode()
        searcher = self._searcher()
        documents = scope.of(searcher.contents.documents.values())
        if kind := small_talk(asked):
            name = self._writer.name if self._writer else ""
            version = searcher.contents.version
            plain = Assistant(lambda: searcher, self._reader)  # no model is asked for examples
            shown = partial(examples, plain, documents)
            return Draft(replied(typed, kind, documents, shown, name, version))
        if unsafe(asked):
            return Draft(drafting.refused(typed, asked, "unsafe", [], searcher.contents))
        if scope and not documents:
            told = listing(list(searcher.contents.documents.values()))
            return Draft(
                drafting.refused(typed, asked, "out_of_scope", [], searcher.contents, told)
            )
        known = understanding(searcher.contents)
        resolved = known.resolve(asked, history, documents)
        inquiry = self._inquiry(searcher, self._hints.begin() if self._hints else None)
        made = across(typed, resolved, documents, inquiry) or self._of_parts(
            typed, resolved, known, documents, inquiry
        )
        timings = {"search": inquiry.seconds, "read": perf_counter() - start - inquiry.seconds}
        laps = {name: round(seconds * 1000, 2) for name, seconds in timings.items()}
        return replace(made, answer=replace(made.answer, timings_ms=laps))

    def readings(
        self, text: str, history: Sequence[Turn] = (), scope: Scope = EVERYTHING
    ) -> list[Reading]:
        """Return the questions a text asks, each with its evidence and what was found in it.

        No hints are asked for: these are the readings of the text as it stands; of small
        talk there are none.
        """
        asked = clean(text)
        if small_talk(asked):
            return []
        searcher = self._searcher()
        known = understanding(searcher.contents)
        documents = scope.of(searcher.contents.documents.values())
        resolved = known.resolve(asked, history, documents)
        return _readings(resolved, known, documents, self._inquiry(searcher, None))

    def _inquiry(self, searcher: Searcher, hints: Hinting | None) -> Inquiry:
        return Inquiry(searcher, self._reader, self._rule, hints)

    def _of_parts(
        self, typed: str, resolved: str, known: Understanding, documents: Sequence[Document],
        inquiry: Inquiry,
    ) -> Draft:  # fmt: skip
        """Return the answer to the questions that a text asks, each of the reports it is about."""
        readings = _readings(resolved, known, documents, inquiry)
        if other := _reworded(resolved, readings, inquiry.hints):
            again = _readings(other, known, documents, inquiry)
            if any(r.refusal is None for r in again):
                resolved, readings = other, again
        return drafting.draft(typed, resolved, readings, inquiry.searcher.contents)


def _readings(
    resolved: str, known: Understanding, documents: Sequence[Document], inquiry: Inquiry
) -> list[Reading]:
    parts = known.parts(resolved)
    return [r for part in parts for r in asked_of(part, documents, inquiry, resolved)]


def refused_input(text: str, message: str) -> Answer:
    """Return a question that cannot be worked on as a refusal, where an answer a line is due."""
    shown = text[:MAX_CHARS].encode(errors="replace").decode()
    return Answer(shown, shown, False, message, refusal="bad_question")


def _reworded(resolved: str, readings: list[Reading], hints: Hinting | None) -> str:
    """Return a question in other words where its own words may be why nothing was found."""
    wordless = all(r.refusal in _WORDLESS for r in readings)
    return hints.reworded(resolved) if hints and wordless else ""
