"""What the reader is shown of a report: windows that answer, and windows that mislead."""

from collections.abc import Iterator
from random import Random

from eval.training import misplacing
from eval.training.config import Making
from eval.training.examples import NONE, SPAN, Asked, Report, Shown
from eval.training.layout import Layout
from eval.training.nearest import Nearest
from eval.training.windowing import grown, placed
from rag.reader.windows import Window


class Showing:
    """Makes the reader's examples of one report; the same ones whenever the seed is the same."""

    def __init__(self, report: Report, near: Nearest, layout: Layout, making: Making,
                 places: list[str], rng: Random) -> None:  # fmt: skip
        self._report, self._near, self._layout = report, near, layout
        self._making, self._places, self._rng = making, places, rng

    def shown(self, asked: Asked) -> Iterator[Shown]:
        """Yield what is shown of one sentence's questions."""
        for question in asked.questions:
            yield from (self._answer(question, asked) for _ in range(self._making.windows))
            yield from self._beside(question, asked)
            yield from self._misplaced(question, asked)
        for question in asked.near_misses:
            yield from (self._none(question, asked.sentence) for _ in range(self._making.windows))
            for number in self._near.misleading(question, asked, self._making.tempting):
                yield self._none(question, number)

    def _answer(self, question: str, asked: Asked) -> Shown:
        window = self._window(asked.sentence)
        return Shown(question, window, asked.verdict, placed(window, asked))

    def _none(self, question: str, number: int, without: int | None = None) -> Shown:
        return Shown(question, self._window(number, without), NONE)

    def _beside(self, question: str, asked: Asked) -> Iterator[Shown]:
        """Yield sentences that are near and do not answer, in windows without the one that does."""
        hard = self._near.misleading(question, asked, self._making.hard)
        half = self._making.hard // 2
        for group, count in (
            (hard[:half], self._making.hard_first),
            (hard[half:], self._making.hard_last),
        ):
            for number in self._rng.sample(group, min(count, len(group))):
                yield self._none(question, number, without=asked.sentence)

    def _misplaced(self, question: str, asked: Asked) -> Iterator[Shown]:
        chance, making = self._rng.random(), self._making
        if chance < making.elsewhere:
            yield from self._elsewhere(question, asked)
        elif chance < making.elsewhere + making.another_year and asked.verdict == SPAN:
            yield from self._another_year(question, asked)

    def _elsewhere(self, question: str, asked: Asked) -> Iterator[Shown]:
        name = self._report.name
        other = misplacing.elsewhere(question, name, self._places, self._rng)
        yield self._none(other, asked.sentence)
        if own := misplacing.here(question, name):
            yield self._answer(own, asked)

    def _another_year(self, question: str, asked: Asked) -> Iterator[Shown]:
        sentence = self._report.page.folded(asked.sentence)[0]
        other = misplacing.another_year(question, sentence, self._making.years, self._rng)
        if other:
            yield self._none(other, asked.sentence)
            if own := misplacing.this_year(question, self._making.year):
                yield self._answer(own, asked)

    def _window(self, number: int, without: int | None = None) -> Window:
        room, size = self._making.window_tokens, self._layout.size
        return grown(self._report.page, number, room, size, self._rng, without)
