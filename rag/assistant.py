"""The heart: question in, answer with citations out."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from time import perf_counter

from index.search import Hit, Searcher
from rag import extractive
from rag.answerability import Calibration, Features, calibration
from rag.answers import Answer, Refusal, Turn
from rag.evidence import choose
from rag.questions import MAX_CHARS, Question, understand

_HITS = 8
_RELATED = 3


class Assistant:
    """Answers from whatever index `searcher` gives at the moment of the question."""

    def __init__(self, searcher: Callable[[], Searcher], rule: Calibration | None = None) -> None:
        self._searcher = searcher
        self._rule = rule or calibration()

    def ask(self, text: str, history: Sequence[Turn] = ()) -> Answer:
        """Return the answer, or a refusal as an answer; one version of the index serves it all.

        Raises InputError for a question that cannot be worked on, StoreError without an index.
        """
        question = understand(text, history)
        searcher = self._searcher()
        start = perf_counter()
        hits = searcher.search(question.resolved, _HITS)
        found = perf_counter()
        answer = self._answer(question, hits, searcher)
        laps = {"search": found - start, "answer": perf_counter() - found}
        return replace(answer, timings_ms={name: round(s * 1000, 2) for name, s in laps.items()})

    def _answer(self, question: Question, hits: list[Hit], searcher: Searcher) -> Answer:
        if not question.words:
            return _refusal(question, "off_topic", [], searcher)
        confidence = self.probability(question, hits[0], searcher) if hits else 0.0
        if confidence < self._rule.threshold:
            refusal = _refusal(question, "not_in_documents", hits[:_RELATED], searcher)
            return replace(refusal, confidence=confidence)
        documents = searcher.contents.documents
        cited = extractive.cite(choose(question, hits, documents), documents)
        return Answer(
            question.text, question.resolved, True, extractive.compose(cited),
            citations=tuple(cited), confidence=confidence,
            index_version=searcher.contents.version,
        )  # fmt: skip

    def probability(self, question: Question, best: Hit, searcher: Searcher) -> float:
        """Return the probability that the best hit answers the question."""
        return self._rule.probability(Features.of(best, searcher.coverage(question.words, best)))


def refused_input(text: str, message: str) -> Answer:
    """Return a question that cannot be worked on as a refusal, where an answer a line is due."""
    shown = text[:MAX_CHARS].encode(errors="replace").decode()
    return Answer(shown, shown, False, message, refusal="bad_question")


def _refusal(question: Question, why: Refusal, near: list[Hit], searcher: Searcher) -> Answer:
    notes = {document.note for document in searcher.contents.documents.values()} - {""}
    return Answer(
        question.text, question.resolved, False, extractive.refuse(bool(near), notes),
        refusal=why, related=tuple(extractive.relate(near)),
        index_version=searcher.contents.version,
    )  # fmt: skip
