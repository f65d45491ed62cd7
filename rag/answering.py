"""Answering: what was read becomes a headline as a person would say it, and its quotes."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.documents import Span
from corpus.quantities import Quantity
from corpus.sentences import clauses
from index.folding import fold
from rag import polarity
from rag.findings import Finding
from rag.language.figures import Figure, figures
from rag.language.matching import holds
from rag.language.names import is_verb, opening
from rag.language.pairs import pairs
from rag.questions import GENERIC, Question, content_words
from rag.quoting import around, clause_of, focus
from rag.reader import Mark, Read
from rag.reader.choosing import choose
from rag.reader.spans import moved, proposals
from rag.reader.windows import Page
from rag.reading import Sight

_CLOSE = 3.0  # log-odds: two sentences fit alike
_HEADLINE_CHARS = 120  # what is longer is a passage: the quote says it
_FACT_CHARS = 40
_MARKS = "，,；;：:、。！？ "
_HOW_MANY = re.compile(
    r"多少|(?<!哪)几(?![内何乎率号])|第几|百分之|多[大高长久重远宽]|how (?:many|much|long|far)",
    re.I,
)
_MEASURE = re.compile(r"(?<!第)(?:几|多少)([一-鿿])")
_SEVERAL = re.compile(
    r"哪些|哪几|哪[两二三四五六七八九十\d]|分别|各(?![类种地界])|都有|包括|和|与|跟|以及|、|从.+到|比"
)


def finding(question: Question, sight: Sight) -> Finding | None:
    """Return what a window says to a question it answers; None for a row without that column."""
    read = sight.read
    page, number = sight.evidence.page, _sentence(read, sight)
    spans = _chosen(question.plain, page, number, read)
    fact = _fact(page, number, spans)
    if polarity.is_polar(question, read):
        short: str | None = (
            f"{'是' if polarity.holds(question.plain, fact, read) else '否'}，{fact}"
        )
    else:
        short = _headline(page, spans)
    quote = around(page, number, spans)
    return Finding(short, (quote,), fact, focus=focus(page, number, spans))


def beside(found: Finding, question: Question, sights: Sequence[Sight], least: float) -> Finding:
    """Return a finding that is not sure with the quotes of what fits nearly as well."""
    also = [
        quote for sight in sights[1:]
        if sight.fit > sights[0].fit - _CLOSE and sight.read.answered >= least
        if (other := finding(question, sight))
        for quote in other.quotes
    ]  # fmt: skip
    return replace(found, quotes=(*found.quotes, *also[:1]))


def _sentence(read: Read, sight: Sight) -> int:
    """Return the sentence of a window that most of the marks of an answer stand in."""
    page = sight.evidence.page
    held: dict[int, float] = {sight.evidence.number: 0.5}
    for mark in read.marks:
        if mark.inside >= 0.5:
            number = page.at(mark.span.start)
            held[number] = held.get(number, 0.0) + mark.inside
    return max(held, key=lambda number: held[number])


def _chosen(question: str, page: Page, number: int, read: Read) -> list[Span]:
    """Return the spans of a sentence that answer."""
    sentence = page.span(number)
    marks = [m for m in read.marks if m.span.overlaps(sentence)]
    if _HOW_MANY.search(question) and (counted := _counted(page, number, question, marks)):
        return counted
    text = sentence.of(page.document.text)
    if paired := _respective(question, text):
        return [Span(sentence.start + s.start, sentence.start + s.end) for s in paired]
    offered = [Span(sentence.start + s.start, sentence.start + s.end) for s in proposals(text)]
    told = [s for s in offered if fold(s.of(page.document.text)) not in question]
    return [chosen.span for chosen in choose(marks, told or offered)]


def _respective(question: str, text: str) -> list[Span]:
    """Return what 分别 gives to the things that a question names, if it names some of them."""
    return [
        Span(clause.start + that.start, clause.start + that.end)
        for clause in clauses(text, Span(0, len(text)))
        for this, that in _sides(clause.of(text))
        if len(name := fold(this.of(clause.of(text))).strip("“”")) > 1 and name in question
    ]


def _sides(clause: str) -> Iterator[tuple[Span, Span]]:
    """Yield what 分别 pairs in a clause, each way round, free of the verbs before it."""
    for pair in pairs(clause):
        left, right = (
            Span(side.start + opening(side.of(clause)), side.end).stripped(clause, _MARKS)
            for side in (pair.left, pair.right)
        )
        yield left, right
        yield right, left


def _counted(page: Page, number: int, question: str, marks: Sequence[Mark]) -> list[Span]:
    """Return the figures of a sentence that answer, as a person would say them: 增长5%左右.

    Of several that are likely, the one whose thing is asked for, unless several are asked for.
    """
    sentence = page.span(number)
    text = sentence.of(page.document.text)
    words = [w for w in content_words(question) if w not in GENERIC and not is_verb(w)]

    def fit(figure: Figure) -> float:
        told = figure.quantity
        span = Span(sentence.start + told.start, sentence.start + told.end)
        held = [mark.inside for mark in marks if mark.span.overlaps(span)]
        named = sum(holds(figure.said, word) for word in words) / (len(words) or 1)
        return sum(held) / (len(held) or 1) + named

    found = [f for f in figures(text) if _counts(f.quantity, question)]
    likely = [f for f in found if fit(f) >= 1.0] if _SEVERAL.search(question) else []
    best = likely if len(likely) > 1 else sorted(found, key=fit)[-1:]
    return [
        Span(sentence.start + told.start, sentence.start + told.end)
        for told in (moved(text, figure.quantity.qualified) for figure in best)
    ]


def _counts(quantity: Quantity, question: str) -> bool:
    """Tell whether a figure may be what is asked for: 11号线 names a thing and counts none."""
    if quantity.kind in ("ordinal", "label"):
        asked = _MEASURE.search(question)  # 几条, 多少名; 排名多少 has none
        return asked is None or quantity.unit.startswith(asked[1])
    return quantity.kind != "date"


def _headline(page: Page, spans: Sequence[Span]) -> str | None:
    """Return the spans as one line; None where they are no shorter than a passage."""
    told = [span.of(page.document.text).strip(_MARKS) for span in spans]
    line = "、".join(dict.fromkeys(filter(None, told)))
    return line if 0 < len(line) <= _HEADLINE_CHARS else None


def _fact(page: Page, number: int, spans: Sequence[Span]) -> str:
    """Return the clause that an answer rests on; of one with several figures the part with its."""
    text, sentence = page.document.text, page.span(number)
    best = max(spans, key=lambda s: s.end - s.start, default=sentence)
    inner = Span(best.start - sentence.start, best.end - sentence.start)
    for figure in figures(sentence.of(text)):
        if figure.quantity.qualified.overlaps(inner) and not figure.about:
            return figure.item.of(sentence.of(text)).strip(_MARKS)
    clause = clause_of(page, number, best)
    whole = clause.end - clause.start <= _FACT_CHARS
    return (clause if whole else best).of(text).strip(_MARKS)
