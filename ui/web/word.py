"""A conversation as a Word file: what the Markdown one says, with tables as tables."""

import re
from collections.abc import Sequence
from datetime import datetime
from io import BytesIO

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.styles.style import ParagraphStyle

from rag.answers import Answer, Citation
from rag.table import Table
from ui.web.chat import Said
from ui.web.export import dated, shown, source, told_by, understood
from ui.web.lines import runs

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_TEXT, _HEADS = "宋体", "黑体"
_STYLES = {"Normal": _TEXT, "Title": _HEADS, "Heading 1": _HEADS, "Quote": "楷体"}
_THEMES = ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme")
_UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # in no XML


def word(said: Sequence[Said], now: datetime) -> bytes:
    """Return the conversation as the bytes of a .docx file."""
    document = docx.Document()
    _laid_out(document, now)
    document.add_heading("津问问答记录", 0)
    document.add_paragraph(dated(now))
    for turn in said:
        document.add_heading(_fit(turn.question), 1)
        if turn.answer:
            _answer(document, turn.answer)
        else:
            document.add_paragraph(_fit(turn.error))
    kept = BytesIO()
    document.save(kept)
    return kept.getvalue()


def _laid_out(document: Document, now: datetime) -> None:
    """Set paper and Chinese fonts; python-docx's template knows neither."""
    section = document.sections[0]
    section.orientation, section.page_width, section.page_height = (
        WD_ORIENT.PORTRAIT, Cm(21), Cm(29.7)
    )  # fmt: skip
    for name, font in _STYLES.items():
        style = document.styles[name]
        assert isinstance(style, ParagraphStyle)
        _in_font(style, font)
    document.core_properties.title = "津问问答记录"
    document.core_properties.author = "津问"
    document.core_properties.comments = ""
    document.core_properties.created = document.core_properties.modified = now


def _in_font(style: ParagraphStyle, font: str) -> None:
    """Set a style's font for Latin and Chinese letters alike."""
    style.font.name = font
    style.font.italic = False  # no Chinese letter is slanted
    fonts = style.element.get_or_add_rPr().rFonts
    fonts.set(qn("w:eastAsia"), font)
    for theme in _THEMES:  # a theme's font would win over the one that is named
        fonts.attrib.pop(qn(f"w:{theme}"), None)


def _answer(document: Document, answer: Answer) -> None:
    if told := understood(answer):
        document.add_paragraph(_fit(told))
    if label := told_by(answer):
        document.add_paragraph().add_run(_fit(label)).bold = True
    lines = answer.answer.splitlines()
    if answer.table:
        document.add_paragraph(_fit(lines[0]))
        _grid(document, _rows(answer.table))
    else:
        _lines(document, lines)
    for warning in answer.warnings:
        document.add_paragraph(_fit(warning))
    for citation in shown(answer):
        _quote(document, citation)


def _lines(document: Document, lines: Sequence[str]) -> None:
    """Add the lines of an answer; rows of a table that follow each other as a table."""
    for is_table, same in runs(lines):
        if is_table:
            _grid(document, [line.split("\t") for line in same])
        else:
            for line in same:
                document.add_paragraph(_fit(line))


def _rows(table: Table) -> list[list[str]]:
    rows = [[r.place, str(r.year or ""), r.value, f"[{r.n}]"] for r in table.rows]
    lacking = [[place, "", "没有给出", ""] for place in table.missing]
    return [["地区", "年份", "数值", "引文"], *rows, *lacking]


def _grid(document: Document, rows: Sequence[Sequence[str]]) -> None:
    grid = document.add_table(len(rows), max(map(len, rows)), "Table Grid")
    for cells, row in zip(grid.rows, rows, strict=True):
        for cell, text in zip(cells.cells, row, strict=False):
            cell.text = _fit(text)


def _quote(document: Document, citation: Citation) -> None:
    """Add a quote, indented, and under it where it stands."""
    for text in (f"[{citation.n}] {citation.quote}", f"—— {source(citation)}"):
        paragraph = document.add_paragraph(_fit(text), "Quote")
        paragraph.paragraph_format.left_indent = Cm(1)
        paragraph.paragraph_format.space_after = Pt(4)


def _fit(text: str) -> str:
    """Return a text that XML can hold, the cells of a table's row apart by lines."""
    return _UNFIT.sub("", text.replace("\t", " │ "))
