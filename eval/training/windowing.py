"""Windows for training: a sentence with neighbours of its paragraph, grown at random."""

from collections.abc import Callable
from random import Random

from corpus.documents import Span
from eval.training.examples import Asked
from rag.reader.windows import Page, Window


def grown(
    page: Page, focus: int, room: int, size: Callable[[str], int], rng: Random,
    without: int | None = None,
) -> Window:  # fmt: skip
    """Return a window around a sentence that takes at most `room` tokens, if that sentence does.

    It grows forth or back by chance, so that an answer may stand anywhere in it, and never takes
    in the sentence `without`.
    """
    first = last = focus
    used = size(page.folded(focus)[0])
    while sides := [n for n in (first - 1, last + 1) if n != without and _beside(page, n, focus)]:
        number = rng.choice(sides)
        used += size(page.folded(number)[0])
        if used > room:
            break
        first, last = min(first, number), max(last, number)
    return Window(page, first, last, focus)


def placed(window: Window, asked: Asked) -> tuple[Span, ...]:
    """Return the answers' characters in the window's sentences put together."""
    before = window.texts[: window.focus - window.first]
    at = sum(map(len, before))
    return tuple(Span(at + span.start, at + span.end) for span in asked.spans)


def _beside(page: Page, number: int, focus: int) -> bool:
    inside = 0 <= number < len(page.sentences)
    return inside and page.sentences[number].paragraph == page.sentences[focus].paragraph
