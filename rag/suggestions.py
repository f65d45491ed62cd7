"""Questions to offer: made of the documents' own headings and figures, and answered before that.

A figure's own words make the question (启动275个老旧小区改造提升: 启动多少个老旧小区改造提升？), a
heading asks what is planned under it. What the assistant would not answer from that very place is
never offered.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from corpus.documents import Document, Span
from corpus.quantities import quantities
from corpus.rows import Row, rows
from corpus.structure import outline
from index.folding import fold
from rag.answers import Answer
from rag.language.figures import figures
from rag.language.names import MARKS

if TYPE_CHECKING:
    from rag.assistant import Assistant

_FEW = 3
_TRIED = 24  # questions tried for one version of the index: two seconds of work
_CHARS = range(6, 25)
_NUMBER = re.compile(r"^[\d.,一二三四五六七八九十百千]+")
_UNFIT = re.compile(r"^(?:其中|多少)|[“”]|多少[^一-鿿%]")  # part of something, or cut in a name
_KINDS = ("amount", "ratio")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A question that the documents answer, and the offset in a document that it was made of."""

    question: str
    document_id: str
    at: int


Made = tuple[Suggestion, Span]  # a question with the span that its answer has to cite


def suggestions(
    assistant: Assistant, documents: Sequence[Document], wanted: Callable[[], bool] = lambda: True
) -> list[Suggestion]:
    """Return the questions that hold, in document order, documents taking turns.

    None are tried any more once nobody has `wanted` them: the service ends.
    """
    several = len({document.place for document in documents}) > 1
    return list(_holding(assistant, documents, several, wanted))


def examples(assistant: Assistant, documents: Sequence[Document]) -> list[str]:
    """Return a few questions that the documents answer, of many the first ones: soon at hand."""
    several = len({document.place for document in documents}) > 1
    first = _holding(assistant, documents[:_FEW], several, lambda: True)
    return [suggestion.question for suggestion in islice(first, _FEW)]


def _holding(
    assistant: Assistant, documents: Sequence[Document], several: bool, wanted: Callable[[], bool]
) -> Iterator[Suggestion]:
    made = _in_turn([list(_made(d, d.place if several else "")) for d in documents])
    most = min(_TRIED, len(made))
    for suggestion, span in (made[i * len(made) // most] for i in range(most)):  # from all over
        if wanted() and _holds(assistant.ask(suggestion.question), suggestion, span):
            yield suggestion


def near(offered: Sequence[Suggestion], answer: Answer, most: int) -> list[str]:
    """Return at most so many questions, those made nearest to what an answer shows first.

    What was asked, what is cited and what the answer names itself are not among them.
    """
    shown = [*answer.citations, *answer.related]
    asked = {fold(answer.question), fold(answer.resolved_question)}
    cited = [Span(c.start, c.end) for c in answer.citations]

    def distance(s: Suggestion) -> float:
        apart = [abs(c.start - s.at) for c in shown if c.document_id == s.document_id]
        return min(apart, default=float("inf"))

    fresh = [
        s for s in offered
        if fold(s.question) not in asked and s.question not in answer.answer
        and not any(c.start <= s.at < c.end for c in cited)
    ]  # fmt: skip
    return [s.question for s in sorted(fresh, key=distance)[:most]]


def _made(document: Document, place: str) -> Iterator[Made]:
    """Yield questions, of a named `place` among several, with the span to be cited for each."""
    found, tabled = outline(document), rows(document)
    for sentence in found.sentences:
        span = Span(sentence.start, sentence.end)
        row = tabled.get(span.start)
        told = _of_row(row) if row else _of_figures(span.of(document.text))
        for question in () if sentence.is_heading else told:
            yield Suggestion(f"{place}{question}", document.id, span.start), span
    for section in found.sections:
        if len(section.heading) in _CHARS:
            question = f"{place}{section.heading}有什么安排？"
            yield (
                Suggestion(question, document.id, section.start),
                Span(section.start, section.end),
            )


def _of_figures(sentence: str) -> Iterator[str]:
    for figure in figures(sentence):
        quantity, item = figure.quantity, figure.item
        if quantity.kind not in _KINDS or figure.about or not quantity.unit:
            continue
        before, after = sentence[item.start : quantity.start], sentence[quantity.end : item.end]
        unit = _NUMBER.sub("", sentence[quantity.start : quantity.end])
        question = f"{figure.verb}{before}多少{unit}{after}".strip(MARKS) + "？"
        if len(question) in _CHARS and not _UNFIT.search(question):
            yield question.replace("多少%", "百分之多少")


def _of_row(row: Row) -> Iterator[str]:
    """Yield a question on the last figure of a row of a table: the newest, or what is planned."""
    for field in reversed(row.fields):
        question = f"{row.name}{field.name}是多少？"
        if field.heading and any(quantities(field.told)) and len(question) in _CHARS:
            yield question
            return


def _holds(answer: Answer, suggestion: Suggestion, span: Span) -> bool:
    """Tell whether an answer cites the place its question was made of."""
    return answer.answered and any(
        c.document_id == suggestion.document_id and span.overlaps(Span(c.start, c.end))
        for c in answer.citations
    )


def _in_turn(lists: list[list[Made]]) -> list[Made]:
    """Return the items of several lists, one of each at a time."""
    longest = max(map(len, lists), default=0)
    return [each[i] for i in range(longest) for each in lists if i < len(each)]
