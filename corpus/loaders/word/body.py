"""DOCX: paragraphs and tables in reading order, as they read with tracked changes accepted.

Automatic numbers, text boxes, footnotes and endnotes are words of the file and are written where a
reader meets them; headers, footers, comments, hidden text and a table of contents are not.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.parser import parse_xml
from docx.parts.document import DocumentPart
from lxml.etree import _Element

from corpus.loaders import archive
from corpus.loaders.captions import caption
from corpus.loaders.parsed import Parsed, Scribe, header_rows
from corpus.loaders.word import tables
from corpus.loaders.word.names import is_on, w
from corpus.loaders.word.numbers import Numbering, separated
from corpus.loaders.word.pages import Pages
from corpus.loaders.word.runs import Line, inside, read
from corpus.loaders.word.styles import Styles

_PARAGRAPH, _TABLE = w("p"), w("tbl")


def parse(data: bytes) -> Parsed:
    """Return the text, a paragraph a line, table cells of a row separated by tabs."""
    archive.check(data)
    part = docx.Document(BytesIO(data)).part
    body = part.element.body
    teller = _Teller(part)
    for _ in body.iter(w("altChunk")):
        teller.scribe.leave_out("个嵌入对象")
    paged = next(body.iter(w("lastRenderedPageBreak")), None) is not None
    teller.tell(body, Pages(teller.scribe) if paged else None)
    return teller.scribe.done()


def _root(part: DocumentPart, kind: str) -> _Element | None:
    """Return the XML of a part that belongs to the document, None where there is none."""
    parts = (r.target_part for r in part.rels.values() if r.reltype == kind and not r.is_external)
    found = next(parts, None)
    return None if found is None else parse_xml(found.blob)


class _Teller:
    """Writes down what a document holds in the order it is read."""

    def __init__(self, part: DocumentPart) -> None:
        self.scribe = Scribe()
        self._styles = Styles(_root(part, RELATIONSHIP_TYPE.STYLES))
        self._numbering = Numbering(_root(part, RELATIONSHIP_TYPE.NUMBERING), self._styles)
        notes = (_root(part, RELATIONSHIP_TYPE.FOOTNOTES), _root(part, RELATIONSHIP_TYPE.ENDNOTES))
        self._notes = {
            (note.tag, note.get(w("id"), "")): note
            for root in notes if root is not None for note in root
        }  # fmt: skip
        self._above: deque[str] = deque(maxlen=2)  # the lines written last, for captions

    def tell(self, parent: _Element, pages: Pages | None = None) -> None:
        """Write the blocks of an element; `pages` notes where Word began a page."""
        for block, line in self._blocks(parent):
            if block.tag == _TABLE:
                self._table(block, pages)
                continue
            said = self._numbered(block, line)
            if not line.text:
                said = replace(said, text="")
            start = self._write(said.text, self._styles.level(block))
            if pages:
                pages.turn(said, start)
            self._hang(said)

    def _blocks(self, parent: _Element) -> Iterator[tuple[_Element, Line]]:
        """Yield tables, and paragraphs with what they say, joined where their mark is deleted."""
        waiting = None
        for block in inside(parent, _PARAGRAPH, _TABLE):
            if block.tag == _TABLE:
                if waiting:
                    yield waiting[0], waiting[1].stripped()
                waiting = None
                yield block, Line()
                continue
            line = self._read(block)
            line = line.behind(waiting[1]) if waiting else line
            if _goes_on(block):
                waiting = (block, line) if line != Line() else None
                continue
            waiting = None
            yield block, line.stripped()
        if waiting:
            yield waiting[0], waiting[1].stripped()

    def _read(self, paragraph: _Element) -> Line:
        line = read(paragraph, self._styles)
        if line.text.strip() and self._styles.is_contents(paragraph):
            self.scribe.leave_out("目录")
            line = Line(turns=[(0, noted) for _, noted in line.turns])
        if is_on(paragraph.find(w("pPr/pageBreakBefore"))) and self.scribe.size:
            line.turns.insert(0, (0, False))
        return line

    def _numbered(self, paragraph: _Element, line: Line) -> Line:
        """Return a line with the automatic number of its paragraph in front."""
        hidden = paragraph.find(w("pPr/rPr/vanish"))
        if not line.text and is_on(hidden):
            return line
        text = separated(self._numbering.label(paragraph), line.text)
        more = len(text) - len(line.text)
        return replace(line, text=text, turns=[(at + more * (at > 0), n) for at, n in line.turns])

    def _write(self, text: str, level: int | None) -> int:
        """Write a line, a heading as one whatever breaks are in it, and return where it starts."""
        start = self.scribe.size + bool(self.scribe.size)
        if text:
            text = text if level is None else text.replace("\n", " ")
            self.scribe.line(text, level)
            self._above.append(text)
        return start

    def _hang(self, line: Line) -> None:
        """Write what hangs on a line: its text boxes, its notes, each once."""
        for box in line.boxes:
            self.tell(box)
        for note in line.notes:
            if (found := self._notes.pop(note, None)) is not None:
                self.tell(found)
        for what, times in (+line.left_out).items():
            self.scribe.leave_out(what, times)

    def _table(self, table: _Element, pages: Pages | None = None) -> None:
        """Write a table, then the tables in it; a frame around text is no table."""
        rows = tables.rows(table)
        if len(cells := [cell for row in rows for cell in tables.cells(row)]) == 1:
            self.tell(cells[0], pages)
            return
        nested: list[_Element] = []
        hung: list[Line] = []
        boxes = tables.grid(rows, lambda cell: self._cell(cell, nested, hung))
        start = self.scribe.size + bool(self.scribe.size)
        headers = tables.heading_rows(rows) or header_rows(boxes)
        self.scribe.table(boxes, headers, caption([*self._above]))
        self._above.clear()
        if pages:
            pages.turn_rows(rows, boxes, start)
        for inner in nested:
            self._table(inner)
        for line in hung:
            self._hang(line)

    def _cell(self, cell: _Element, nested: list[_Element], hung: list[Line]) -> str:
        """Return the text of a cell; what does not go in its line is put in the lists."""
        said: list[str] = []
        for block, line in self._blocks(cell):
            if block.tag == _TABLE:
                nested.append(block)
            else:
                hung.append(self._numbered(block, line))
                said.append(hung[-1].text)
        return "\n".join(said)


def _goes_on(paragraph: _Element) -> bool:
    """Tell whether a paragraph runs on: its end is deleted, or only separates two styles."""
    mark = paragraph.find(w("pPr/rPr"))
    if mark is None:
        return False
    gone = any(mark.find(w(name)) is not None for name in ("del", "moveFrom"))
    return gone or is_on(mark.find(w("specVanish")))
