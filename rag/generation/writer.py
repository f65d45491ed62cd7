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
from rag.generation.breaker import Breaker
from rag.generation.choice import Patience
from rag.generation.judging import Judge, fault
from rag.generation.listening import Chain, listen
from rag.generation.page import Page
from rag.generation.prompt import fitting, messages
from rag.generation.sentences import Sentence, Splitter
from rag.generation.timing import Timing

_SEATS = 4  # answers written at once; who comes then is not kept waiting
_BUSY = "现在用语言模型的人太多，以下是原文摘录。"
_DOWN = "语言模型暂时不可用，以下是原文摘录。"
_HALF = "{}，以下只有写完的部分，其余是原文摘录。"
_NONE = "{}，以下是原文摘录。"
_REPLACED = "语言模型写的话有 {} 句与引文不符，已换成原文。"


Asked = tuple[str, list[Citation]]


class Writer:
    """Words drafts with a chat model; `judge` says what is wrong with a sentence, if anything."""

    def __init__(
        self, model: Callable[[], BaseChatModel], name: str, patience: Patience,
        judge: Judge = fault,
    ) -> None:  # fmt: skip
        self.name = name
        self._model, self._patience, self._judge = model, patience, judge
        self._breaker, self._seats = Breaker(), BoundedSemaphore(_SEATS)

    def whole(self, draft: Draft) -> Answer:
        """Return the answer written in one reply, that by extraction when none can be had."""
        *_, answer = self._seated(draft, streaming=False)
        return answer

    def growing(self, draft: Draft) -> Iterator[Answer]:
        """Yield the answer as its sentences pass; the last one is the whole answer."""
        yield from self._seated(draft, streaming=True)

    def chain(self) -> Chain:
        """Return prompt and model as one Runnable, which tracing sees as such."""
        told = RunnableLambda(_messages, name="prompt")
        return (told | self._model()).with_config(run_name="jinwen-write")

    def _seated(self, draft: Draft, streaming: bool) -> Iterator[Answer]:
        """Yield the answer as it is written; by extraction when the model is busy or down."""
        if not self._seats.acquire(blocking=False):
            yield _with_warning(draft.answer, _BUSY)
            return
        try:
            if self._breaker.allows():
                yield from self._written(draft, streaming)
            else:
                yield _with_warning(draft.answer, _DOWN)
        finally:
            self._seats.release()

    def _written(self, draft: Draft, streaming: bool) -> Iterator[Answer]:
        given = fitting(draft.passages, len(draft.answer.citations))
        page = Page(draft, {c.n: c for c in given})
        clock = Timing()
        broken = ""
        try:
            for sentence in self._sentences(draft, given, streaming, clock):
                wrong = self._judge(sentence, page.given)
                if page.add(sentence, wrong) and page.kept:
                    clock.mark("first_sentence")
                    yield page.answer(model=self.name)
                if page.full:
                    break
            self._breaker.succeeded()
        except ModelError as error:
            self._breaker.failed()
            broken = str(error)
        yield self._closed(page, clock, broken)

    def _sentences(
        self, draft: Draft, given: list[Citation], streaming: bool, clock: Timing
    ) -> Iterator[Sentence]:
        """Yield what the model writes; of a reply that breaks off only the whole sentences."""
        splitter = Splitter()
        done = False
        asked = (draft.answer.resolved_question, given)
        for piece in listen(self.chain(), asked, self._patience, streaming):
            clock.hear(piece)
            done = done or piece.done
            yield from splitter.feed(piece.text)
        if not done:
            raise ModelError("语言模型的回答中途断了")
        yield from splitter.close()

    def _closed(self, page: Page, clock: Timing, broken: str) -> Answer:
        timings = {**page.draft.answer.timings_ms, **clock.laps()}
        warned = [_REPLACED.format(page.replaced)] if page.replaced else []
        if not page.kept:
            told = [_NONE.format(broken)] if broken else warned
            answer = replace(page.draft.answer, timings_ms=timings, tokens=clock.tokens)
            return replace(answer, warnings=(*answer.warnings, *told))
        page.close()
        told = [_HALF.format(broken)] if broken else []
        warnings = (*page.draft.answer.warnings, *told, *warned)
        return page.answer(
            model=self.name, timings_ms=timings, tokens=clock.tokens, warnings=warnings
        )


def _messages(asked: Asked) -> list[BaseMessage]:
    return messages(*asked)


def _with_warning(answer: Answer, told: str) -> Answer:
    return replace(answer, warnings=(*answer.warnings, told))
