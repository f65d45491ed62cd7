"""A document as it is read beside the chat: its paragraphs and headings with their offsets."""

from bisect import bisect_right
from itertools import groupby
from typing import Any

from corpus.documents import Document
from corpus.structure import outline


def reading(document: Document) -> dict[str, Any]:
    """Return a document as plain values: paragraphs from 1 with text, sections with headings.

    Offsets count code points of the document's text, ends exclusive. Page furniture is left out.
    """
    found = outline(document)
    paragraphs = []
    for number, group in groupby(found.sentences, key=lambda s: s.paragraph):
        sentences = list(group)
        start, end = sentences[0].start, sentences[-1].end
        text = document.text[start:end]
        paragraphs.append({"n": number + 1, "start": start, "text": text})
    sections = [
        {"heading": s.heading, "level": s.level, "start": s.start, "body": s.body, "end": s.end}
        for s in found.sections
    ]
    return {
        "id": document.id, "title": document.title, "note": document.note,
        "paragraphs": paragraphs, "sections": sections,
    }  # fmt: skip


def described(d: Document) -> dict[str, Any]:
    """Return what a document is, as plain values: whose, of which year, when, of what kind."""
    return {
        "id": d.id, "title": d.title, "place": d.place, "year": d.plan_year, "date": d.date,
        "kind": d.kind, "meeting": d.meeting, "issuer": d.issuer, "read_from": d.read_from,
        "chars": len(d.text), "format": d.format, "origin": d.origin,
    }  # fmt: skip


def paragraph_of(document: Document, at: int) -> int:
    """Return the number, from 1, of the paragraph that holds the offset `at`."""
    found = outline(document).sentences
    k = bisect_right(found, at, key=lambda sentence: sentence.start) - 1
    return found[max(k, 0)].paragraph + 1 if found else 1
