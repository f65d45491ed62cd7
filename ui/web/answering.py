"""A question from a program, answered as the site's switches say and logged where they say so."""

from collections.abc import Sequence

from index.scope import EVERYTHING, Scope
from rag.answers import Answer, Turn
from rag.assembly import Assembly
from ui.asked import AskedLog
from ui.site import SiteFile
from ui.web.seats import Seats


class Answering:
    """Answers for programs; safe to share between threads."""

    def __init__(self, assembly: Assembly, seats: Seats) -> None:
        self._assembly, self._seats = assembly, seats
        self._site, self._log = SiteFile(assembly.config.home), AskedLog(assembly.config.home)

    def ask(
        self,
        question: str,
        history: Sequence[Turn] = (),
        scope: Scope = EVERYTHING,
        generate: bool = True,
    ) -> Answer:
        """Return the answer; raises BusyError without a seat, JinwenError as the assistant does."""
        site, assembly = self._site.site, self._assembly
        generate = generate and site.generation
        assistant = assembly.assistant(generate, site.hints)
        waits = generate and site.hints and assembly.hinter() is not None
        with self._seats.seat(waits=waits):
            draft = assistant.draft(question, history, scope)
        answer = assistant.written(draft)  # a model is waited for unseated
        self._log.add(answer)
        return answer
