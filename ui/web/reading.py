"""A document as it is read beside the chat: its paragraphs and headings with their offsets."""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import groupby
from typing import Any

from corpus.documents import Document, Sentence, Span
from corpus.errors import InputError
from corpus.rows import rows
from corpus.structure import outline
from rag.answers import Citation


def reading(document: Document) -> dict[str, Any]:
    """Return a document as plain values: paragraphs from 1 with text, sections with headings.

    Offsets count code points of the document's text, ends exclusive. Page furniture is left out.
    Of a table's row `cells` say where each starts and ends, in which column, over how many, and
    `columns` how many the table has; `pages` are the offsets at which pages begin, where known.
    """
    found = outline(document)
    tabled = rows(document)
    cells = _cells(document)
    paragraphs = []
    for number, group in groupby(found.sentences, key=lambda s: s.paragraph):
        sentences = list(group)
        start, end = sentences[0].start, sentences[-1].end
        text = document.text[start:end]
        told: dict[str, Any] = {"n": number + 1, "start": start, "text": text}
        if start in tabled:
            held = [cell for at, cell in cells if start <= at < end]
            told["columns"] = held[0][0] if held else 1
            told["cells"] = [cell[1:] for cell in held]
        paragraphs.append(told)
    sections = [
        {"heading": s.heading, "level": s.level, "start": s.start, "body": s.body, "end": s.end}
        for s in found.sections
    ]
    return {
        "id": document.id, "title": document.title, "note": document.note,
        "paragraphs": paragraphs, "sections": sections, "pages": document.layout.pages,
    }  # fmt: skip


def _cells(document: Document) -> list[tuple[int, tuple[int, ...]]]:
    """Return each cell's start with its table's width and its own start, end, column and width."""
    return [
        (cell.start, (width, cell.start, cell.end, cell.column + 1, cell.columns))
        for table in document.layout.tables
        for width in [max(cell.column + cell.columns for cell in table.cells)]
        for cell in table.cells
    ]


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
    found, k = _begun(document, at)
    return found[max(k, 0)].paragraph + 1 if found else 1


def passage(document: Document, start: int, end: int) -> dict[str, Any]:
    """Return characters of a document and where they stand; raises InputError outside of it."""
    if not 0 <= start < end <= len(document.text):
        raise InputError(f"这份文档有 {len(document.text)} 个字，请改正 start 和 end 后重试")
    found, k = _begun(document, start)
    section = found[k].section if k >= 0 else ()
    cited = Citation.of(1, document, section, Span(start, end))
    return {
        "document_id": cited.document_id, "title": cited.title, "start": start, "end": end,
        "text": cited.quote, "path": cited.path, "page": cited.page,
        "paragraph": paragraph_of(document, start), "place": cited.place, "year": cited.year,
    }  # fmt: skip


def _begun(document: Document, at: int) -> tuple[Sequence[Sentence], int]:
    """Return the sentences, and which is the last that begins at or before an offset; -1: none."""
    found = outline(document).sentences
    return found, bisect_right(found, at, key=lambda sentence: sentence.start) - 1
