"""A reader made by hand, for what is done with what was read: it says what a test tells it to."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from corpus.documents import Span
from rag.reader import Mark, Read
from rag.reader.windows import Window

Says = Callable[[str, Window], Read]


@dataclass
class Told:
    """Reads as `says` has it, and keeps what it was asked to read, call by call."""

    says: Says
    asked: list[tuple[str, list[Window]]] = field(default_factory=list)
    name: str = "told"

    def read(self, question: str, windows: Sequence[Window]) -> list[Read]:
        self.asked.append((question, list(windows)))
        return [self.says(question, window) for window in windows]


def read_of(
    window: Window, answered: float, *answers: str, polar: float = 0.0, yes: float = 0.5
) -> Read:
    """Return a window as read: a mark for each character, likely inside the answers alone."""
    text = window.page.document.text
    start, end = window.page.span(window.first).start, window.page.span(window.last).end
    found = [(at, at + len(each)) for each in answers if (at := text.find(each, start, end)) >= 0]
    marks = tuple(
        Mark(
            Span(i, i + 1),
            0.99 if any(a <= i < b for a, b in found) else 0.01,
            0.99 if any(a == i for a, _ in found) else 0.01,
        )
        for i in range(start, end)
    )
    return Read(window, answered, polar, yes, marks)
