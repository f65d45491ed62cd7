from pathlib import Path

import pytest

from corpus.errors import CorpusError
from corpus.loaders import load, parsing
from corpus.structure import outline

LONG = "持续释放城市更新生产力，今年改造管网"


def pdf(path: Path, *pages: list[str]) -> Path:
    """Write a PDF whose font has no glyphs but tells which character each code is.

    PDFium leaves out a line of one character in such a font, having no width to go by.
    """

    def stream(content: str) -> str:
        return f"<< /Length {len(content)} >> stream\n{content}\nendstream"

    font = "/BaseFont /F /FontDescriptor << /Type /FontDescriptor /FontName /F /Flags 4 >>"
    space = "1 begincodespacerange <0000> <FFFF> endcodespacerange"
    ranges = "1 beginbfrange <0000> <FFFF> <0000> endbfrange"
    kids = " ".join(f"{7 + 2 * n} 0 R" for n in range(len(pages)))
    system = "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{kids}] >>",
        "<< /Type /Font /Subtype /Type0 /BaseFont /F /Encoding /Identity-H"
        " /DescendantFonts [4 0 R] /ToUnicode 5 0 R >>",
        f"<< /Type /Font /Subtype /CIDFontType2 {system} /DW 1000 {font} >>",
        stream(f"begincmap {space} {ranges} endcmap"),
    ]
    for n, lines in enumerate(pages):
        codes = (" ".join(f"<{c.encode('utf-16-be').hex()}>" for c in line) for line in lines)
        shown = " ".join(f"[{line}] TJ T*" for line in codes)
        objects += [
            stream(f"BT /F 10 Tf 14 TL 20 800 Td {shown} ET"),
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 299999 842]"
            f" /Resources << /Font << /F 3 0 R >> >> /Contents {6 + 2 * n} 0 R >>",
        ]
    body = "".join(f"{n} 0 obj\n{item}\nendobj\n" for n, item in enumerate(objects, start=1))
    path.write_text(f"%PDF-1.4\n{body}trailer << /Root 1 0 R >>", encoding="ascii")
    return path


def text_of(file: Path) -> list[str]:
    return parsing.extract(file, "pdf").text.split("\n")


def test_a_pdf_gives_its_paragraphs_and_drops_running_lines(tmp_path: Path) -> None:
    head = "天津市人民政府工作报告"
    file = pdf(
        tmp_path / "a.pdf",
        [head, "一、过去一年工作", "持续释放城市更新生产力，今年改造", "管网。", "- 1 -"],
        [head, "（二）建设", "持续释放城市更新生产力，今年改造", "（三）民生", "- 2 -"],
        [head, "𠮷祥里 Wi-Fi", "- 3 -"],
    )
    assert text_of(file) == [
        "一、过去一年工作", "持续释放城市更新生产力，今年改造管网。", "（二）建设",
        "持续释放城市更新生产力，今年改造", "（三）民生", "𠮷祥里 Wi-Fi",
    ]  # fmt: skip


def test_a_pdf_line_is_full_from_eighty_hundredths_of_the_longest(tmp_path: Path) -> None:
    lines = ["津" * 20, "（一）甲", "沽" * 16, "乙文", "河" * 15, "丙文"]
    assert text_of(pdf(tmp_path / "a.pdf", lines)) == [
        "津" * 20, "（一）甲", "沽" * 16 + "乙文", "河" * 15, "丙文",
    ]  # fmt: skip


def test_first_and_last_lines_of_a_pdf_of_two_pages_are_kept(tmp_path: Path) -> None:
    lines = ["工作报告", "建设", "（1）", "工作报告", LONG, "（2）"]
    assert text_of(pdf(tmp_path / "a.pdf", lines[:3], lines[3:])) == lines


def test_numbers_that_count_the_pages_of_a_pdf_of_two_are_no_text(tmp_path: Path) -> None:
    file = pdf(tmp_path / "a.pdf", ["甲文", "第 1 页 / 共 2 页"], ["乙文", "第 2 页 / 共 2 页"])
    assert text_of(file) == ["甲文", "乙文"]


def test_a_header_of_two_lines_and_headers_of_left_and_right_pages_go(tmp_path: Path) -> None:
    left, right = ["总题", "统计局编"], ["总题", "天津年鉴"]
    pages = [[*(left if n % 2 else right), f"{c}文说明"] for n, c in enumerate("甲乙丙丁戊己")]
    assert text_of(pdf(tmp_path / "a.pdf", *pages)) == [page[-1] for page in pages]


def test_a_pdf_line_inside_a_page_or_at_the_edge_of_only_half_the_pages_is_kept(
    tmp_path: Path,
) -> None:
    pages = [["总题", "甲文"], ["总题", "乙文"], ["丙文", "总题", "丁文"], ["戊文", LONG]]
    assert text_of(pdf(tmp_path / "a.pdf", *pages)) == [line for page in pages for line in page]


def test_a_running_line_is_kept_where_it_stands_inside_a_page(tmp_path: Path) -> None:
    pages = [["总题", "甲文"], ["总题", "乙文"], ["丙文", "总题", "丁文"], ["总题", LONG]]
    assert text_of(pdf(tmp_path / "a.pdf", *pages)) == [
        "甲文", "乙文", "丙文", "总题", "丁文", LONG,
    ]  # fmt: skip


def test_a_loaded_pdf_has_the_title_and_the_sections_of_its_text(tmp_path: Path) -> None:
    (document,) = load([pdf(tmp_path / "b.pdf", ["乙市规划", "（二）民生", "今年建成公园5个。"])])
    assert (document.id, document.title, document.text, document.format, document.origin) == (
        "b", "乙市规划", "乙市规划\n（二）民生\n今年建成公园5个。", "pdf", "b.pdf",
    )  # fmt: skip
    assert outline(document).sentences[-1].section == ("（二）民生",)


def test_a_pdf_without_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"“a\.pdf”里没有文字（扫描件需先识别）"):
        load([pdf(tmp_path / "a.pdf", [], [])])


@pytest.mark.parametrize("line", ["。" * 20_000, "一" * 20_000, "（" + "1" * 20_000, "1 " * 10_000])
def test_no_pattern_is_slow_on_a_pdf_line_that_never_ends(tmp_path: Path, line: str) -> None:
    file = pdf(tmp_path / "a.pdf", [f"{line}津"], ["（一）甲"], [f"{line}沽"])
    assert text_of(file) == [f"{line}津", "（一）甲", f"{line}沽"]


@pytest.mark.parametrize("mark", ["。", "！", "？”", "。）"])
def test_a_full_pdf_line_that_ends_a_sentence_ends_its_paragraph(tmp_path: Path, mark: str) -> None:
    lines = [f"全面推进高质量发展取得新的成效{mark}", "深化改革开放。"]
    assert text_of(pdf(tmp_path / "a.pdf", lines)) == lines


@pytest.mark.parametrize("mark", ["，", "；", "：", "）", "”"])
def test_a_full_pdf_line_that_ends_inside_a_sentence_runs_on(tmp_path: Path, mark: str) -> None:
    lines = [f"全面推进高质量发展取得新的成效{mark}", "深化改革开放。"]
    assert text_of(pdf(tmp_path / "a.pdf", lines)) == ["".join(lines)]


def test_a_pdf_line_that_only_one_page_in_three_has_is_kept(tmp_path: Path) -> None:
    pages = [["增长10家", "甲文", "增长20家"], ["乙文"], [LONG]]
    assert text_of(pdf(tmp_path / "a.pdf", *pages)) == [line for page in pages for line in page]
