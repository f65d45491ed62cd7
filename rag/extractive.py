"""Answers in the report's own words: every line is a quote with its mark."""

import re
from collections.abc import Iterable, Mapping

from corpus.documents import Document
from index.search import Hit
from rag.answers import Citation
from rag.evidence import Evidence

_NOTHING = "收录的报告里没有找到能回答这个问题的内容。"
_NEARBY = "最接近的原文一并列出，供参考。"


def cite(evidence: Iterable[Evidence], documents: Mapping[str, Document]) -> list[Citation]:
    """Return a citation for each piece of evidence, numbered from 1."""
    return [
        Citation(
            n, e.hit.document_id, e.hit.title, e.hit.section, e.span.start, e.span.end,
            e.span.of(documents[e.hit.document_id].text),
        )
        for n, e in enumerate(evidence, start=1)
    ]  # fmt: skip


def relate(hits: Iterable[Hit]) -> list[Citation]:
    """Return the nearest passages as citations, for the reader of a refusal."""
    return [
        Citation(n, hit.document_id, hit.title, hit.section, hit.start, hit.end, hit.text)
        for n, hit in enumerate(hits, start=1)
    ]


def compose(cited: Iterable[Citation]) -> str:
    """Return the answer text: each quote on a line of its own, its [n] behind it."""
    return "\n".join(f"{_unmarked(citation.quote)}[{citation.n}]" for citation in cited)


def _unmarked(quote: str) -> str:
    """Return a quote whose own [7], a footnote say, cannot be taken for one of our marks."""
    return re.sub(r"\[(\d+)\]", r"［\1］", quote)


def refuse(near: bool, notes: Iterable[str]) -> str:
    """Return the text of a refusal; `notes` tell what parts of the reports there are."""
    partial = "；".join(sorted(notes))
    told = f"（收录的是{partial}。）" if partial else ""
    return _NOTHING + told + (_NEARBY if near else "")
