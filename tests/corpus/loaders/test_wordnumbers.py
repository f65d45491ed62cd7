import pytest

from corpus.loaders.word.body import parse
from corpus.loaders.word.numerals import numeral
from tests.corpus.loaders.files_word import (
    cell,
    definition,
    listing,
    numbered,
    para,
    row,
    run,
    style,
    table,
    word_file,
)

OFFICIAL = definition(
    ("japaneseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3."),
    ("decimal", "（%4）"), ("decimalEnclosedCircle", "%5"), ("lowerLetter", "%6)"),
)  # fmt: skip


def text(*blocks: str, **parts: str) -> str:
    return parse(word_file("".join(blocks), **parts)).text


def test_the_levels_of_an_official_document_are_numbered() -> None:
    body = [
        numbered("坚持稳中求进"), numbered("扩大内需", 1), numbered("建设项目", 2),
        numbered("5G网络", 2), numbered("基站", 3), numbered("市区", 4), numbered("和平区", 5),
        numbered("深化改革", 1), numbered("国企", 2), para("不编号"), numbered("改善民生"),
        numbered("就业", 1),
    ]  # fmt: skip
    assert text(*body, numbering=OFFICIAL + listing()) == (
        "一、坚持稳中求进\n（一）扩大内需\n1.建设项目\n2. 5G网络\n（1）基站\n① 市区\na)和平区\n"
        "（二）深化改革\n1.国企\n不编号\n二、改善民生\n（一）就业"
    )


def test_a_number_may_hold_those_above_it_and_stands_off_from_words() -> None:
    levels = definition(
        ("chineseCountingThousand", "第%1章"),
        ("decimal", "%1.%2", "<w:isLgl/>"),
        ("upperRoman", "%1-%3"),
    )
    body = [numbered("总则"), numbered("目标", 1), numbered("2024年", 1), numbered("附", 2)]
    assert text(*body, numbering=levels + listing()) == "第一章 总则\n1.1 目标\n1.2 2024年\n一-I 附"


def test_bullets_and_lists_taken_away_have_no_number() -> None:
    levels = definition(("bullet", ""), ("decimal", "%1%2."))
    body = [numbered("甲"), numbered("乙", 0, of=0), numbered("丙", 7), numbered("丁", 0, of=9)]
    assert text(*body, numbered("戊", 1), numbering=levels + listing()) == "甲\n乙\n丙\n丁\n1.戊"


def test_lists_of_one_definition_count_on_unless_one_starts_anew() -> None:
    anew = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    lists = OFFICIAL + listing(1) + listing(2) + listing(3, overrides=anew)
    body = [numbered("甲", of=1), numbered("乙", of=2), numbered("丙", of=3), numbered("丁", of=3)]
    assert text(*body, numbering=lists) == "一、甲\n二、乙\n五、丙\n六、丁"


def test_a_list_may_have_a_level_and_a_start_of_its_own() -> None:
    level = (
        '<w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="upperLetter"/>'
        '<w:lvlText w:val="%1)"/></w:lvl>'
    )
    lists = OFFICIAL + listing(overrides=f'<w:lvlOverride w:ilvl="0">{level}</w:lvlOverride>')
    assert text(numbered("甲"), numbered("乙"), numbering=lists) == "C)甲\nD)乙"


def test_a_level_that_does_not_restart_counts_on() -> None:
    levels = definition(("decimal", "%1."), ("decimal", "%2)", '<w:lvlRestart w:val="0"/>'))
    body = [numbered(said, depth) for said, depth in [("甲", 0), ("乙", 1), ("丙", 0), ("丁", 1)]]
    assert text(*body, numbering=levels + listing()) == "1.甲\n1)乙\n2.丙\n2)丁"


def test_a_style_numbers_its_paragraphs_at_the_level_linked_to_it() -> None:
    levels = definition(("decimal", "%1."), ("decimal", "%1.%2", '<w:pStyle w:val="H2"/>'))
    numbers = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    styles = style("H1", numbers) + style("H2", numbers) + style("H3", '<w:basedOn w:val="H2"/>')
    body = [para(name, properties=f'<w:pStyle w:val="{name}"/>') for name in ("H1", "H2", "H3")]
    none = para("无", properties='<w:pStyle w:val="H1"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    assert text(*body, none, numbering=levels + listing(), styles=styles) == (
        "1.H1\n1.1 H2\n1.2 H3\n无"
    )


def test_a_definition_may_be_kept_with_a_list_style() -> None:
    link = '<w:abstractNum w:abstractNumId="7"><w:numStyleLink w:val="L"/></w:abstractNum>'
    lists = OFFICIAL + link + listing(1, of=1) + listing(2, of=7)
    kept = style("L", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>', "numbering")
    assert text(numbered("甲", of=2), numbering=lists, styles=kept) == "一、甲"
    itself = style("L", '<w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr>', "numbering")
    assert text(numbered("甲", of=2), numbering=lists, styles=itself) == "甲"


def test_a_format_only_new_versions_know_is_read_as_the_one_for_all() -> None:
    form = (
        '<mc:AlternateContent><mc:Choice Requires="w14"><w:numFmt w:val="custom"/></mc:Choice>'
        '<mc:Fallback><w:numFmt w:val="decimalZero"/></mc:Fallback></mc:AlternateContent>'
    )
    levels = (
        f'<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0">{form}'
        '<w:lvlText w:val="%1)"/></w:lvl></w:abstractNum>'
    )
    assert text(numbered("甲"), numbering=levels + listing()) == "01)甲"


def test_deleted_and_hidden_paragraphs_are_not_counted() -> None:
    listed = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    gone = para(
        f'<w:del w:id="1">{run("无")}</w:del>',
        properties=f'{listed}<w:rPr><w:del w:id="2"/></w:rPr>',
    )
    hidden = para(run("无", "<w:vanish/>"), properties=f"{listed}<w:rPr><w:vanish/></w:rPr>")
    body = [numbered("甲"), gone, hidden, numbered(""), numbered("丙")]
    assert text(*body, numbering=OFFICIAL + listing()) == "一、甲\n三、丙"


def test_a_number_alone_is_a_cell() -> None:
    levels = definition(("decimal", "%1"))
    rows = [row(cell(numbered("")), said) for said in ("管网", "小区")]
    assert text(table(*rows), numbering=levels + listing()) == "1\t管网\n2\t小区"


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ("decimal", "1 10 11 20 101 110"), ("decimalZero", "01 10 11 20 101 110"),
        ("chineseCountingThousand", "一 十 十一 二十 一百零一 一百一十"),
        ("chineseCounting", "一 十 十一 二十 一○一 一一○"),
        ("japaneseCounting", "一 十 十一 二十 百一 百十"),
        ("ideographDigital", "一 一○ 一一 二○ 一○一 一一○"),
        ("chineseLegalSimplified", "壹 拾 拾壹 贰拾 壹佰零壹 壹佰壹拾"),
        ("ideographTraditional", "甲 癸 11 20 101 110"),
        ("decimalEnclosedCircle", "① ⑩ ⑪ ⑳ 101 110"),
        ("decimalEnclosedParen", "⑴ ⑽ ⑾ ⒇ 101 110"),
        ("decimalFullWidth", "１ １０ １１ ２０ １０１ １１０"),
        ("upperLetter", "A J K T WWWW FFFFF"), ("lowerRoman", "i x xi xx ci cx"),
        ("unheard-of", "1 10 11 20 101 110"), ("none", "     "),
    ],
)  # fmt: skip
def test_a_number_is_written_as_word_writes_it(form: str, said: str) -> None:
    assert " ".join(numeral(form, n) for n in (1, 10, 11, 20, 101, 110)) == said


@pytest.mark.parametrize(
    ("number", "said"), [
        (1000, "一千"), (1001, "一千零一"), (1010, "一千零一十"), (2300, "二千三百"),
        (10_000, "10000"), (0, "0"),
    ],
)  # fmt: skip
def test_thousands_are_counted(number: int, said: str) -> None:
    assert numeral("chineseCountingThousand", number) == said


def test_a_start_beyond_what_word_counts_to_is_the_highest_it_counts_to() -> None:
    levels = definition(("upperLetter", "%1")).replace(
        'w:start w:val="1"', 'w:start w:val="999999999"'
    )
    assert len(text(numbered("甲"), numbering=levels + listing())) < 2_000
