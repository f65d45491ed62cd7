"""Writing: a model's sentences as they pass the judge, the report's own words where they do not."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from threading import BoundedSemaphore

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import BaseMessage
from langchain_core.runnables import RunnableLambda

from corpus.errors import ModelError
from rag.answers import Answer, Citation
from rag.drafts import Draft
from rag.generation.calling import Chain
from rag.generation.judging import Judge, fault
from rag.generation.listening import Listener
from rag.generation.page import Page
from rag.generation.prompt import NOTHING, fitting, messages
from rag.generation.relevance import beside
from rag.generation.sentences import Sentence, Splitter
from rag.generation.timing import Timing

SEATS = 4  # answers written at once; who comes then is not kept waiting
_BUSY = "现在用语言模型的人太多"
_HALF = "{}，以下只有写完的部分，其余是原文摘录。"
_NONE = "{}，以下是原文摘录。"

Aside = Callable[[Sentence, Draft], bool]
Asked = tuple[str, list[Citation]]


class Writer:
    """Words drafts with a chat model.

    `judge` says what is wrong with a sentence, if anything, `aside` whether a true one is beside
    the question.
    """

    def __init__(
        self, model: Callable[[], BaseChatModel], name: str, listener: Listener,
        judge: Judge = fault, aside: Aside = beside, seats: int = SEATS,
    ) -> None:  # fmt: skip
        self.name = name
        self._model, self._listener = model, listener
        self._judge, self._aside = judge, aside
        self._seats = BoundedSemaphore(seats)

    def whole(self, draft: Draft) -> Answer:
        """Return the answer written in one reply, that by extraction when none can be had."""
        *_, answer = self._seated(draft, streaming=False)
        return answer

    def growing(self, draft: Draft) -> Iterator[Answer]:
        """Yield the answer as its sentences pass, the same again while the model is silent.

        Each is whole, so that one may stop at any; the last one is the answer.
        """
        yield from self._seated(draft, streaming=True)

    def chain(self) -> Chain:
        """Return prompt and model as one Runnable, which tracing sees as such."""
        told = RunnableLambda(_messages, name="prompt")
        return (told | self._model()).with_config(run_name="jinwen-write")

    def _seated(self, draft: Draft, streaming: bool) -> Iterator[Answer]:
        """Yield the answer as it is written; by extraction when too many are written."""
        if not self._seats.acquire(blocking=False):
            yield _warned(draft.answer, _NONE.format(_BUSY))
            return
        try:
            yield from self._written(draft, streaming)
        finally:
            self._seats.release()

    def _written(self, draft: Draft, streaming: bool) -> Iterator[Answer]:
        given = fitting(draft.passages, len(draft.answer.citations))
        page, clock = Page(draft, {c.n: c for c in given}), Timing()
        broken = ""
        try:
            yield from self._filled(page, given, streaming, clock)
        except ModelError as error:
            broken = str(error)
        told = (_HALF if page.kept else _NONE).format(broken) if broken else ""
        yield self._finished(_warned(page.answer(), told), clock)

    def _filled(
        self, page: Page, given: list[Citation], streaming: bool, clock: Timing
    ) -> Iterator[Answer]:
        """Yield the answer whenever a sentence is added to it or the model is silent."""
        now = page.answer()
        for sentence in self._sentences(
            (page.draft.answer.resolved_question, given), streaming, clock
        ):
            if sentence and self._add(page, sentence) and page.kept:
                clock.mark("first_sentence")
                now = self._finished(page.answer(), clock)
            yield now
            if page.full:
                return

    def _add(self, page: Page, sentence: Sentence) -> bool:
        """Put a sentence on the page, or what is there instead; tell whether a line came of it."""
        wrong = self._judge(sentence, page.given)
        idle = sentence.text == NOTHING or (not wrong and self._aside(sentence, page.draft))
        return not idle and page.add(sentence, wrong)

    def _sentences(self, asked: Asked, streaming: bool, clock: Timing) -> Iterator[Sentence | None]:
        """Yield what the model writes, None while it is silent.

        Of a reply that breaks off, which raises ModelError, come only the whole sentences.
        """
        splitter = Splitter()
        for piece in self._listener.listen(self.chain, asked, streaming):
            clock.hear(piece)
            yield from splitter.feed(piece.text) if piece.text else (None,)
        yield from splitter.close()

    def _finished(self, answer: Answer, clock: Timing) -> Answer:
        model = self.name if answer.mode == "generative" else ""
        timings = {**answer.timings_ms, **clock.laps()}
        return replace(answer, model=model, timings_ms=timings, tokens=clock.tokens)


def _messages(asked: Asked) -> list[BaseMessage]:
    return messages(*asked)


def _warned(answer: Answer, told: str) -> Answer:
    """Return an answer with a notice, which may be none."""
    return replace(answer, warnings=(*answer.warnings, told)) if told else answer
