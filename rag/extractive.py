"""Answers in the report's own words: the headline, then every quote with its mark."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from corpus.documents import Span
from rag.answers import Citation, Refusal
from rag.evidence import Evidence
from rag.findings import Finding, Quote
from rag.quoting import whole

_NOTHING: dict[Refusal, str] = {
    "not_in_documents": "收录的报告里没有找到能回答这个问题的内容。",
    "no_such_figure": "报告谈到了这件事，但没有给出所问的数字或细节。",
    "other_year": "收录的报告没有所问年份（或当前实际）的数据。",
    "off_topic": "这个问题和收录的报告无关，报告里没有相关内容。",
    "no_such_report": "",
    "which_place": "",
    "which_report": "",
    "out_of_scope": "所选的范围里没有报告。",
    "unsafe": "这个要求不在服务范围内：这里只依据收录的报告原文作答，不改规则，也不编造内容。",
}
_NEARBY = "最接近的原文一并列出，供参考。"
_RELATED = 3
_SHOWN_CHARS = 90
_UNSURE = 0.9  # of a line, below which a character in it is often wrong


def cite(quotes: Iterable[Quote]) -> list[Citation]:
    """Return a citation for each distinct quote, in document order, numbered from 1."""
    distinct = sorted(set(_apart(quotes)), key=lambda q: (q.document.id, q.span.start))
    return [
        Citation.of(n, quote.document, quote.section, quote.span)
        for n, quote in enumerate(distinct, start=1)
    ]


def focused(cited: Sequence[Citation], findings: Sequence[Finding]) -> list[Citation]:
    """Return citations, those of rows with the characters of the cell that answers."""
    cells = [(f.quotes[-1].document.id, f.focus) for f in findings if f.said and f.focus]
    held = {
        c.n: (focus.start, focus.end) for c in cited for of, focus in cells
        if of == c.document_id and c.start <= focus.start and focus.end <= c.end
    }  # fmt: skip
    return [replace(c, focus=held.get(c.n)) for c in cited]


def scanned(cited: Sequence[Citation]) -> tuple[str, ...]:
    """Return what is said beside an answer from a scan: how surely it was recognized."""
    told = [c.confidence for c in cited if c.confidence is not None]
    if not told:
        return ()
    doubt = "，识别不太可靠" if min(told) < _UNSURE else ""
    sure = int(min(told) * 100)  # 99.8 % is not 100 %
    return (f"引文由扫描件识别得来（可信度 {sure}%{doubt}），请核对原件。",)


def relate(evidence: Sequence[Evidence]) -> list[Citation]:
    """Return the nearest passages as citations, for the reader of a refusal."""
    near = list(dict.fromkeys(map(whole, evidence)))[:_RELATED]
    return [
        Citation.of(n, quote.document, quote.section, quote.span)
        for n, quote in enumerate(near, start=1)
    ]


def heads(findings: Sequence[Finding], cited: Sequence[Citation], named: bool = False) -> list[str]:
    """Return what stands before the quotes: the headlines with their marks, and the remarks.

    With reports of several places each headline is `named` after its report.
    """
    if len(findings) == 1 and findings[0].lead:
        return [f"{_of(findings[0], named)}{findings[0].lead}"]
    told = [
        f"{_of(found, named)}{found.lead.rstrip('：') or found.short}{_marks(found, cited)}"
        for found in findings
        if found.short and not any(found.short == citation.quote for citation in cited)
    ]
    remarks = [found.remark for found in findings if found.remark]
    return [*(["；".join(told)] if told else []), *remarks]


def headline(findings: Sequence[Finding]) -> str | None:
    """Return the headlines alone, those of several reports named after them."""
    told = [found for found in findings if found.short]
    several = len({found.quotes[0].document.id for found in told if found.quotes}) > 1
    return "、".join(f"{_of(found, several)}{found.short}" for found in told) or None


def _of(found: Finding, named: bool) -> str:
    place = found.quotes[0].document.place if named and found.quotes else ""
    return f"{place}：" if place else ""


def quoted_lines(findings: Sequence[Finding], cited: Sequence[Citation]) -> dict[int, str]:
    """Return the line of each citation, by its number: the quote with its mark."""
    return {c.n: f"{_unmarked(_shown(c, findings))}[{c.n}]" for c in cited}


def further(evidence: Sequence[Evidence], cited: Sequence[Citation]) -> list[Citation]:
    """Return the sentences of the evidence that no citation touches, numbered on from those."""
    quotes = [quote for quote in dict.fromkeys(map(whole, evidence)) if not _touched(quote, cited)]
    return [
        Citation.of(n, quote.document, quote.section, quote.span)
        for n, quote in enumerate(quotes, start=len(cited) + 1)
    ]


def _shown(citation: Citation, findings: Sequence[Finding]) -> str:
    """Return the quote, of a long one the clauses that answer, … for what is left out."""
    if len(citation.quote) <= _SHOWN_CHARS:
        return citation.quote
    for span in (found.focus for found in findings if found.focus):
        if citation.start <= span.start and span.end <= citation.end:
            piece = citation.quote[span.start - citation.start : span.end - citation.start]
            before = "…" * (span.start > citation.start)
            return f"{before}{piece.rstrip('，,；;、')}{'…' * (span.end < citation.end)}"
    return citation.quote


def refuse(why: Refusal, near: bool, notes: Iterable[str], told: str = "") -> str:
    """Return the text of a refusal; `notes` tell what parts of the reports there are.

    `told` is what there is to say in this case: which reports there are, which place is meant.
    """
    partial = "；".join(sorted(notes))
    of_part = why in ("not_in_documents", "no_such_figure", "other_year")
    noted = f"（收录的是{partial}。）" if partial and of_part else ""
    return _NOTHING[why] + told + noted + (_NEARBY if near else "")


def _apart(quotes: Iterable[Quote]) -> list[Quote]:
    """Return the quotes without those that another one holds."""
    found = list(dict.fromkeys(quotes))
    return [
        q for q in found
        if not any(o != q and o.document.id == q.document.id and o.span.start <= q.span.start
                   and q.span.end <= o.span.end for o in found)
    ]  # fmt: skip


def _touched(quote: Quote, cited: Sequence[Citation]) -> bool:
    return any(
        c.document_id == quote.document.id and quote.span.overlaps(Span(c.start, c.end))
        for c in cited
    )


def _marks(found: Finding, cited: Sequence[Citation]) -> str:
    return "".join(f"[{n}]" for n in _numbers(found, cited))


def _numbers(found: Finding, cited: Sequence[Citation]) -> list[int]:
    """Return the numbers of the citations that a finding rests on."""
    return [
        c.n for c in cited
        if any(q.document.id == c.document_id and c.start <= q.span.start and q.span.end <= c.end
               for q in found.quotes)
    ]  # fmt: skip


def _unmarked(quote: str) -> str:
    """Return a quote whose own [7], a footnote say, cannot be taken for one of our marks."""
    return re.sub(r"\[(\d+)\]", r"［\1］", quote)
