import pytest

from corpus.documents import Document, Format
from corpus.structure import outline


def document(text: str, form: Format = "txt") -> Document:
    return Document("d", "题", text, form)


def sections(text: str) -> list[tuple[str, int]]:
    return [(section.heading, section.level) for section in outline(document(text)).sections]


def paths(text: str, form: Format = "txt") -> list[tuple[str, tuple[str, ...], bool]]:
    return [
        (text[sentence.start : sentence.end], sentence.section, sentence.is_heading)
        for sentence in outline(document(text, form)).sentences
    ]


@pytest.mark.parametrize(
    ("line", "heading", "level"),
    [
        ("第一部分 总体要求", "第一部分 总体要求", 0), ("第二章总则", "第二章总则", 0),
        ("第十一编", "第十一编", 0), ("# 报告", "报告", 0), ("一、过去一年", "一、过去一年", 1),
        ("二十三、其他", "二十三、其他", 1), ("第三节 建设", "第三节 建设", 1), ("## 甲", "甲", 1),
        ("（二）科技", "（二）科技", 2), ("(十)民生", "(十)民生", 2), ("### 民生", "民生", 2),
        ("1.就业", "1.就业", 3), ("12、就业", "12、就业", 3), ("3．就业", "3．就业", 3),
        ("（4）就业", "（4）就业", 3), ("#### 就业", "就业", 3), ("###### 就业", "就业", 3),
        ("一、稳就业。新增就业5人。", "一、稳就业", 1), ("一、" + "津" * 58, "一、" + "津" * 58, 1),
    ],
)  # fmt: skip
def test_a_numbered_line_is_a_heading_of_this_level(line: str, heading: str, level: int) -> None:
    assert sections(f"报告。\n{line}\n正文。") == [(heading, level)]


@pytest.mark.parametrize(
    "line",
    [
        f"一、{'津' * 59}",
        "5.5G网络",
        "30.5公里",
        "123.就业",
        "#标签",
        "第一产业",
        "一百件",
        "2024年",
    ],
)
def test_a_line_that_only_resembles_a_number_is_no_heading(line: str) -> None:
    assert sections(f"报告。\n{line}\n正文。") == []


def test_sentences_carry_the_headings_above_them_and_the_number_of_their_line() -> None:
    text = (
        "题\n一、甲\n（一）乙\n提升产业链竞争力。推进。\n甲文。加快绿色化转型。建设。\n二、丙\n末。"
    )
    first, second = ("一、甲", "（一）乙"), ("一、甲", "（一）乙", "加快绿色化转型")
    assert paths(text) == [
        ("题", (), False),
        ("一、甲", first[:1], True),
        ("（一）乙", first, True),
        ("提升产业链竞争力。", (*first, "提升产业链竞争力"), True),
        ("推进。", (*first, "提升产业链竞争力"), False),
        ("甲文。", first, False),
        ("加快绿色化转型。", second, True),
        ("建设。", second, False),
        ("二、丙", ("二、丙",), True),
        ("末。", ("二、丙",), False),
    ]
    found = outline(document(text))
    assert [sentence.paragraph for sentence in found.sentences] == [0, 1, 2, 3, 3, 4, 4, 4, 5, 6]
    assert [text[s.body : s.end] for s in found.sections] == [
        text[5 : text.index("二、")],
        text[10 : text.index("二、")],
        "推进。\n",
        "建设。\n",
        "\n末。",
    ]


@pytest.mark.parametrize(
    ("sentence", "is_heading"),
    [
        ("提升产业。", False),
        ("提升产业链。", True),
        ("津" * 20 + "。", True),
        ("津" * 21 + "。", False),
        ("提升产业链！", False),
        ("提升产业链…", False),
        ("建成公园5个。", False),
        ("推进甲，建设乙。", False),
        ("推进甲、建设乙。", False),
        ("打造“一核”示范区。", False),
        ("提升（试点）能力。", True),
    ],
)
def test_a_run_in_heading_is_one_short_clause_without_figures(
    sentence: str, is_heading: bool
) -> None:
    found = paths(f"一、甲\n推动建设项目，共7个。{sentence}后文。")
    assert [text for text, _, heading in found if heading] == ["一、甲", sentence][: 1 + is_heading]


def test_a_number_inside_a_paragraph_begins_no_heading() -> None:
    assert sections("一、甲\n推进建设，共7个。二、丙。（三）丁。后文。") == [("一、甲", 1)]


def test_a_short_sentence_that_ends_its_paragraph_is_no_run_in_heading() -> None:
    assert sections("一、甲\n推进建设。提升产业链竞争力。\n提升城市功能。") == [("一、甲", 1)]


def test_run_in_headings_are_not_looked_for_in_a_text_without_numbers() -> None:
    assert sections("提升产业链竞争力。推进建设。加快绿色化转型。建设。") == []


def test_a_lead_heading_ends_with_its_paragraph_and_a_run_in_heading_with_the_next() -> None:
    text = (
        "一、甲\n有效激发驱动力。文。提升产业链。文。推动智能化。文。\n普通的段落，没有标题。文。"
    )
    assert sections(text) == [
        ("一、甲", 1), ("有效激发驱动力", 4), ("提升产业链", 5), ("推动智能化", 5),
    ]  # fmt: skip
    assert paths(text)[-1] == ("文。", ("一、甲",), False)


def test_page_furniture_is_in_no_sentence_but_a_jsonl_text_has_no_page_around_it() -> None:
    text = "首页\n改造管网。\n-7-\n版权所有 某网"
    assert paths(text) == [("改造管网。", (), False)]
    assert [found[0] for found in paths(text, "jsonl")] == text.split("\n")


@pytest.mark.parametrize(
    "text", ["一" * 20_000, "#" * 20_000, "第" + "百" * 20_000, "（" + "十" * 20_000]
)
def test_no_pattern_is_slow_on_a_number_that_never_ends(text: str) -> None:
    assert sections(text + "x") == []


def test_a_figure_with_a_full_stop_and_a_blank_numbers_the_words_after_it() -> None:
    assert sections("报告。\n1. 推进改革\n正文。\n12. 扩大开放\n正文。") == [
        ("1. 推进改革", 3), ("12. 扩大开放", 3),
    ]  # fmt: skip


def test_a_line_without_a_letter_or_figure_has_no_sentence() -> None:
    assert paths("甲。\n——。\n乙。") == [("甲。", (), False), ("乙。", (), False)]


def test_a_numbered_sentence_that_says_a_figure_is_no_heading() -> None:
    items = "1. 每户补助最多4000元。\n2. 培训护理员2200人次；"
    text = f"一、补助标准\n{items}\n（二）健全养老服务体系。\n正文。"
    assert [heading for heading, _ in sections(text)] == ["一、补助标准", "（二）健全养老服务体系"]
