"""A document as it is read beside the chat: its paragraphs and headings with their offsets."""

from bisect import bisect_right
from itertools import groupby
from typing import Any

from corpus.documents import Document
from corpus.rows import rows
from corpus.structure import outline


def reading(document: Document) -> dict[str, Any]:
    """Return a document as plain values: paragraphs from 1 with text, sections with headings.

    Offsets count code points of the document's text, ends exclusive. Page furniture is left out.
    `row` marks a table's row; `pages` are the offsets at which pages begin, where they are known.
    """
    found = outline(document)
    tabled = rows(document)
    paragraphs = []
    for number, group in groupby(found.sentences, key=lambda s: s.paragraph):
        sentences = list(group)
        start, end = sentences[0].start, sentences[-1].end
        text = document.text[start:end]
        told: dict[str, Any] = {"n": number + 1, "start": start, "text": text}
        if start in tabled:
            told["row"] = True
        paragraphs.append(told)
    sections = [
        {"heading": s.heading, "level": s.level, "start": s.start, "body": s.body, "end": s.end}
        for s in found.sections
    ]
    return {
        "id": document.id, "title": document.title, "note": document.note,
        "paragraphs": paragraphs, "sections": sections, "pages": document.layout.pages,
    }  # fmt: skip


def described(d: Document) -> dict[str, Any]:
    """Return what a document is, as plain values: whose, of which year, when, of what kind."""
    return {
        "id": d.id, "title": d.title, "place": d.place, "year": d.plan_year, "date": d.date,
        "kind": d.kind, "meeting": d.meeting, "issuer": d.issuer, "read_from": d.read_from,
        "chars": len(d.text), "format": d.format, "origin": d.origin,
        "pages": len(d.layout.pages), "tables": len(d.layout.tables), "left_out": d.layout.left_out,
    }  # fmt: skip


def paragraph_of(document: Document, at: int) -> int:
    """Return the number, from 1, of the paragraph that holds the offset `at`."""
    found = outline(document).sentences
    k = bisect_right(found, at, key=lambda sentence: sentence.start) - 1
    return found[max(k, 0)].paragraph + 1 if found else 1
