"""DOCX: paragraphs and tables in reading order, headers and footers left out."""

import zipfile
from io import BytesIO

import docx
from docx.table import Table, _Row

from corpus.loaders.parsed import Parsed

_MAX_UNPACKED = 200_000_000


def parse(data: bytes) -> Parsed:
    """Return the text, a paragraph a line, table cells of a row separated by tabs."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > _MAX_UNPACKED:
            raise ValueError("the archive unpacks to too much")
    blocks: list[str] = []
    for block in docx.Document(BytesIO(data)).iter_inner_content():
        if isinstance(block, Table):
            blocks += [_line(row) for row in block.rows]
        else:
            blocks.append(block.text)
    return Parsed("\n".join(block for block in blocks if block.strip()))


def _line(row: _Row) -> str:
    """Return a table row as one line; a merged cell, which stands once a column, once."""
    cells = {id(cell._tc): " ".join(cell.text.split()) for cell in row.cells}
    return "\t".join(cells.values())
