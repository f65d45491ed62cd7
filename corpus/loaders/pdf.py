"""PDF: text by PDFium, page headers and footers dropped, lines joined into paragraphs."""

import re
from collections import Counter

import pypdfium2

from corpus.loaders.parsed import Parsed

_SENTENCE_END = re.compile(r"[。！？!?][”’）)]?$")
_NEW_PARAGRAPH = re.compile(
    r"[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)]|第.{1,4}[章条节部]"
)


def parse(data: bytes) -> Parsed:
    """Return the text of all pages, a paragraph a line."""
    with pypdfium2.PdfDocument(data) as document:
        pages = [page.get_textpage().get_text_bounded().splitlines() for page in document]
    return Parsed("\n".join(_paragraphs(_without_running_lines(pages))))


def _without_running_lines(pages: list[list[str]]) -> list[str]:
    """Drop first and last lines that most pages share once their numbers are masked."""
    edges = Counter(line for page in pages for line in {*map(_masked, page[:1] + page[-1:])})
    running = {line for line, n in edges.items() if len(pages) > 2 and n > len(pages) // 2}
    kept: list[str] = []
    for page in pages:
        last = len(page) - 1
        kept += [
            line.strip()
            for i, line in enumerate(page)
            if line.strip() and not (i in (0, last) and _masked(line) in running)
        ]
    return kept


def _masked(line: str) -> str:
    return re.sub(r"\d+", "#", line.strip())


def _paragraphs(lines: list[str]) -> list[str]:
    """Join a line to the one before when that one is full and ends inside a sentence."""
    full = max((len(line) for line in lines), default=0) * 0.8
    joined: list[str] = []
    previous = ""
    for line in lines:
        runs_on = len(previous) >= full and not _SENTENCE_END.search(previous)
        if previous and runs_on and not _NEW_PARAGRAPH.match(line):
            joined[-1] += line
        else:
            joined.append(line)
        previous = line
    return joined
