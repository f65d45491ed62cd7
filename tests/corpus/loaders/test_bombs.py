"""Files that would take all memory or never end: each is refused in a line, in the child."""

from collections.abc import Callable
from pathlib import Path
from secrets import token_bytes
from typing import Any

import docx
import pytest

from corpus.errors import CorpusError
from corpus.loaders import load, parsing
from tests.corpus.loaders import bombs

ZEROS = b" " * bombs.MEGABYTE
DEEP = [b"<w:p>" * 500_000]
LAUGHS = f'<?xml version="1.0"?><!DOCTYPE a [{bombs.LAUGHS}]><a>&l9;</a>'.encode()
STRINGS = "xl/sharedStrings.xml"

Maker = Callable[[Path], Any]
BOMBS: dict[str, Maker] = {
    "zip.docx": lambda p: bombs.repacked(
        p, bombs.word(), "word/document.xml", b"</w:body>", [ZEROS] * 300
    ),
    "zip.xlsx": lambda p: bombs.repacked(
        p, bombs.book(), "xl/workbook.xml", b"</workbook>", [ZEROS] * 300
    ),
    "zip.pptx": lambda p: bombs.repacked(
        p, bombs.deck(), "ppt/presentation.xml", b"</p:presentation>", [ZEROS] * 300
    ),
    "deep.docx": lambda p: bombs.repacked(p, bombs.word(), "word/document.xml", b"</w:body>", DEEP),
    "laughs.docx": lambda p: bombs.replaced(p, bombs.word(), "word/document.xml", LAUGHS),
    "laughs.xlsx": lambda p: bombs.replaced(p, bombs.book(), "xl/workbook.xml", LAUGHS),
    "pages.pdf": lambda p: bombs.pdf_of_pages(p, 100_000),
    "stream.pdf": lambda p: bombs.pdf_stream(p, 300),
    "pixels.png": lambda p: bombs.png(p, 50_000, 50_000),
    "columns.csv": lambda p: p.write_text("," * 10_000_000),
    "parts.eml": lambda p: bombs.mail_of_parts(p, 10_000),
    "empty.html": lambda p: p.write_text("<div>" * 2_000_000),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_in_a_line(tmp_path: Path, name: str) -> None:
    BOMBS[name](tmp_path / name)
    with pytest.raises(CorpusError, match=rf"“{name}”.*(?:请|安装)") as told:
        load([tmp_path / name])
    assert "\n" not in str(told.value)


def test_an_honest_file_of_five_megabytes_is_read(tmp_path: Path) -> None:
    document = docx.Document()
    lines = [f"第{n}项工作：改造燃气管网{n}公里。" for n in range(3_000)]
    for line in lines:
        document.add_paragraph(line)
    document.save(str(tmp_path / "a.docx"))
    noise = b"<!--%b-->" % token_bytes(5 * bombs.MEGABYTE).hex().encode()
    source = (tmp_path / "a.docx").read_bytes()
    padded = bombs.repacked(
        tmp_path / "b.docx", source, "docProps/app.xml", b"</Properties>", [noise]
    )
    assert padded.stat().st_size > 5 * bombs.MEGABYTE
    assert parsing.extract(padded, "docx").text.split("\n") == lines
