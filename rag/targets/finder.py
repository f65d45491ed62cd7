"""Targets: every figure that the documents promise or report, with what it is of.

各新增1000家 gives a row to each of the things it is joined to; 一批 is listed without a value.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache, partial

from corpus.documents import Document, Sentence, Span
from index.folding import fold
from rag.language.figures import Figure, figures, uncounted
from rag.targets.counting import counts
from rag.targets.indicators import indicators
from rag.targets.pairing import is_origin
from rag.targets.subjects import settled
from rag.targets.target import Kind, Target
from rag.targets.timing import timed, year_of
from rag.targets.trimming import BLANK, bare
from rag.targets.written import Written, written
from rag.years import plan_year

_SAID = re.compile(
    r"累计|新增|净增|各(?![类级地项方种])|(?<!公)共(?![建享同用有])|力争|达到|突破|超过|不低于|不少于"
    r"|(?<!规模)以上|左右|以内|减少|下降|增长|增加(?![值到至])|提高|压减|[余多](?=[户个家人名条万亿元所])"
)
_SOME = re.compile(r"一批|一些|若干|一系列|多个")
# A note on a word of the report.
_EXPLAINS = re.compile("”[：:]?(?:是?指|由)|^[^，。]{2,12}：是?指")


def targets(documents: Sequence[Document]) -> list[Target]:
    """Return the targets of documents, in their order."""
    return [target for document in documents for target in _of_document(document)]


def targets_at(document: Document, spans: Iterable[Span]) -> list[Target]:
    """Return the targets of the sentences that hold these spans, in text order."""
    starts = [sentence.start for sentence, _ in _timed(document)]
    numbers = {max(0, bisect_right(starts, span.start) - 1) for span in spans}
    return [t for number in sorted(numbers) for t in _of_number(document, number)]


@lru_cache(maxsize=256)
def _timed(document: Document) -> tuple[tuple[Sentence, int | None], ...]:
    return tuple(timed(document))


@lru_cache(maxsize=20_000)
def _of_number(document: Document, number: int) -> tuple[Target, ...]:
    sentence, year = _timed(document)[number]
    return tuple(_of_sentence(document, sentence, year))


@lru_cache(maxsize=256)
def _of_document(document: Document) -> tuple[Target, ...]:
    return tuple(
        target
        for sentence, year in timed(document)
        for target in _of_sentence(document, sentence, year)
    )


def _of_sentence(document: Document, sentence: Sentence, year: int | None) -> Iterator[Target]:
    text = document.text[sentence.start : sentence.end]
    last = ""
    for figure in filter(partial(counts, text), figures(text)):
        for name in indicators(text, figure):
            last = settled(name, text, figure, last) or last  # 新建农田4万亩、改造2.5万亩
            yield _target(document, sentence, year, figure.clause, last, figure)
    for part in uncounted(text):
        at = fold(text).find(part)
        if at >= 0 and len(fold(text)) == len(text) and _SOME.search(part):
            name = bare(_SOME.sub("", text[at : at + len(part)]))
            if len(name) > 1:
                span = Span(at, at + len(part))
                yield _target(document, sentence, year, span, name, None)


def _target(
    document: Document,
    sentence: Sentence,
    around: int | None,
    clause: Span,
    indicator: str,
    figure: Figure | None,
) -> Target:
    text = document.text[sentence.start : sentence.end]
    what = written(text, figure.quantity) if figure else _some(text, clause)
    at, where = sentence.start, what.span
    span = Span(at + clause.start, at + clause.end).stripped(document.text, BLANK)
    words = _SAID.findall(f"{figure.verb}{figure.own}") if figure else [where.of(text)]
    kind, year = _when(document, sentence, clause.of(text), around)
    return Target(
        indicator, what.value, what.unit, "、".join(dict.fromkeys(words)),
        "other" if figure and is_origin(text, figure) else kind,
        span.of(document.text), document.id, sentence.section, span.start, span.end,
        what.high, where.of(text), at + where.start, at + where.end, year, document.place,
    )  # fmt: skip


def _some(text: str, part: Span) -> Written:
    """Return what a part of a sentence says of several things it does not count: 一批."""
    found = _SOME.search(text, part.start, part.end)
    return Written(None, None, "", Span(*found.span()) if found else part)


def _when(
    document: Document, sentence: Sentence, clause: str, around: int | None
) -> tuple[Kind, int | None]:
    plan = plan_year(document)
    if plan is None or around is None:
        return "other", None
    text = document.text[sentence.start : sentence.end]
    year = year_of(clause, text, around, plan)
    note = any(map(_EXPLAINS.search, (*sentence.section[-1:], text)))
    return "other" if note else "target" if year >= plan else "result", year
