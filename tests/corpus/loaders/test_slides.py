from io import BytesIO
from pathlib import Path

import pptx
import pytest
from lxml import etree
from PIL import Image
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.enum.shapes import PROG_ID
from pptx.util import Cm

from corpus.errors import CorpusError
from corpus.loaders import parsing, slides
from corpus.loaders.parsed import Parsed

BLANK, TITLE_ONLY = 6, 5


def picture() -> BytesIO:
    file = BytesIO()
    Image.new("RGB", (2, 2)).save(file, "PNG")
    file.seek(0)
    return file


def read(show: pptx.presentation.Presentation) -> Parsed:
    file = BytesIO()
    show.save(file)
    return slides.parse(file.getvalue())


def slide(show: pptx.presentation.Presentation, title: str = ""):  # type: ignore[no-untyped-def]
    added = show.slides.add_slide(show.slide_layouts[TITLE_ONLY if title else BLANK])
    if title:
        added.shapes.title.text = title
    return added


def write(shapes, text: str, left: float, top: float):  # type: ignore[no-untyped-def]
    box = shapes.add_textbox(Cm(left), Cm(top), Cm(3), Cm(1))
    box.text_frame.text = text
    return box


def test_a_slide_is_a_page_with_its_title_first() -> None:
    show = pptx.Presentation()
    first = slide(show)
    write(first.shapes, "无题", 1, 1)
    second = slide(show, "重点\v工程")
    write(second.shapes, "在上", 1, 0)
    parsed = read(show)
    assert parsed.text == "无题\n重点 工程\n在上"
    assert (parsed.layout.pages, parsed.layout.headings) == ((0, 3), ((3, 1),))


def test_text_is_read_from_top_to_bottom_then_left_to_right_and_in_groups() -> None:
    show = pptx.Presentation()
    page = slide(show)
    write(page.shapes, "下", 1, 9)
    write(page.shapes, "右", 9, 3)
    write(page.shapes, "左", 1, 3.1)
    group = page.shapes.add_group_shape()
    write(group.shapes, "组二", 1, 7)
    write(group.shapes, "组一\n\n 组一下 \v行", 1, 6)
    write(page.shapes, "上", 5, 1)
    assert read(show).text == "上\n左\n右\n组一\n组一下 \n行\n组二\n下"


def test_a_table_has_its_merged_cells_and_the_title_above_it() -> None:
    show = pptx.Presentation()
    page = slide(show, "主要指标")
    table = page.shapes.add_table(3, 3, Cm(1), Cm(6), Cm(9), Cm(3)).table
    rows = [("指标", "2024年", ""), ("", "目标", "完成"), ("管网", "600", "623")]
    for number, texts in enumerate(rows):
        for column, text in enumerate(texts):
            table.cell(number, column).text = text
    table.cell(0, 0).merge(table.cell(1, 0))
    table.cell(0, 1).merge(table.cell(0, 2))
    parsed = read(show)
    assert parsed.text == "主要指标\n指标\t2024年\n\t目标\t完成\n管网\t600\t623"
    (found,) = parsed.layout.tables
    assert (found.headers, found.caption) == (2, "主要指标")
    assert [(c.row, c.column, c.rows, c.columns) for c in found.cells[:2]] == [
        (0, 0, 2, 1),
        (0, 1, 1, 2),
    ]
    write(page.shapes, "单位：公里", 1, 5)
    assert read(show).layout.tables[0].caption == "主要指标 单位：公里"


def test_notes_are_read_after_the_slide() -> None:
    show = pptx.Presentation()
    page = slide(show, "标题")
    page.notes_slide.notes_text_frame.text = "备注一\n备注二"
    write(page.shapes, "正文", 1, 9)
    slide(show, "其次")
    assert read(show).text == "标题\n正文\n备注一\n备注二\n其次"


def test_numbers_dates_and_footers_of_slides_are_left_out() -> None:
    show = pptx.Presentation()
    page = slide(show, "标题")
    for shape in show.slide_layouts[TITLE_ONLY].placeholders:
        if shape.placeholder_format.idx >= 10:
            page.shapes._spTree.append(etree.fromstring(etree.tostring(shape._element)))
    assert len(page.placeholders) == 4
    for shape in [*page.placeholders][1:]:
        shape.text_frame.text = "页脚"
    assert read(show).text == "标题"


def test_a_hidden_slide_is_a_page_without_words() -> None:
    show = pptx.Presentation()
    for title in "甲乙丙":
        slide(show, title)
    show.slides[1]._element.set("show", "0")
    parsed = read(show)
    assert (parsed.text, parsed.layout.left_out) == ("甲\n丙", ("1 张隐藏的幻灯片",))
    assert parsed.layout.page_at(parsed.text.index("丙")) == 3


def test_what_is_left_out_is_told() -> None:
    show = pptx.Presentation()
    page = slide(show, "标题")
    page.shapes.add_picture(picture(), Cm(1), Cm(1))
    page.shapes.add_group_shape().shapes.add_picture(picture(), Cm(1), Cm(1))
    data = CategoryChartData()
    data.categories = ["甲"]
    data.add_series("乙", (1,))
    page.shapes.add_chart(XL_CHART_TYPE.PIE, Cm(1), Cm(1), Cm(5), Cm(5), data)
    page.shapes.add_ole_object(BytesIO(b"x"), PROG_ID.XLSX, Cm(1), Cm(1))
    assert set(read(show).layout.left_out) == {"2 张图片", "1 张图表", "1 个嵌入对象"}


def test_what_is_written_twice_for_old_and_new_programs_is_read_once() -> None:
    show = pptx.Presentation()
    page = slide(show)
    new, old = (write(page.shapes, text, 1, 1)._element for text in ("新", "旧"))
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    both = etree.SubElement(page.shapes._spTree, f"{{{mc}}}AlternateContent")
    etree.SubElement(both, f"{{{mc}}}Choice", Requires="a14").append(new)
    etree.SubElement(both, f"{{{mc}}}Fallback").append(old)
    assert read(show).text == "新"


def test_a_file_that_is_no_presentation_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.pptx").write_bytes(b"PK\x03\x04cut")
    with pytest.raises(CorpusError, match=r"无法解析“a\.pptx”"):
        parsing.extract(tmp_path / "a.pptx", "pptx")
