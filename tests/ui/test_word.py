from datetime import datetime
from io import BytesIO

import docx
from docx.document import Document
from docx.oxml.ns import qn

from rag.answers import Answer, Citation
from rag.table import Row, Table
from ui.web.chat import Said
from ui.web.word import word

NOW = datetime(2026, 11, 25, 9, 30)
CITED = Citation(1, "d", "某市报告", ("一、", "（一）"), 40, 48, "新建公园50个。", page=3)
ANSWER = Answer(
    "呢？", "公园建几个？", True, "50个[1]\n新建公园50个。[1]", citations=(CITED,),
    index_version="7",
)  # fmt: skip


def read(*said: Said) -> Document:
    return docx.Document(BytesIO(word(said, NOW)))


def of(answer: Answer) -> Said:
    return Said(answer.question, answer, "")


def texts(document: Document, style: str) -> list[str]:
    return [p.text for p in document.paragraphs if p.style and p.style.name == style]


def test_question_meaning_label_answer_and_quote_stand_in_order() -> None:
    document = read(of(ANSWER))
    assert [p.text for p in document.paragraphs] == [
        "津问问答记录", "导出时间：2026-11-25 09:30。引文以官方发布的文本为准。", "呢？",
        "理解为：公园建几个？", "【原文摘录】（索引版本 7）", "50个[1]", "新建公园50个。[1]",
        "[1] 新建公园50个。", "—— 某市报告 · 一、 · （一） · 第 3 页，第 40—48 字",
    ]  # fmt: skip
    assert texts(document, "Heading 1") == ["呢？"]
    quoted = [p for p in document.paragraphs if p.style and p.style.name == "Quote"]
    assert [round(p.paragraph_format.left_indent.cm) for p in quoted] == [1, 1]


def test_what_a_model_wrote_says_so_and_a_refusal_has_what_is_near() -> None:
    written = Answer(
        "问", "问", True, "五十个。[1]", citations=(CITED,), mode="generative", model="qwen"
    )
    refused = Answer("问", "问", False, "没有写。", refusal="off_topic", related=(CITED,))
    document = read(of(written), of(refused), Said("长", None, "", "问题太长"))
    told = [p.text for p in document.paragraphs]
    assert "【以下内容由人工智能生成（qwen），仅供参考，以政府工作报告原文为准】" in told
    assert told[told.index("【没有答案】") :][:3] == [
        "【没有答案】",
        "没有写。",
        "[1] 新建公园50个。",
    ]
    assert told[-1] == "问题太长"
    assert not any(text.startswith("理解为") for text in told)


def test_small_talk_has_no_label() -> None:
    talk = Answer("你好", "你好", False, "您好！", refusal="small_talk")
    assert [p.text for p in read(of(talk)).paragraphs][-2:] == ["你好", "您好！"]


def test_rows_are_a_table_and_so_is_an_answer_over_reports() -> None:
    rows = Answer("问", "问", True, "35万\n指标\t今年[1]\n就业\t35万[1]", citations=(CITED,))
    over = Answer(
        "问", "问", True, "甲最高\n甲：5%[1]", citations=(CITED,),
        table=Table(("数值",), (Row("甲", 2026, "5%", 5.0, 5.0, "%", 1, "d"),), ("乙",)),
    )  # fmt: skip
    document = read(of(rows), of(over))
    grids = [[[c.text for c in row.cells] for row in grid.rows] for grid in document.tables]
    assert grids == [
        [["指标", "今年[1]"], ["就业", "35万[1]"]],
        [["地区", "年份", "数值", "引文"], ["甲", "2026", "5%", "[1]"], ["乙", "", "没有给出", ""]],
    ]
    assert "甲：5%[1]" not in [p.text for p in document.paragraphs]  # the table says it


def test_chinese_letters_have_chinese_fonts() -> None:
    document = read(of(ANSWER))
    for name, font in {"Normal": "宋体", "Title": "黑体", "Heading 1": "黑体"}.items():
        fonts = document.styles[name].element.rPr.rFonts
        assert fonts.get(qn("w:eastAsia")) == font
        assert fonts.get(qn("w:eastAsiaTheme")) is None
    assert document.core_properties.author == "津问"


def test_what_xml_cannot_hold_is_left_out() -> None:
    document = read(Said("公园\x00\ud800几个\x0b？", ANSWER, ""))
    assert texts(document, "Heading 1") == ["公园几个？"]


def test_nothing_in_it_is_fetched_from_elsewhere() -> None:
    document = read(of(ANSWER))
    assert not any(rel.is_external for rel in document.part.rels.values())
