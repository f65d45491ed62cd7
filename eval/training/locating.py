"""Where an answer stands: characters of a document become characters of a folded sentence."""

from bisect import bisect_left
from collections.abc import Iterable

from corpus.documents import Span
from rag.reader.windows import Page


def folded(page: Page, sentence: int, spans: Iterable[Span]) -> tuple[Span, ...] | None:
    """Return where spans of a document stand in one of its sentences, folded.

    None when one of them is not wholly in the sentence, or nothing of it is left.
    """
    own = page.span(sentence)
    places = page.folded(sentence)[1]
    found: list[Span] = []
    for span in spans:
        start, end = (bisect_left(places, at - own.start) for at in (span.start, span.end))
        if span.start < own.start or span.end > own.end or start >= end:
            return None
        found.append(Span(start, end))
    return tuple(sorted(found, key=lambda span: span.start))


def stand(text: str, within: Span, near: int, answers: Iterable[str]) -> list[Span] | None:
    """Return where answers stand inside a span of a text, each where it is nearest to `near`.

    They do not overlap; longer ones choose first. None when one of them does not stand there.
    """
    found: list[Span] = []
    for answer in sorted(answers, key=len, reverse=True):
        free = [s for s in _all(text, within, answer) if not any(s.overlaps(f) for f in found)]
        if not free:
            return None
        found.append(min(free, key=lambda span: abs(span.start - near)))
    return found


def _all(text: str, within: Span, answer: str) -> Iterable[Span]:
    at = text.find(answer, within.start, within.end)
    while at >= 0:
        yield Span(at, at + len(answer))
        at = text.find(answer, at + 1, within.end)
