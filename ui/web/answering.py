"""A question of the API answered under the site's switches, with a seat, and logged."""

from collections.abc import Iterator, Sequence

from index.scope import EVERYTHING, Scope
from rag.answers import Answer, Turn
from rag.assembly import Assembly
from rag.assistant import Assistant
from rag.drafts import Draft
from ui.asked import asked_of
from ui.site import Site, SiteFile
from ui.web.access import answered
from ui.web.seats import Seats


def switched(site: Site, assembly: Assembly, generate: bool) -> tuple[bool, bool]:
    """Return whether a model may be used for an answer, and whether its hints are waited for."""
    generate = generate and site.generation
    return generate, generate and site.hints and assembly.hinter() is not None


class Answering:
    """What every route that answers shares; safe to share between threads."""

    def __init__(self, assembly: Assembly, seats: Seats) -> None:
        self._assembly, self._seats = assembly, seats
        self._site, self._log = SiteFile(assembly.config.home), asked_of(assembly.config)

    def answer(
        self, question: str, history: Sequence[Turn] = (), scope: Scope = EVERYTHING,
        generate: bool = True,
    ) -> Answer:  # fmt: skip
        """Return the answer; raises as Assistant.ask does, and BusyError without a seat."""
        assistant, draft = self._drafted(question, history, scope, generate)
        answer = assistant.written(draft)  # a model is waited for unseated
        self._tell(answer)
        return answer

    def growing(
        self, question: str, history: Sequence[Turn] = (), scope: Scope = EVERYTHING,
        generate: bool = True,
    ) -> Iterator[Answer]:  # fmt: skip
        """Return the answer as it grows, each time whole; the last is the answer.

        Whatever is raised is raised here, as by `answer`, before anything grows.
        """
        assistant, draft = self._drafted(question, history, scope, generate)
        return self._logged(draft.answer, assistant.growing(draft))

    def _drafted(
        self, question: str, history: Sequence[Turn], scope: Scope, generate: bool
    ) -> tuple[Assistant, Draft]:
        site = self._site.site
        generate, waits = switched(site, self._assembly, generate)
        assistant = self._assembly.assistant(generate, site.hints)
        with self._seats.seat(waits=waits):
            return assistant, assistant.draft(question, history, scope)

    def _logged(self, answer: Answer, growing: Iterator[Answer]) -> Iterator[Answer]:
        try:
            for answer in growing:
                yield answer
        finally:  # who hangs up meanwhile has asked all the same
            self._tell(answer)

    def _tell(self, answer: Answer) -> None:
        self._log.add(answer)
        answered(answer)
