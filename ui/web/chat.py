"""The conversation: what a visitor asks, what is shown, and what is kept of it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from threading import Lock, Thread, main_thread
from typing import Any

from corpus.errors import JinwenError
from index.scope import EVERYTHING, Scope
from index.search import Searcher
from rag.answers import Answer, Citation, Turn
from rag.assembly import Assembly
from rag.questions import MAX_CHARS
from rag.suggestions import Suggestion, near, suggestions
from ui.asked import asked_of
from ui.site import SiteFile
from ui.web import render
from ui.web.access import answered
from ui.web.answering import switched
from ui.web.later import LaterError
from ui.web.rates import Admit, free
from ui.web.reading import paragraph_of
from ui.web.seats import Seats

REMEMBERED = 30  # turns kept for a visitor
_RESTORED = 10  # questions asked again when a visitor comes back
_AFTER_ANSWER, _AFTER_REFUSAL, _AFTER_TALK = 2, 3, 4

Messages = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Said:
    """One turn of a conversation: the answer, or the error, and how it is shown.

    `writing` names the language model that is at work on it.
    """

    question: str
    answer: Answer | None
    shown: str
    error: str = ""
    writing: str = ""

    @property
    def turn(self) -> Turn:
        """Return the turn as the assistant knows it."""
        return Turn(self.question, self.answer.answer if self.answer else self.error)


class Chat:
    """Answers visitors; keeps nothing of them but what it hands back and what the site logs."""

    def __init__(self, assembly: Assembly, seats: Seats) -> None:
        self._assembly, self._seats = assembly, seats
        self._site, self._log = SiteFile(assembly.config.home), asked_of(assembly.config)
        self._offered: tuple[str, list[Suggestion]] = ("", [])
        self._preparing = Lock()

    def offered(self) -> list[Suggestion]:
        """Return questions that the index of now answers; none while they are worked out."""
        version, found = self._offered
        if version == self._assembly.store.current():
            return found
        if not self._preparing.locked():
            # No daemon: one that is cut off in the middle of a model's work aborts the process.
            Thread(target=self.prepare).start()
        return []

    def prepare(self) -> None:
        """Work out what is offered, once for a version: of many reports it takes seconds."""
        with self._preparing:
            try:
                searcher = self._assembly.searcher()
                if self._offered[0] == searcher.contents.version:
                    return
                documents = list(searcher.contents.documents.values())
                assistant = self._assembly.assistant_of(lambda: searcher, False)
                found = suggestions(assistant, documents, main_thread().is_alive)
                self._offered = searcher.contents.version, found
            except JinwenError:  # told to whoever asks
                return

    def reply(
        self, text: str, said: Sequence[Said], generate: bool = True, scope: Scope = EVERYTHING,
        admit: Admit = free,
    ) -> Iterator[list[Said]]:  # fmt: skip
        """Yield the conversation as its newest answer grows; an error is its answer.

        `admit` counts the question, and raises RateError where it is one too many.
        """
        turn: Said | None = None
        try:
            for conversation in self._growing(text, said, generate, scope, admit):
                turn = conversation[-1]
                yield conversation
        finally:  # a visitor who stops a model has asked all the same
            if turn and turn.answer:
                self._log.add(turn.answer)
                answered(turn.answer, alone=True)

    def _growing(
        self, text: str, said: Sequence[Said], generate: bool, scope: Scope, admit: Admit
    ) -> Iterator[list[Said]]:
        asked = str(text).encode(errors="replace").decode()
        said = settled(said)  # a new question ends the writing before
        try:
            admit()
            for turn in self._turns(asked, said, generate, scope):
                yield [*said, turn][-REMEMBERED:]
        except JinwenError as error:
            yield [*said, _failed(asked[:MAX_CHARS], error)][-REMEMBERED:]

    def _turns(
        self, asked: str, said: Sequence[Said], generate: bool, scope: Scope
    ) -> Iterator[Said]:
        """Yield a turn: what was found and, where a model words it, as its sentences come."""
        site = self._site.site
        generate, waits = switched(site, self._assembly, generate)
        with self._seats.seat(waits=waits):
            searcher = self._assembly.searcher()
            assistant = self._assembly.assistant_of(lambda: searcher, generate, site.hints)
            draft = assistant.draft(asked, [turn.turn for turn in said], scope)
            show = self._showing(searcher, scope)
        answer, shown, writing = draft.answer, show(draft.answer), assistant.writes(draft)
        for grown in assistant.growing(draft) if writing else ():
            if grown is not answer:
                answer, shown = grown, show(grown)
            yield Said(asked, answer, shown, writing=writing)
        yield Said(asked, answer, shown)

    def restored(self, questions: object, admit: Admit = free) -> list[Said]:
        """Return a conversation asked anew from its questions, as a browser kept them.

        All of them count as one; where that is one too many they stand there unanswered.
        """
        said: list[Said] = []
        kept = questions if isinstance(questions, list) else []
        asked = [q for q in kept if isinstance(q, str)][-_RESTORED:]
        try:
            if asked:
                admit()
        except LaterError as error:
            return [_failed(question[:MAX_CHARS], error) for question in asked]
        for question in asked:
            *_, said = self._growing(question, said, False, EVERYTHING, free)  # logged before
        return said

    def _showing(self, searcher: Searcher, scope: Scope) -> Callable[[Answer], str]:
        """Return what makes messages of answers, with the questions offered now."""
        documents, offered = searcher.contents.documents, self.offered()

        def place(c: Citation) -> str:
            paragraph = f"第 {paragraph_of(documents[c.document_id], c.start)} 段"
            return " · ".join((*c.path, paragraph))

        def show(answer: Answer) -> str:
            most = _AFTER_ANSWER if answer.answered else _AFTER_REFUSAL
            most = _AFTER_TALK if answer.refusal == "small_talk" else most
            return render.message(answer, place, near(offered, answer, most), scope)

        return show


def _failed(question: str, error: JinwenError) -> Said:
    return Said(question, None, render.notice(str(error)), str(error))


def settled(said: Sequence[Said]) -> list[Said]:
    """Return a conversation that nobody writes on any more."""
    return [replace(turn, writing="") for turn in said]


def messages(said: Sequence[Said]) -> Messages:
    """Return a conversation as Gradio's messages; what was typed is shown as text."""
    return [
        message
        for turn in said
        for message in (
            {"role": "user", "content": render.literal(turn.question)},
            {"role": "assistant", "content": _with_remark(turn)},
        )
    ]


def _with_remark(turn: Said) -> str:
    return render.writing(turn.shown, turn.writing) if turn.writing else turn.shown
