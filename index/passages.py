"""Passages: what is embedded, found and cited. A passage is a span of a document, never new text.

Every sentence is a passage, and every row of a table. A long sentence is also cut into clauses, so
that one measure or target among five can be found and cited alone. Passages of one paragraph and
section that fit a token budget share a Block, which gives lexical search and readers their context.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from corpus.documents import Document, Sentence, Span
from corpus.rows import rows
from corpus.sentences import clauses
from corpus.structure import outline
from index import tokens

CHUNKING = "sentences+clauses+rows/6"
BLOCK_TOKENS = 400
_LONG_CHARS = 30
_CLAUSE_CHARS = 12

Kind = Literal["sentence", "clause", "heading"]


@dataclass(frozen=True, slots=True)
class Passage:
    """Characters `start` to `end` (code points, end exclusive) of a document, and their place."""

    document_id: str
    start: int
    end: int
    section: tuple[str, ...]
    block: int
    kind: Kind = "sentence"

    def text(self, document: Document) -> str:
        """Return the passage's own characters."""
        return document.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Block:
    """Neighbouring passages of one paragraph and section: the context of each of them."""

    document_id: str
    start: int
    end: int
    section: tuple[str, ...]


def cut(documents: list[Document]) -> tuple[list[Passage], list[Block]]:
    """Return the passages and blocks of all documents, in document and text order."""
    passages: list[Passage] = []
    blocks: list[Block] = []
    for document in documents:
        for group in _blocks(document):
            first, last = group[0], group[-1]
            for sentence in group:
                passages += _passages(document, sentence, len(blocks))
            blocks.append(Block(document.id, first.start, last.end, last.section))
    return passages, blocks


def spoken(document: Document, start: int, end: int) -> str:
    """Return characters of a document as they are said: the row of a table with its headings."""
    row = rows(document).get(start)
    return row.spoken()[0] if row else document.text[start:end]


def context(title: str, section: tuple[str, ...]) -> str:
    """Return the words put before a passage when it is embedded, never when cited.

    Title and nearest heading, as the retriever was trained. Against the heading alone, on two
    real reports that nothing was trained on: gold sentence first for 92 and 84 %, before 90 and
    82 %; a longer path drowns the passage.
    """
    return " ".join((title, *section[-1:]))


def _blocks(document: Document) -> Iterator[list[Sentence]]:
    """Yield the sentences of each paragraph and section, at most BLOCK_TOKENS together."""
    found = outline(document).sentences
    for _, group in groupby(found, key=lambda sentence: (sentence.paragraph, sentence.section)):
        open_block: list[Sentence] = []
        used = 0
        for sentence in group:
            start = open_block[-1].end if open_block else sentence.start
            cost = tokens.count(document.text[start : sentence.end])
            if open_block and used + cost > BLOCK_TOKENS:
                yield open_block
                open_block, used = [], 0
            open_block.append(sentence)
            used += cost
        yield open_block


def _passages(document: Document, sentence: Sentence, block: int) -> Iterator[Passage]:
    tabled = rows(document)
    if sentence.start in tabled and tabled[sentence.start] is None:
        return  # the headings of a table are said with each of its rows
    kind: Kind = "heading" if sentence.is_heading else "sentence"
    yield Passage(document.id, sentence.start, sentence.end, sentence.section, block, kind)
    span = Span(sentence.start, sentence.end)
    text = span.of(document.text)
    if not sentence.is_heading and len(text) > _LONG_CHARS and sentence.start not in tabled:
        for clause in _grouped(document.text, span):
            yield Passage(document.id, clause.start, clause.end, sentence.section, block, "clause")


def _grouped(text: str, sentence: Span) -> Iterator[Span]:
    """Yield the clauses of a sentence, one that is short joined to the one that follows."""
    group: list[Span] = []
    *firsts, last = clauses(text, sentence)
    for clause in firsts:
        group.append(clause)
        if clause.end - group[0].start >= _CLAUSE_CHARS:
            yield Span(group[0].start, clause.end)
            group = []
    yield Span([*group, last][0].start, last.end)
