"""Targets: every figure that the documents promise or report, with what it is of.

各新增1000家 gives a row to each of the things it is joined to; 一批 is listed without a value.
"""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from io import StringIO
from typing import Any, Literal

from corpus.documents import Document, Sentence, Span
from corpus.structure import outline
from index.folding import fold
from rag.language.figures import EACH, Figure, figures, uncounted
from rag.language.names import MARKS, opening
from rag.years import clause_year, plan_year, spoken_year

Kind = Literal["target", "result", "other"]

KINDS: dict[Kind, str] = {"target": "目标", "result": "已完成", "other": "其他"}

_BLANK = f"{MARKS}\n"
_KINDS = ("amount", "ratio")
_NUMBER = re.compile(r"^[\d.,]+")
_SAID = re.compile(
    r"累计|新增|净增|各|(?<!公)共|力争|达到|突破|超过|不低于|不少于|(?<!规模)以上|左右|以内"
    r"|减少|下降|增长|提高"
)
_NO_CHANGE = re.compile(r"[\d.,%]+.*|累计|达到?|突破|超过|净增|新增|分别")
_COUNT = re.compile(r"[0-9][0-9.,]*(?=[^0-9.,a-z])")  # the 5 of 5g基站 counts nothing
_JOINED_ON = "型性化区园类"  # 创新型 is no verb
_WHEN = re.compile(r"^(?:今年|本年|年内|全年|去年|其中|力争|确保)+")
_TAIL = re.compile(
    r"(?:控制在|稳定在|保持在|累计|新增|净增|各|共|达到?|突破|超过|为|到|实现|完成|增长|下降|提高|减少|压减|由|从|至)+$"
)
_SOME = re.compile(r"一批|一些|若干|一系列|多个")


@dataclass(frozen=True, slots=True)
class Target:
    """A figure as it is written and what it is of; `value` is None for 一批.

    `quote` is the clause, the document's text from `start` to `end` (code points, end exclusive).
    """

    indicator: str
    value: float | None
    unit: str
    qualifier: str
    kind: Kind
    quote: str
    document_id: str
    section: tuple[str, ...]
    start: int
    end: int

    def to_json(self) -> dict[str, Any]:
        """Return the target as the plain values of the public contract."""
        return asdict(self)


def targets(documents: Sequence[Document]) -> list[Target]:
    """Return the targets of documents, in their order."""
    return [target for document in documents for target in _of_document(document)]


@lru_cache(maxsize=64)
def _of_document(document: Document) -> tuple[Target, ...]:
    """Return the targets of one document, worked out once: the page asks at every key."""
    sentences = outline(document).sentences
    return tuple(target for each in sentences for target in _of_sentence(document, each))


def table(found: Sequence[Target]) -> str:
    """Return targets as CSV with a head of Chinese names, each with its source."""
    written = StringIO()
    rows = csv.writer(written)
    rows.writerow(("指标", "数值", "单位", "限定", "类别", "章节", "原文", "文档", "起", "止"))
    rows.writerows(map(_row, found))
    return written.getvalue()


def _row(t: Target) -> tuple[str | int, ...]:
    value = "" if t.value is None else f"{t.value:.15g}"
    section, quote = _safe(" › ".join(t.section)), _safe(t.quote)
    place = (t.document_id, t.start, t.end)
    return (_safe(t.indicator), value, t.unit, t.qualifier, KINDS[t.kind], section, quote, *place)


def _safe(text: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t")) else text


def _of_sentence(document: Document, sentence: Sentence) -> Iterator[Target]:
    text = document.text[sentence.start : sentence.end]
    for figure in figures(text):
        if figure.quantity.kind in _KINDS:
            for indicator in _indicators(text, figure):
                yield _target(document, sentence, figure.clause, indicator, figure)
    for part in uncounted(text):
        at = fold(text).find(part)
        if at >= 0 and len(fold(text)) == len(text) and _SOME.search(part):
            name = _bare(_SOME.sub("", text[at : at + len(part)]))
            yield _target(document, sentence, Span(at, at + len(part)), name, None)


def _target(
    document: Document, sentence: Sentence, clause: Span, indicator: str, figure: Figure | None
) -> Target:
    text = document.text[sentence.start : sentence.end]
    piece = clause.of(text)
    start, end = sentence.start + clause.start, sentence.start + clause.end
    span = Span(start, end).stripped(document.text, _BLANK)
    value, unit = _written(text, figure) if figure else (None, "")
    said = f"{figure.verb}{figure.own}" if figure else piece
    words = _SAID.findall(said) if figure else _SOME.findall(said)
    return Target(
        indicator, value, unit, "、".join(dict.fromkeys(words)), _kind(document, sentence, piece),
        span.of(document.text), document.id, sentence.section, span.start, span.end,
    )  # fmt: skip


def _indicators(text: str, figure: Figure) -> list[str]:
    """Return what a figure is of: one thing, or each of those it is joined to."""
    quantity = figure.quantity
    before = text[figure.item.start : quantity.qualified.start]
    after = text[max(quantity.end, quantity.qualified.end) : figure.item.end]
    if figure.each and (each := list(EACH.finditer(before))):
        parts = re.split("、|和|及", before[: each[-1].start()])
        return [name for name in map(_bare, parts) if name]
    if figure.about and len(_bare(before)) < 3:
        of = _COUNT.split(figure.about.split(" ")[-1])[0]
        return [f"{_bare(of)}{_NO_CHANGE.sub('', figure.own).strip(_BLANK)}"]
    if " " in figure.own:  # 分别 pairs it with a thing before it
        return [_bare(figure.own.split(" ")[0])]
    return [f"{_bare(before)}{_bare(after) if before.strip(_BLANK) else after.strip(_BLANK)}"]


def _bare(text: str) -> str:
    """Return a name without the verbs before it and what leads to a figure behind it."""
    told = _WHEN.sub("", re.split("[：:]", text.strip(_BLANK))[-1])
    while cut := opening(f"{told}事"):  # a name may be verbs to its end: 启动275个
        if told[cut : cut + 1] in _JOINED_ON and cut < len(told):
            break
        told = _WHEN.sub("", told[cut:])
    return _TAIL.sub("", told).strip(_BLANK)


def _written(text: str, figure: Figure) -> tuple[float | None, str]:
    """Return a figure's number and unit as they are written: 2000 and 亿元."""
    quantity = figure.quantity
    raw = text[quantity.start : quantity.end]
    number = _NUMBER.match(raw)
    if number and quantity.high is None:
        return float(number[0].replace(",", "")), raw[number.end() :].strip()
    return (None if quantity.value is None else float(quantity.value)), quantity.unit


def _kind(document: Document, sentence: Sentence, clause: str) -> Kind:
    plan = plan_year(document)
    text = document.text[sentence.start : sentence.end]
    year = clause_year(spoken_year(sentence.section, text, plan), clause, document)
    if plan is None or year is None:
        return "other"
    return "target" if year >= plan else "result"
