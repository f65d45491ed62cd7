"""Targets: every figure that the documents promise or report, with what it is of.

各新增1000家 gives a row to each of the things it is joined to; 一批 is listed without a value.
"""

import re
from collections.abc import Iterator, Sequence
from functools import partial

from corpus.documents import Document, Sentence, Span
from corpus.structure import outline
from index.folding import fold
from rag.language.figures import Figure, figures, uncounted
from rag.targets.indicators import BLANK, bare, indicators, is_name
from rag.targets.target import Kind, Target
from rag.years import clause_year, plan_year, spoken_year

_KINDS = ("amount", "ratio")
_VAGUE = re.compile("[余多]")
_NUMBER = re.compile(r"^[\d.,]+")
_SHORTENED = re.compile("(?:压[缩减]|缩短|控制|提速)[至到在]$")
_SAID = re.compile(
    r"累计|新增|净增|各|(?<!公)共|力争|达到|突破|超过|不低于|不少于|(?<!规模)以上|左右|以内"
    r"|减少|下降|增长|提高|压减|[余多](?=[户个家人名条万亿元所])"
)
_SOME = re.compile(r"一批|一些|若干|一系列|多个")


def targets(documents: Sequence[Document]) -> list[Target]:
    """Return the targets of documents, in their order."""
    return [target for document in documents for target in _of_document(document)]


def _of_document(document: Document) -> Iterator[Target]:
    for sentence in outline(document).sentences:
        yield from _of_sentence(document, sentence)


def _of_sentence(document: Document, sentence: Sentence) -> Iterator[Target]:
    text = document.text[sentence.start : sentence.end]
    last = ""
    for figure in filter(partial(_counts, text), figures(text)):
        for indicator in indicators(text, figure):
            last = indicator or last  # 新建农田4万亩、改造2.5万亩
            yield _target(document, sentence, figure.clause, last, figure)
    for part in uncounted(text):
        at = fold(text).find(part)
        if at >= 0 and len(fold(text)) == len(text) and _SOME.search(part):
            name = bare(_SOME.sub("", text[at : at + len(part)]))
            yield _target(document, sentence, Span(at, at + len(part)), name, None)


def _counts(text: str, figure: Figure) -> bool:
    """Tell whether a figure counts or measures something; 12345热线 does not."""
    q = figure.quantity
    if q.kind == "duration":  # 压缩至3个工作日, not 24小时热线
        return bool(_SHORTENED.search(text, 0, q.qualified.start))
    measured = q.unit or re.search("[万亿]", text[q.start : q.end])
    return q.kind in _KINDS and bool(measured) and not is_name(text, q.start, q.end)


def _target(
    document: Document, sentence: Sentence, clause: Span, indicator: str, figure: Figure | None
) -> Target:
    text = document.text[sentence.start : sentence.end]
    piece = clause.of(text)
    start, end = sentence.start + clause.start, sentence.start + clause.end
    span = Span(start, end).stripped(document.text, BLANK)
    value, unit = _written(text, figure) if figure else (None, "")
    said = f"{figure.verb}{figure.own}" if figure else piece
    words = _SAID.findall(said) if figure else _SOME.findall(said)
    kind = "other" if figure and figure.before else _kind(document, sentence, piece)
    return Target(
        indicator, value, unit, "、".join(dict.fromkeys(words)), kind,
        span.of(document.text), document.id, sentence.section, span.start, span.end,
    )  # fmt: skip


def _written(text: str, figure: Figure) -> tuple[float | None, str]:
    """Return a figure's number and unit as they are written: 2000 and 亿元."""
    quantity = figure.quantity
    raw = text[quantity.start : quantity.end]
    number = _NUMBER.match(raw)
    if number and quantity.high is None:
        return float(number[0].replace(",", "")), _VAGUE.sub("", raw[number.end() :]).strip()
    return (None if quantity.value is None else float(quantity.value)), quantity.unit


def _kind(document: Document, sentence: Sentence, clause: str) -> Kind:
    plan = plan_year(document)
    text = document.text[sentence.start : sentence.end]
    year = clause_year(spoken_year(sentence.section, text, plan), clause, document)
    if plan is None or year is None:
        return "other"
    return "target" if year >= plan else "result"
