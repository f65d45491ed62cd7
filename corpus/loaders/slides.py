"""PPTX: a page a slide, its title first, then what stands on it from top to bottom."""

from collections.abc import Iterable, Iterator
from io import BytesIO

import pptx
from lxml.etree import _Element
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.oxml.ns import qn
from pptx.shapes.autoshape import Shape
from pptx.shapes.base import BaseShape
from pptx.shapes.graphfrm import GraphicFrame
from pptx.shapes.group import GroupShape
from pptx.slide import Slide
from pptx.table import Table
from pptx.text.text import TextFrame

from corpus.loaders import archive
from corpus.loaders.captions import caption
from corpus.loaders.parsed import Box, Parsed, Scribe, header_rows

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}oMath"
_DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds"
_NEW_CHART = "{http://schemas.microsoft.com/office/drawing/2014/chartex}chart"
_OBJECT = qn("p:oleObj")
_LEFT_OUT = {
    qn("p:pic"): "张图片", qn("c:chart"): "张图表", _NEW_CHART: "张图表", _DIAGRAM: "张图示",
    _OBJECT: "个嵌入对象", _MATH: "个公式",
}  # fmt: skip
_FURNITURE = {PP_PLACEHOLDER.SLIDE_NUMBER, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.DATE,
              PP_PLACEHOLDER.HEADER}  # fmt: skip
_ROW = 180_000  # shapes whose tops are within half a centimetre, in EMU, stand side by side


def parse(data: bytes) -> Parsed:
    """Return the text of all slides, notes after each; a hidden slide is a page without text."""
    archive.check(data)
    scribe = Scribe()
    for slide in pptx.Presentation(BytesIO(data)).slides:
        scribe.page()
        if slide._element.get("show") in ("0", "false"):
            scribe.leave_out("张隐藏的幻灯片")
        else:
            _tell(slide, scribe)
    return scribe.done()


def _tell(slide: Slide, scribe: Scribe) -> None:
    tree = slide.shapes._spTree
    _settle(tree)
    above: list[str] = []
    title = slide.shapes.title
    if title is not None:
        above.append(" ".join(title.text_frame.text.split()))
        scribe.line(above[0], level=1)
    for shape in _in_order(slide.shapes):
        if title is not None and shape.shape_id == title.shape_id:
            continue
        if isinstance(shape, GraphicFrame) and shape.has_table:
            _table(shape.table, scribe, caption(above) or "".join(above[:1]))
        elif isinstance(shape, Shape) and not _is_furniture(shape):
            for line in _lines(shape.text_frame):
                above.append(line)
                scribe.line(line)
    for element in tree.iter(*_LEFT_OUT):
        if next(element.iterancestors(_OBJECT), None) is None:  # shows a picture of itself
            scribe.leave_out(_LEFT_OUT[element.tag])
    notes = slide.notes_slide.notes_text_frame if slide.has_notes_slide else None
    for line in _lines(notes) if notes is not None else ():
        scribe.line(line)


def _settle(tree: _Element) -> None:
    """Keep of what is written twice, for old and new programs, only the new."""
    for both in list(tree.iter(f"{_MC}AlternateContent")):
        chosen = both.find(f"{_MC}Choice")
        chosen = both.find(f"{_MC}Fallback") if chosen is None else chosen
        for child in list(chosen) if chosen is not None else ():
            both.addprevious(child)
        both.getparent().remove(both)


def _in_order(shapes: Iterable[BaseShape]) -> Iterator[BaseShape]:
    """Yield shapes from top to bottom and left to right, those of a group where the group is."""
    for shape in sorted(shapes, key=lambda s: (round((s.top or 0) / _ROW), s.left or 0)):
        if isinstance(shape, GroupShape):
            yield from _in_order(shape.shapes)
        else:
            yield shape


def _is_furniture(shape: BaseShape) -> bool:
    return shape.is_placeholder and shape.placeholder_format.type in _FURNITURE


def _lines(frame: TextFrame) -> list[str]:
    texts = (paragraph.text.replace("\v", "\n").strip() for paragraph in frame.paragraphs)
    return [text for text in texts if text]


def _table(table: Table, scribe: Scribe, said_above: str) -> None:
    grid = [
        [None if c.is_spanned else Box(c.text, c.span_height, c.span_width) for c in row.cells]
        for row in table.rows
    ]
    scribe.table(grid, header_rows(grid), said_above)
