"""Which passages answer: the best hit and those that add something to it, as quotable spans."""

from collections.abc import Mapping
from dataclasses import dataclass

from corpus.documents import Document, Span
from corpus.sentences import sentences
from index.lexicon import words
from index.search import Hit
from rag.questions import Question

_MOST = 3
_NEAR = 0.7  # of the best score; further down a passage is about something else
_QUOTED_CHARS = 120
_UNDER_HEADING = 2
_TRAILING = "，,；;：:"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A hit chosen to be quoted, and the span of its document to show."""

    hit: Hit
    span: Span


def choose(
    question: Question, hits: list[Hit], documents: Mapping[str, Document]
) -> list[Evidence]:
    """Return the evidence in document order; empty only when there are no hits.

    After the best hit, others are taken when they score near it and hold words of the question
    that nothing before them held.
    """
    wanted = set(question.words)
    held: set[str] = set()
    chosen: list[Evidence] = []
    for hit in hits:
        new = (wanted & set(words(hit.text))) - held
        if hit is hits[0] or (new and hit.score >= _NEAR * hits[0].score):
            found = [Evidence(hit, span) for span in _spans(hit, documents[hit.document_id].text)]
            chosen += [e for e in found if not any(_overlap(e, other) for other in chosen)]
            held |= new
    return sorted(chosen[:_MOST], key=lambda e: (e.hit.document_id, e.span.start))


def _spans(hit: Hit, text: str) -> list[Span]:
    """Return what to quote for a hit: sentences for a heading, a whole sentence for a clause."""
    if hit.kind == "heading":
        below = list(sentences(text, Span(hit.end, hit.block.end)))
        return below[:_UNDER_HEADING] or [Span(hit.start, hit.end)]
    if hit.kind == "clause":
        whole = next(
            span
            for span in sentences(text, Span(hit.block.start, hit.block.end))
            if span.start <= hit.start < span.end
        )
        if whole.end - whole.start <= _QUOTED_CHARS:
            return [whole]
    return [Span(hit.start, hit.start + len(hit.text.rstrip(_TRAILING)))]


def _overlap(a: Evidence, b: Evidence) -> bool:
    return a.hit.document_id == b.hit.document_id and a.span.overlaps(b.span)
