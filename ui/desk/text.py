"""A document's text as a page of paragraphs, with its headings as a way to them."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from corpus.documents import Document
from corpus.structure import outline

PARAGRAPHS = 200  # a page


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph by its number, from 1; `level` (0 the highest) where it is a heading."""

    number: int
    text: str
    level: int | None
    page: int | None


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading, and the paragraph and the page of paragraphs (from 1) where it is."""

    text: str
    level: int
    paragraph: int
    page: int


def paragraphs(document: Document) -> list[Paragraph]:
    """Return the text without page furniture, in order."""
    found = outline(document)
    levels = {section.start: section.level for section in found.sections}
    told: list[Paragraph] = []
    for number, group in enumerate(groupby(found.sentences, key=lambda s: s.paragraph), start=1):
        sentences = list(group[1])
        start, end = sentences[0].start, sentences[-1].end
        whole = len(sentences) == 1 and sentences[0].is_heading
        level = levels.get(start) if whole else None
        told.append(
            Paragraph(number, document.text[start:end], level, document.layout.page_at(start))
        )
    return told


def headings(told: Sequence[Paragraph]) -> list[Heading]:
    """Return the headings among a document's paragraphs, in order."""
    return [
        Heading(p.text.lstrip("# "), p.level, p.number, (p.number - 1) // PARAGRAPHS + 1)
        for p in told
        if p.level is not None
    ]
