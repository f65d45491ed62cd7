import zipfile
from pathlib import Path

import docx
import pytest

from corpus.errors import CorpusError
from corpus.loaders import load, parsing
from corpus.structure import outline

GAS = "今年改造燃气管网623公里、供热管网150公里、供水管网30公里，启动275个老旧小区改造提升。"
BROKEN = "（文件损坏或过大），请另存为 txt 后再添加"


def word(path: Path, *paragraphs: str) -> Path:
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    document.save(str(path))
    return path


def repack(path: Path, source: Path, extra: bytes = b"", junk_megabytes: int = 0) -> Path:
    """Copy a .docx with `extra` at the end of its body and a part that no reader looks at."""
    with (
        zipfile.ZipFile(source) as old,
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new,
    ):
        for entry in old.infolist():
            content = old.read(entry).replace(b"<w:sectPr", extra + b"<w:sectPr", 1)
            new.writestr(entry.filename, content)
        with new.open("junk.bin", "w") as junk:
            for _ in range(junk_megabytes):
                junk.write(bytes(1_000_000))
    return path


def test_a_word_file_gives_paragraphs_and_tables_in_order_without_the_page(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("工作报告", 0)
    table = document.add_table(2, 2)
    for cell, text in zip((c for row in table.rows for c in row.cells), "甲乙丙丁", strict=True):
        cell.text = f" {text} "
    document.add_table(1, 2)
    document.add_paragraph("  ")
    document.add_paragraph(GAS)
    document.sections[0].header.paragraphs[0].text = "页眉"
    document.sections[0].footer.paragraphs[0].text = "页脚"
    document.save(str(tmp_path / "a.docx"))
    assert parsing.extract(tmp_path / "a.docx", "docx").text == f"工作报告\n甲\t乙\n丙\t丁\n{GAS}"


def test_a_word_file_that_unpacks_to_over_200_megabytes_is_refused(tmp_path: Path) -> None:
    source = word(tmp_path / "a.docx", GAS)
    assert parsing.extract(repack(tmp_path / "b.docx", source, junk_megabytes=199), "docx").text == GAS
    bomb = repack(tmp_path / "c.docx", source, junk_megabytes=200)
    assert bomb.stat().st_size < 1_000_000
    with pytest.raises(CorpusError, match=rf"无法解析“c\.docx”{BROKEN}"):
        parsing.extract(bomb, "docx")


def test_a_word_file_whose_parts_fill_the_memory_is_refused(tmp_path: Path) -> None:
    source = word(tmp_path / "a.docx", GAS)
    assert parsing.extract(repack(tmp_path / "b.docx", source, b"<a/>" * 9), "docx").text == GAS
    with pytest.raises(CorpusError, match=rf"无法解析“c\.docx”{BROKEN}"):
        parsing.extract(repack(tmp_path / "c.docx", source, b"<a/>" * 12_000_000), "docx")


def test_a_file_with_over_twenty_million_characters_is_refused(tmp_path: Path) -> None:
    file = word(tmp_path / "a.docx", *["a" * 6_666_667] * 3)
    with pytest.raises(CorpusError, match=rf"无法解析“a\.docx”{BROKEN}"):
        parsing.extract(file, "docx")


def test_a_loaded_word_file_has_the_title_and_the_sections_of_its_text(tmp_path: Path) -> None:
    (document,) = load([word(tmp_path / "2024年.docx", "天津市工作报告", "（一）建设", GAS)])
    assert (document.id, document.title, document.text, document.format, document.origin) == (
        "2024年", "天津市2024年政府工作报告", f"天津市工作报告\n（一）建设\n{GAS}",
        "docx", "2024年.docx",
    )  # fmt: skip
    assert outline(document).sentences[-1].section == ("（一）建设",)


def test_a_merged_table_cell_is_given_once(tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(1, 3)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "甲"
    table.cell(0, 2).text = "乙"
    document.save(str(tmp_path / "a.docx"))
    assert parsing.extract(tmp_path / "a.docx", "docx").text == "甲\t乙"


def test_a_table_row_is_one_line(tmp_path: Path) -> None:
    document = docx.Document()
    first, second = document.add_table(1, 2).rows[0].cells
    first.text, second.text = "甲\n乙", "丙"
    document.save(str(tmp_path / "a.docx"))
    assert parsing.extract(tmp_path / "a.docx", "docx").text == "甲 乙\t丙"
