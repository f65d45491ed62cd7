"""Telling what was found across reports: headline, a line a report, the table, citations."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from corpus.documents import Document
from rag import drafting
from rag.across.asking import Asked
from rag.across.comparing import compared
from rag.across.ranking import leading, ordered, rank_key, size
from rag.answers import Answer, Citation
from rag.drafts import Draft
from rag.inquiry import Inquiry
from rag.reader.windows import page
from rag.table import Row, Table
from rag.targets.target import Target

Found = list[tuple[Document, Target]]
_NONE_MEETS = "给出这个数字的 {} 份报告里，没有一份符合条件。"


def told(typed: str, resolved: str, asked: Asked, found: Found, inquiry: Inquiry) -> Draft:
    """Return the answer that figures of reports make, each row with the citation it stands in."""
    contents = inquiry.searcher.contents
    found = [pair for pair in found if _stands(*pair)]
    chosen, short = _chosen(asked, found)
    if not chosen:
        none = _NONE_MEETS.format(len(found))
        return Draft(drafting.refused(typed, resolved, "not_in_documents", [], contents, none))
    citations = [_citation(n, d, t.figure_start) for n, (d, t) in enumerate(chosen, 1)]
    rows = tuple(
        Row(d.whose, t.year, t.written, t.value, t.high, t.unit, c.n, d.id)
        for c, (d, t) in zip(citations, chosen, strict=True)
    )
    if len({size(t)[2] for _, t in chosen}) == 1:  # figures of one measure compare
        both = zip(rows, chosen, strict=True)
        rows = tuple(replace(row, size=rank_key(t)[0]) for row, (_, t) in both)
    missing = _lacking(asked, (document for document, _ in found))
    lines = [_line(c, t.quote) for c, (_, t) in zip(citations, chosen, strict=True)]
    table = Table(("地区", "年份", "数值", "原文"), rows, missing)
    return draft(typed, resolved, short, lines, table, citations, contents.version)


def mentioned(
    typed: str, resolved: str, asked: Asked, found: Sequence[tuple[Document, int]],
    inquiry: Inquiry,
) -> Draft:  # fmt: skip
    """Return the reports that hold a term, each with the first sentence that does."""
    citations = [_citation(n, d, page(d).sentences[at].start) for n, (d, at) in enumerate(found, 1)]
    rows = tuple(
        Row(d.whose, d.plan_year, asked.term, None, None, "", c.n, d.id)
        for c, (d, _) in zip(citations, found, strict=True)
    )
    missing = _lacking(asked, (document for document, _ in found))
    table = Table(("地区", "年份", "写到", "原文"), rows, missing)
    short = "、".join(missing if asked.denied else (row.place for row in rows)) or "都写到了"
    lines = [_line(c, c.quote) for c in citations]
    version = inquiry.searcher.contents.version
    return draft(typed, resolved, short, lines, table, citations, version)


def draft(
    typed: str, resolved: str, short: str, lines: Sequence[str], table: Table,
    citations: Sequence[Citation], version: str,
) -> Draft:  # fmt: skip
    """Return an answer with its table."""
    lacking = f"没有给出的有 {len(table.missing)} 个：{'、'.join(table.missing)}。"
    tail = [lacking] if table.missing else []
    answer = Answer(
        typed, resolved, True, "\n".join([short, *lines, *tail]), short_answer=short,
        citations=tuple(citations), confidence=1.0, index_version=version, table=table,
    )  # fmt: skip
    quoted = {c.n: line for c, line in zip(citations, lines, strict=True)}
    return Draft(answer, (short,), quoted, tuple(tail))


def _stands(document: Document, target: Target) -> bool:
    """Tell whether a figure stands, as it is told, in the sentence that is cited: the guard."""
    return target.written in _citation(0, document, target.figure_start).quote


def _lacking(asked: Asked, found: Iterable[Document]) -> tuple[str, ...]:
    """Return whose reports give no such thing, and the named places without a report."""
    have = {document.id for document in found}
    return (*(d.whose for d in asked.documents if d.id not in have), *asked.missing)


def _chosen(asked: Asked, found: Found) -> tuple[Found, str]:
    """Return the rows that answer, in their order, and the headline."""
    if asked.kind == "years":
        return found, "，".join(f"{t.year}年{t.written}" for _, t in found)
    of = {d.id: (d, t) for d, t in found}
    pairs = [(d.id, t) for d, t in found]
    if asked.kind == "compare":
        named = [(d.whose, t) for d, t in found]
        told = [f"{name}没有给出" for name in _lacking(asked, (d for d, _ in found))]
        return found, "，".join((*_said(found), *(told or compared(named))))
    if asked.kind == "filter" and asked.condition:
        every = [target for _, target in pairs]
        kept = ordered([p for p in pairs if asked.condition.holds(p[1], every)], False)
        chosen = [of[key] for key, _ in kept]
        return chosen, "、".join(d.whose for d, _ in chosen)
    ranked = asked.kind == "rank"
    shown = leading(pairs, asked.top, asked.least) if ranked else ordered(pairs, False)
    chosen = [of[key] for key, _ in shown]
    return chosen, "、".join(_said(chosen))


def _said(found: Found) -> list[str]:
    return [f"{document.whose}{target.written}" for document, target in found]


def _line(citation: Citation, clause: str) -> str:
    """Return what a report says, of a long sentence the clause, with its mark."""
    place = citation.place or citation.title
    whole = len(citation.quote) <= _SHOWN_CHARS
    return f"{place}：{citation.quote if whole else f'…{clause}…'}[{citation.n}]"


_SHOWN_CHARS = 60


def _citation(n: int, document: Document, at: int) -> Citation:
    """Return the sentence that holds the offset `at` as a citation."""
    leaf = page(document)
    number = leaf.at(at)
    span, section = leaf.span(number), leaf.sentences[number].section
    return Citation.of(n, document, section, span)
