"""DOCX: paragraphs and tables in reading order, headers and footers left out."""

import zipfile
from io import BytesIO

import docx
from docx.table import Table

_MAX_UNPACKED = 200_000_000


def text(data: bytes) -> str:
    """Return the text, a paragraph a line, table cells of a row separated by tabs."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > _MAX_UNPACKED:
            raise ValueError("the archive unpacks to too much")
    blocks: list[str] = []
    for block in docx.Document(BytesIO(data)).iter_inner_content():
        if isinstance(block, Table):
            blocks += ["\t".join(cell.text.strip() for cell in row.cells) for row in block.rows]
        else:
            blocks.append(block.text)
    return "\n".join(block for block in blocks if block.strip())
