"""The conversation: what a visitor asks, what is shown, and what is kept of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from corpus.errors import JinwenError
from index.search import Searcher
from rag.answers import Answer, Citation, Turn
from rag.assembly import Assembly
from rag.assistant import Assistant
from rag.questions import MAX_CHARS
from rag.suggestions import Suggestion, near, suggestions
from ui.web import render
from ui.web.desk import Desk
from ui.web.reading import paragraph_of

REMEMBERED = 30  # turns kept for a visitor
_RESTORED = 10  # questions asked again when a visitor comes back
_AFTER_ANSWER, _AFTER_REFUSAL = 2, 3

Messages = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Said:
    """One turn of a conversation: the answer, or the error, and how it is shown."""

    question: str
    answer: Answer | None
    shown: str
    error: str = ""

    @property
    def turn(self) -> Turn:
        """Return the turn as the assistant knows it."""
        return Turn(self.question, self.answer.answer if self.answer else self.error)


class Chat:
    """Answers visitors; keeps nothing of them but what it hands back."""

    def __init__(self, assembly: Assembly, desk: Desk) -> None:
        self._assembly, self._desk = assembly, desk
        self._offered: tuple[str, list[Suggestion]] = ("", [])

    def offered(self) -> list[Suggestion]:
        """Return questions that the index of now answers, worked out once for a version."""
        version, found = self._offered
        current = self._assembly.store.current()
        if version != current:
            searcher = self._assembly.searcher()
            documents = list(searcher.contents.documents.values())
            found = suggestions(Assistant(lambda: searcher), documents)
            self._offered = (current, found)
        return found

    def reply(self, text: str, said: Sequence[Said], generate: bool = True) -> Iterator[list[Said]]:
        """Yield the conversation as its newest answer grows; an error is its answer."""
        asked = str(text).encode(errors="replace").decode()
        try:
            with self._desk.seat():
                searcher = self._assembly.searcher()
                writer = self._assembly.writer() if generate else None
                assistant = Assistant(lambda: searcher, writer=writer)
                draft = assistant.draft(asked, [turn.turn for turn in said])
                shown = self._shown(draft.answer, searcher)
        except JinwenError as error:
            failed = Said(asked[:MAX_CHARS], None, render.notice(str(error)), str(error))
            yield [*said, failed][-REMEMBERED:]
            return
        for part in render.partial_messages(draft.answer, shown):
            yield [*said, Said(asked, draft.answer, part)][-REMEMBERED:]
        if writer and draft.passages:
            writing = Said(asked, draft.answer, render.writing(shown, writer.name))
            yield [*said, writing][-REMEMBERED:]
            for answer in writer.growing(draft):
                grown = Said(asked, answer, self._shown(answer, searcher))
                yield [*said, grown][-REMEMBERED:]

    def restored(self, questions: object) -> list[Said]:
        """Return a conversation asked anew from its questions, as a browser kept them."""
        said: list[Said] = []
        kept = questions if isinstance(questions, list) else []
        for question in [q for q in kept if isinstance(q, str)][-_RESTORED:]:
            *_, said = self.reply(question, said, generate=False)
        return said

    def _shown(self, answer: Answer, searcher: Searcher) -> str:
        documents = searcher.contents.documents

        def place(c: Citation) -> str:
            paragraph = f"第 {paragraph_of(documents[c.document_id], c.start)} 段"
            return " · ".join((c.title, *c.section, paragraph))

        most = _AFTER_ANSWER if answer.answered else _AFTER_REFUSAL
        return render.message(answer, place, near(self.offered(), answer, most))


def messages(said: Sequence[Said]) -> Messages:
    """Return a conversation as Gradio's messages; what was typed is shown as text."""
    return [
        message
        for turn in said
        for message in (
            {"role": "user", "content": render.literal(turn.question)},
            {"role": "assistant", "content": turn.shown},
        )
    ]


def questions(said: Sequence[Said]) -> list[str]:
    """Return what a browser keeps of a conversation."""
    return [turn.question for turn in said if turn.answer]
