"""Headings and the section path of every sentence.

Official documents mark their parts in four ways: numbered lines (一、 （一） 1.), Markdown-like
hashes, the lead sentence of a paragraph (加快提升科技创新带动力。) and run-in headings inside a
paragraph (提升产业链竞争力。). The last two carry no number; they are known by their form: one
short clause without figures that opens a paragraph or stands before further sentences. They are
looked for only in documents that have numbered headings, where the form means something.
"""

import re
from dataclasses import dataclass, field
from functools import lru_cache

from corpus.cleaning import report_lines, text_lines
from corpus.documents import Document, Section, Sentence, Span
from corpus.rows import rows
from corpus.sentences import sentences

_NUMERAL = "[一二三四五六七八九十百]+"
_NUMBERED = (
    re.compile(rf"第{_NUMERAL}[编篇部章]|#\s"),
    re.compile(rf"{_NUMERAL}、|第{_NUMERAL}节|##\s"),
    re.compile(rf"[（(]{_NUMERAL}[）)]|###\s"),
    re.compile(r"\d{1,2}[.．、](?!\d)|[（(]\d{1,2}[）)]|####+\s"),
)
_NUMBER_CHARS = 5  # at most, that open a line: （十二）
_NUMBER_ALONE = re.compile(r"\d{1,2}[.．]")
_LEAD, _RUN_IN = len(_NUMBERED), len(_NUMBERED) + 1
_HEADING_CHARS = 60
_NOT_RUN_IN = re.compile(r"[，,；;：:、！？!?\d“”]")
_RUN_IN_CHARS = range(5, 21)  # 提升产业链竞争力。 has 9; longer ones are sentences


@dataclass(frozen=True, slots=True)
class Outline:
    """The sections of a document and its sentences, both in text order."""

    sections: tuple[Section, ...]
    sentences: tuple[Sentence, ...]


@lru_cache(maxsize=64)
def outline(document: Document) -> Outline:
    """Return the sections and sentences of `document`; page furniture is in neither."""
    text = document.text
    # A line of a .jsonl file is text somebody prepared: there is no page around it.
    lines = text_lines(text) if document.format == "jsonl" else report_lines(text)
    tabled, levels = rows(document), dict(document.layout.headings)
    formal = any(
        _number_level(line.of(text)) is not None for line in lines if line.start not in tabled
    )
    builder = _Builder(text, formal, levels)
    for paragraph, line in enumerate(lines):
        if line.start in tabled:
            builder.add_row(paragraph, line, is_heading=tabled[line.start] is None)
        else:
            builder.add(paragraph, line)
    return builder.finish()


def _number_level(line: str) -> int | None:
    """Return the level of a numbered heading at the start of `line`, 0 the highest, or None."""
    for level, pattern in enumerate(_NUMBERED):
        if pattern.match(line):
            return level
    return None


def _tells(spans: list[Span], sentence: str) -> bool:
    """Tell whether a numbered line is a sentence that says a figure, as items of a list do."""
    whole = len(spans) == 1 and sentence.endswith(("。", "；", "！"))
    return whole and any(c.isdigit() for c in sentence[_NUMBER_CHARS:])


def _is_run_in(sentence: str) -> bool:
    core = sentence.rstrip("。")
    return sentence.endswith("。") and len(core) in _RUN_IN_CHARS and not _NOT_RUN_IN.search(core)


@dataclass(slots=True)
class _Builder:
    """Walks the lines once, keeping the open headings on a stack."""

    text: str
    formal: bool
    levels: dict[int, int] = field(default_factory=dict)
    open: list[Section] = field(default_factory=list)
    closed: list[Section] = field(default_factory=list)
    found: list[Sentence] = field(default_factory=list)

    def add_row(self, paragraph: int, line: Span, is_heading: bool) -> None:
        """Take a row of a table as one sentence, whatever marks its cells hold."""
        self._close(_LEAD, line.start)
        path = tuple(section.heading for section in self.open)
        self.found.append(Sentence(line.start, line.end, path, paragraph, is_heading))

    def add(self, paragraph: int, line: Span) -> None:
        self._close(_LEAD, line.start)
        spans = self._sentences(line)
        for i, span in enumerate(spans):
            level = self._level(spans, i)
            if level is not None:
                self._open(level, span)
            path = tuple(section.heading for section in self.open)
            self.found.append(Sentence(span.start, span.end, path, paragraph, level is not None))

    def _sentences(self, line: Span) -> list[Span]:
        """Return the sentences of a line; a number that opens it (1. ) belongs to what follows."""
        found = list(sentences(self.text, line))
        if len(found) > 1 and _NUMBER_ALONE.fullmatch(found[0].of(self.text)):
            found[:2] = [Span(found[0].start, found[1].end)]
        return found

    def finish(self) -> Outline:
        self._close(0, self.found[-1].end if self.found else 0)
        sections = sorted(self.closed, key=lambda section: (section.start, section.level))
        return Outline(tuple(sections), tuple(self.found))

    def _level(self, spans: list[Span], i: int) -> int | None:
        sentence = spans[i].of(self.text)
        if i == 0:
            level = _number_level(sentence)
            short = len(sentence) <= _HEADING_CHARS
            if level is not None and short and not _tells(spans, sentence):
                return level
            if len(spans) == 1 and spans[i].start in self.levels:
                return min(self.levels[spans[i].start], _LEAD - 1)
        if self.formal and i + 1 < len(spans) and _is_run_in(sentence):
            return _LEAD if i == 0 else _RUN_IN
        return None

    def _open(self, level: int, span: Span) -> None:
        self._close(level, span.start)
        heading = span.of(self.text).lstrip("#").strip().rstrip("。").strip()
        self.open.append(Section(heading, level, span.start, span.end, span.end))

    def _close(self, level: int, end: int) -> None:
        while self.open and self.open[-1].level >= level:
            last = self.open.pop()
            self.closed.append(Section(last.heading, last.level, last.start, last.body, end))
