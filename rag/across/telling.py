"""Telling what was found across reports: headline, a line a report, the table, citations."""

import re
from collections.abc import Sequence
from decimal import Decimal

from corpus.documents import Document, Span
from index.folding import fold
from rag.across.asking import Asked, Condition
from rag.across.matching import matching
from rag.across.ranking import leading, leaning, ordered, rank_key, same_rank, scale
from rag.answers import Answer, Citation
from rag.drafts import Draft
from rag.evidence import Evidence
from rag.inquiry import Inquiry, Reading
from rag.questions import understand
from rag.reader.windows import page
from rag.table import Row, Table
from rag.targets.finder import targets
from rag.targets.target import Target
from rag.years import asked_year

_READ = 4  # reports that are each read; of more, the figures are matched
Found = list[tuple[Document, Target]]


def _over_years(asked: Asked, inquiry: Inquiry, documents: Sequence[Document]) -> Found:
    """Return the figures of each asked year of one place, held against all the reports' names."""
    found: Found = []
    like: Target | None = None
    for year in sorted(asked.years, key=lambda y: -_number(y, asked.documents[0])):  # plans first
        for document in asked.documents:
            others = [d for d in documents if d.place != document.place]
            question = f"{year}{asked.thing}"
            matched = matching(question, [document, *others], inquiry.searcher, like)
            if document.id in matched:
                found.append((document, like := matched[document.id]))
                break
    return found[::-1] if len(found) > 1 else []


def _number(year: str, document: Document) -> int:
    asked = asked_year(year, document.plan_year)
    return asked if isinstance(asked, int) else 0


def told(
    typed: str, resolved: str, asked: Asked, inquiry: Inquiry, documents: Sequence[Document]
) -> Draft | None:
    """Return the answer to a question across reports; None where they say nothing of it."""
    if asked.kind == "mention":
        return _mentioning(typed, resolved, asked, inquiry)
    of_years = asked.kind == "years"
    found = _over_years(asked, inquiry, documents) if of_years else _figures(asked, inquiry)
    if not found:
        return None
    chosen, short = _chosen(asked, found)
    if asked.kind == "filter" and not chosen:
        return None
    citations = [
        _citation(n, d, Span(t.start, t.end), t.figure_start) for n, (d, t) in enumerate(chosen, 1)
    ]
    rows = tuple(
        Row(_name(d), t.year, t.written, t.value, t.high, t.unit, n, d.id, scale(t))
        for n, (d, t) in enumerate(chosen, 1)
    )
    have = {d.id for d, _ in found}
    missing = (*(_name(d) for d in asked.documents if d.id not in have), *asked.missing)
    table = Table(("地区", asked.thing or "数值", "原文"), rows, missing)
    lines = [
        short,
        *(
            f"{_name(d)}：{_shown(c, t)}[{c.n}]"
            for c, (d, t) in zip(citations, chosen, strict=True)
        ),
    ]
    if missing:
        lines.append(f"没有给出的有 {len(missing)} 个：{'、'.join(missing)}。")
    answer = Answer(
        typed, resolved, True, "\n".join(lines), short_answer=short, citations=tuple(citations),
        confidence=1.0, index_version=inquiry.searcher.contents.version, table=table,
    )  # fmt: skip
    return Draft(
        answer, tuple(lines[:1]), {c.n: line for c, line in zip(citations, lines[1:], strict=False)}
    )


def _figures(asked: Asked, inquiry: Inquiry) -> Found:
    """Return the figure of each report that has it, in the order of the reports."""
    matched = matching(asked.thing, asked.documents, inquiry.searcher)
    return [(d, matched[d.id]) for d in asked.documents if d.id in matched]


def _chosen(asked: Asked, found: Found) -> tuple[Found, str]:
    """Return the rows that answer, in their order, and the headline."""
    if asked.kind == "years":
        return found, "，".join(f"{t.year}年{t.written}" for _, t in found)
    by_name = {_name(d): (d, t) for d, t in found}
    pairs = [(name, t) for name, (_, t) in by_name.items()]
    if asked.kind == "rank":
        top = leading(pairs, asked.top, asked.least)
        return [by_name[n] for n, _ in top], "、".join(f"{n}{t.written}" for n, t in top)
    if asked.kind == "filter" and asked.condition:
        kept = [(n, t) for n, t in pairs if _meets(t, asked.condition, [t for _, t in pairs])]
        kept = ordered(kept, False)
        return [by_name[n] for n, _ in kept], "、".join(n for n, _ in kept)
    if asked.kind == "compare":
        return found, "，".join((*(f"{n}{t.written}" for n, t in pairs), *_compared(pairs, asked)))
    ranked = ordered(pairs, False)
    return [by_name[n] for n, _ in ranked], "、".join(f"{n}{t.written}" for n, t in ranked)


def _compared(pairs: Sequence[tuple[str, Target]], asked: Asked) -> list[str]:
    """Return who has more of two or three, and of two by how much."""
    ranked = ordered(pairs, False)
    if len(ranked) < 2 or len({t.unit.strip("十百千万亿") for _, t in ranked}) > 1:
        return []
    first, last = ranked[0], ranked[-1]
    if same_rank(rank_key(first[1]), rank_key(last[1])):
        return ["相同"]
    said = [f"{first[0]}更高" if "%" in first[1].unit else f"{first[0]}更多"]
    plain = all(t.high is None for _, t in pairs)
    if len(pairs) == 2 and plain and (gap := _gap(first[1], last[1])):
        said.append(f"相差{gap}（按两处数字算出）")
    return said


def _gap(a: Target, b: Target) -> str:
    apart = Decimal(str(a.value)) * Decimal(str(scale(a))) - Decimal(str(b.value)) * Decimal(
        str(scale(b))
    )
    if not apart:
        return ""
    if "%" in a.unit:
        return f"{apart.normalize():f}个百分点"
    shown = apart / Decimal(str(scale(a)))
    return f"{shown.normalize():f}{a.unit}"


def _meets(target: Target, condition: Condition, every: Sequence[Target]) -> bool:
    """Tell whether a figure meets a condition; one named as it is written only the same does."""
    low, high = target.value or 0.0, target.high if target.high is not None else target.value or 0.0
    wanted = float(condition.quantity.value or 0)
    factor = 1.0 if "%" in target.unit else scale(target)
    low, high = low * factor, high * factor
    same = abs(low - wanted) < 1e-9 * max(1.0, abs(wanted)) and target.high is None
    if condition.exact and any(fold(t.written) == condition.written for t in every):
        if condition.relation != "about":
            return fold(target.written) == condition.written
    if condition.relation == "over":
        return low >= wanted or same
    if condition.relation == "under":
        return high <= wanted or same
    return same and leaning(target.written) == 0


def _mentioning(typed: str, resolved: str, asked: Asked, inquiry: Inquiry) -> Draft | None:
    """Return the reports that hold a term, each with the first sentence that does."""
    found = [(d, at) for d in asked.documents if (at := _first(d, asked.term)) is not None]
    if not found:
        return None
    citations = [_citation(n, d, page(d).span(at)) for n, (d, at) in enumerate(found, 1)]
    names = [_name(d) for d, _ in found]
    rows = tuple(
        Row(name, d.plan_year, asked.term, None, None, "", c.n, d.id)
        for name, (d, _), c in zip(names, found, citations, strict=True)
    )
    missing = tuple(_name(d) for d in asked.documents if d.id not in {f.id for f, _ in found})
    short = "、".join(names)
    lines = [
        short,
        *(f"{name}：{c.quote}[{c.n}]" for name, c in zip(names, citations, strict=True)),
    ]
    lines.append(f"{len(asked.documents)} 份报告里 {len(found)} 份写到“{asked.term}”。")
    table = Table(("地区", "写到", "原文"), rows, missing)
    answer = Answer(
        typed, resolved, True, "\n".join(lines), short_answer=short, citations=tuple(citations),
        confidence=1.0, index_version=inquiry.searcher.contents.version, table=table,
    )  # fmt: skip
    return Draft(answer, tuple(lines[:1]))


def _first(document: Document, term: str) -> int | None:
    """Return the number of the first sentence that holds a term, whatever breaks its lines."""
    wanted = re.sub(r"\s", "", fold(term))
    pages = page(document)
    sentences = range(len(pages.sentences))
    return next((n for n in sentences if wanted in re.sub(r"\s", "", pages.folded(n)[0])), None)


def _citation(n: int, document: Document, span: Span, at: int = -1) -> Citation:
    """Return the sentence around a span as a citation."""
    leaf = page(document)
    number = leaf.at(at if at >= 0 else span.start)
    whole, section = leaf.span(number), leaf.sentences[number].section
    return Citation(n, document.id, document.title, section, whole.start, whole.end,
                    whole.of(document.text), document.place, document.plan_year)  # fmt: skip


def _shown(citation: Citation, target: Target) -> str:
    return f"…{target.quote}…" if len(citation.quote) > 60 else citation.quote


def _name(document: Document) -> str:
    return document.place or document.title
