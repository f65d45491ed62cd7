import zipfile
from pathlib import Path

import docx
import pytest

from corpus.errors import CorpusError
from corpus.loaders import load, parsing
from corpus.loaders.parsed import Parsed
from corpus.loaders.word.body import parse
from corpus.structure import outline
from tests.corpus.loaders.files_word import cell, para, row, run, style, table, word_file

GAS = "今年改造燃气管网623公里、供热管网150公里、供水管网30公里，启动275个老旧小区改造提升。"
BROKEN = "（文件损坏或过大），请另存为 txt 后再添加"


def saved(path: Path, *paragraphs: str) -> Path:
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
    written = document.add_table(2, 2)
    places = (place for line in written.rows for place in line.cells)
    for place, said in zip(places, "甲乙丙丁", strict=True):
        place.text = f" {said} "
    document.add_table(1, 2)
    document.add_paragraph("  ")
    document.add_paragraph(GAS)
    document.sections[0].header.paragraphs[0].text = "页眉"
    document.sections[0].footer.paragraphs[0].text = "页脚"
    document.save(str(tmp_path / "a.docx"))
    assert parsing.extract(tmp_path / "a.docx", "docx").text == f"工作报告\n甲\t乙\n丙\t丁\n{GAS}"


def test_a_word_file_that_unpacks_to_over_200_megabytes_is_refused(tmp_path: Path) -> None:
    source = saved(tmp_path / "a.docx", GAS)
    assert (
        parsing.extract(repack(tmp_path / "b.docx", source, junk_megabytes=199), "docx").text == GAS
    )
    bomb = repack(tmp_path / "c.docx", source, junk_megabytes=200)
    assert bomb.stat().st_size < 1_000_000
    with pytest.raises(CorpusError, match=rf"无法解析“c\.docx”{BROKEN}"):
        parsing.extract(bomb, "docx")


def test_a_word_file_whose_parts_fill_the_memory_is_refused(tmp_path: Path) -> None:
    source = saved(tmp_path / "a.docx", GAS)
    assert parsing.extract(repack(tmp_path / "b.docx", source, b"<a/>" * 9), "docx").text == GAS
    with pytest.raises(CorpusError, match=rf"无法解析“c\.docx”{BROKEN}"):
        parsing.extract(repack(tmp_path / "c.docx", source, b"<a/>" * 12_000_000), "docx")


def test_a_file_with_over_twenty_million_characters_is_refused(tmp_path: Path) -> None:
    file = saved(tmp_path / "a.docx", *["a" * 6_666_667] * 3)
    with pytest.raises(CorpusError, match=rf"无法解析“a\.docx”{BROKEN}"):
        parsing.extract(file, "docx")


def test_a_loaded_word_file_has_the_title_and_the_sections_of_its_text(tmp_path: Path) -> None:
    (document,) = load([saved(tmp_path / "2024年.docx", "天津市工作报告", "（一）建设", GAS)])
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
    assert parsing.extract(tmp_path / "a.docx", "docx").text == "甲\t\t乙"


def test_a_table_row_is_one_line(tmp_path: Path) -> None:
    document = docx.Document()
    first, second = document.add_table(1, 2).rows[0].cells
    first.text, second.text = "甲\n乙", "丙"
    document.save(str(tmp_path / "a.docx"))
    assert parsing.extract(tmp_path / "a.docx", "docx").text == "甲 乙\t丙"


def read(*blocks: str, **parts: str) -> Parsed:
    return parse(word_file("".join(blocks), **parts))


def text(*blocks: str, **parts: str) -> str:
    return read(*blocks, **parts).text


def test_tracked_changes_read_as_accepted() -> None:
    inserted = f'<w:ins w:id="1" w:author="a">{run("4.5万人")}</w:ins>'
    deleted = '<w:del w:id="2"><w:r><w:delText>4万人</w:delText></w:r></w:del>'
    both = f'<w:ins w:id="3"><w:del w:id="4">{run("5万人")}</w:del></w:ins>'
    assert text(para("全年新增就业", inserted, deleted, both, "。")) == "全年新增就业4.5万人。"


def test_moved_text_reads_where_it_was_moved_to() -> None:
    there = f'<w:moveTo w:id="1">{run("供热管网")}</w:moveTo>'
    here = f'<w:moveFrom w:id="2">{run("供热管网")}</w:moveFrom>'
    assert text(para("改造", here, "燃气管网"), para("新建", there)) == "改造燃气管网\n新建供热管网"


@pytest.mark.parametrize("mark", ["<w:del w:id='1'/>", "<w:moveFrom w:id='1'/>", "<w:specVanish/>"])
def test_paragraphs_between_which_the_mark_is_deleted_are_one(mark: str) -> None:
    gone = f"<w:rPr>{mark}</w:rPr>"
    assert text(para("甲", properties=gone), para("乙"), para("丙")) == "甲乙\n丙"
    assert text(para("甲"), para("乙", properties=gone), table(row("丙", "丁"))) == "甲\n乙\n丙\t丁"
    assert text(para("甲"), para("乙", properties=gone)) == "甲\n乙"


def test_links_controls_tags_and_fields_give_their_text() -> None:
    link = f"<w:hyperlink>{run('公报')}</w:hyperlink>"
    control = f"<w:sdt><w:sdtPr/><w:sdtContent>{run('天津')}</w:sdtContent></w:sdt>"
    prompt = (
        "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr>"
        f"<w:sdtContent>{run('单击此处输入')}</w:sdtContent></w:sdt>"
    )
    smart = f"<w:smartTag>{run('北京')}</w:smartTag>"
    simple = f'<w:fldSimple w:instr="PAGE">{run("7")}</w:fldSimple>'
    assert text(para("见", link, control, prompt, smart, simple)) == "见公报天津北京7"
    block = f"<w:sdt><w:sdtPr/><w:sdtContent>{para('甲')}{para('乙')}</w:sdtContent></w:sdt>"
    assert text(block, para("丙")) == "甲\n乙\n丙"


def test_of_a_field_the_result_is_read_and_not_what_computes_it() -> None:
    begin, separate, end = (
        f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")
    )
    inner = begin + "<w:r><w:instrText>MERGEFIELD x</w:instrText></w:r>" + separate + run("1") + end
    field = (
        begin + "<w:r><w:instrText>IF</w:instrText></w:r>" + inner + separate + run("合格") + end
    )
    assert text(para("结果", field, "。")) == "结果合格。"
    assert text(para("甲", begin, "乙"), para("丙")) == "甲\n丙"  # a field that never ends


def test_breaks_tabs_and_signs_are_characters() -> None:
    signs = (
        "<w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:tab/><w:t>3</w:t><w:noBreakHyphen/><w:t>4</w:t>"
        '<w:softHyphen/><w:cr/><w:sym w:font="Symbol" w:char="F0B3"/><w:t>95%</w:t>'
        '<w:sym w:font="Wingdings" w:char="F0FE"/><w:sym w:font="X" w:char="2460"/>'
        '<w:sym w:font="X" w:char="F041"/></w:r>'
    )
    parsed = read(para(signs))
    assert parsed.text == "甲\n乙\t3-4\n≥95%☑①"
    assert parsed.layout.left_out == ("1 个符号",)
    broken = '<w:r><w:sym w:font="X" w:char="none"/></w:r>'
    assert read(para("甲", broken)).layout.left_out == ("1 个符号",)


def test_hidden_text_is_left_out_by_itself_and_by_its_style() -> None:
    styles = (
        style("H", "<w:rPr><w:vanish/></w:rPr>", "character")
        + style("P", '<w:basedOn w:val="Q"/>')
        + style("Q", "<w:rPr><w:vanish/></w:rPr>")
    )
    hidden = run("乙", "<w:vanish/>") + run("丙", '<w:rStyle w:val="H"/>')
    shown = run("丁", '<w:vanish w:val="0"/>') + run(
        "戊", '<w:rStyle w:val="H"/><w:vanish w:val="false"/>'
    )
    assert text(para("甲", hidden, shown), styles=styles) == "甲丁戊"
    assert text(para("甲"), para("乙", properties='<w:pStyle w:val="P"/>'), styles=styles) == "甲"


def test_of_characters_with_their_sound_the_characters_are_read() -> None:
    ruby = (
        f"<w:r><w:ruby><w:rt>{run('jīn')}</w:rt><w:rubyBase>{run('津')}</w:rubyBase></w:ruby></w:r>"
    )
    assert text(para(ruby, "门")) == "津门"


def test_headings_have_levels_by_style_by_outline_and_by_what_a_style_is_based_on() -> None:
    styles = (
        style("1", '<w:name w:val="heading 1"/>')
        + style("A", '<w:name w:val="小标题"/><w:basedOn w:val="2"/>')
        + style("2", '<w:name w:val="标题 2"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr>')
        + style("T", '<w:name w:val="Title"/>')
        + style("L", '<w:basedOn w:val="L"/>')
    )
    given = [("报告\n摘要", "T"), ("总则", "1"), ("目标", "A"), ("正文", "L"), ("正文", "none")]
    blocks = [
        para("<w:r><w:t>报告</w:t><w:br/><w:t>摘要</w:t></w:r>" if "\n" in said else said,
             properties=f'<w:pStyle w:val="{name}"/>')
        for said, name in given
    ]  # fmt: skip
    blocks.append(para("附则", properties='<w:pStyle w:val="1"/><w:outlineLvl w:val="3"/>'))
    blocks.append(para("说明", properties='<w:pStyle w:val="1"/><w:outlineLvl w:val="9"/>'))
    parsed = read(*blocks, styles=styles)
    assert parsed.text == "报告 摘要\n总则\n目标\n正文\n正文\n附则\n说明"
    assert parsed.layout.headings == ((0, 0), (6, 1), (9, 2), (18, 4))


def test_a_table_of_contents_is_left_out() -> None:
    styles = style("C", '<w:name w:val="toc 1"/>')
    contents = [para(f"{n}、目标\t3", properties='<w:pStyle w:val="C"/>') for n in "一二"]
    parsed = read(*contents, para("一、目标"), styles=styles)
    assert (parsed.text, parsed.layout.left_out) == ("一、目标", ("目录",))


BOX = f"<w:txbxContent>{para('甲')}{para('乙')}</w:txbxContent>"


def test_a_text_box_is_read_once_after_the_paragraph_that_holds_it() -> None:
    new = f"<w:drawing><wps:wsp><wps:txbx>{BOX}</wps:txbx></wps:wsp></w:drawing>"
    old = f"<w:pict><v:shape><v:textbox>{BOX}</v:textbox></v:shape></w:pict>"
    both = (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{new}</mc:Choice>'
        f"<mc:Fallback>{old}</mc:Fallback></mc:AlternateContent></w:r>"
    )
    for box in (both, f"<w:r>{old}</w:r>"):
        assert text(para("前", box, "后"), para("丙")) == "前后\n甲\n乙\n丙"
    assert text(table(row(cell(para("子", both)), "丑"))) == "子\t丑\n甲\n乙"


def test_notes_are_read_after_the_paragraph_that_refers_to_them_once() -> None:
    mark = '<w:r><w:{0}Reference w:id="2"/></w:r>'
    said = para("<w:r><w:footnoteRef/></w:r>", " 注", mark.format("footnote"))
    foot = f'<w:footnote w:id="2">{said}</w:footnote>'
    end = f'<w:endnote w:id="2">{para("尾注")}</w:endnote>'
    body = [para("甲", mark.format("footnote"), mark.format("endnote"), "乙"), para("丙")]
    assert text(*body, footnotes=foot, endnotes=end) == "甲乙\n注\n尾注\n丙"
    assert text(*body) == "甲乙\n丙"


def test_what_is_left_out_is_told() -> None:
    picture = "<w:drawing><a:blip/></w:drawing>"
    old_picture = "<w:pict><v:imagedata/></w:pict>"
    chart = "<w:drawing><c:chart/></w:drawing>"
    formula = "<m:oMathPara><m:oMath><m:r><m:t>x</m:t></m:r></m:oMath></m:oMathPara>"
    embedded = "<w:object><v:shape><v:imagedata/></v:shape><o:OLEObject/></w:object>"
    said = f"<w:r>{picture}{old_picture}{chart}{embedded}<w:commentReference w:id='1'/></w:r>"
    parsed = read(
        para("甲", said, formula), table(row(cell(f"{para(said)}"), "乙")), "<w:altChunk/>"
    )
    assert parsed.text == "甲\n\t乙"
    assert set(parsed.layout.left_out) == {
        "4 张图片", "2 张图表", "1 个公式", "3 个嵌入对象", "2 条批注",
    }  # fmt: skip
    assert read(para("甲")).layout.left_out == ()
    assert read(para("甲", f"<w:r>{embedded}</w:r>")).layout.left_out == ("1 个嵌入对象",)
