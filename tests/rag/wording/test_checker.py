"""The wording check against the report and against small texts made for one guard each."""

import json
from pathlib import Path
from typing import Any

import pytest

from corpus.documents import Document
from corpus.errors import InputError
from corpus.library import shipped
from rag.wording.checker import MAX_CHARS, Checker
from rag.wording.checks import Check, Match

REPORT = shipped()[0]
CHECKER = Checker([REPORT])
GAS = "今年改造燃气管网623公里、供热管网150公里、供水管网30公里。"
DATASET = Path(__file__).parents[3] / "eval" / "datasets" / "wording.jsonl"
CASES: list[dict[str, Any]] = [json.loads(line) for line in DATASET.read_text("utf-8").splitlines()]
SAME = ("exact", "exact_ignoring_punctuation")


def check(source: str, text: str) -> Check:
    """Check a text against a document of one paragraph that has `source` in its middle."""
    return Checker([Document("d", "标题", f"前文说明。{source}。后文说明。")]).check(text)


def marked(match: Match) -> str:
    """Return the paste with each difference as {pasted|source}, and ! where it is grave."""
    return "".join(
        d.pasted if d.op == "equal" else f"{{{d.pasted}|{d.source}{'!' if d.grave else ''}}}"
        for d in match.diff
    )


# What stands there


def test_a_quote_is_exact_and_knows_its_place() -> None:
    found = CHECKER.check(f"\n  {GAS} \n")
    (match,) = found.matches
    assert (found.verdict, found.notes, found.parts) == ("exact", (), ())
    assert (match.document_id, match.title) == (REPORT.id, REPORT.title)
    assert match.section[1:] == ("持续释放城市更新生产力", "完善城市设施和服务功能")
    assert (match.start, match.end) == (REPORT.text.index(GAS), REPORT.text.index(GAS) + len(GAS))
    assert (match.quote, match.similarity, marked(match)) == (GAS, 1.0, GAS)


def test_every_place_of_the_same_words_is_given_exact_ones_first() -> None:
    documents = [
        Document("a", "甲", "建设公园，10座。"),
        Document("b", "乙", "建设公园,10座。另建设公园,10座。"),
    ]
    found = Checker(documents).check("建设公园,10座。")
    assert found.verdict == "exact"
    assert [(m.document_id, m.start) for m in found.matches] == [("b", 0), ("b", 10), ("a", 0)]


def test_more_places_than_are_listed_are_counted() -> None:
    found = Checker([Document("d", "标题", "建设口袋公园。" * 25)]).check("建设，口袋公园")
    assert len(found.matches) == 20
    assert (found.matches[0].copies, found.matches[0].copy_reports) == (24, 1)


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("今年改造燃气管网623公里，供热管网150公里", "只有标点不同"),
        ("今年改造燃气管网 623 公里", "只有空格或换行不同"),
        ("今年改造燃氣管網623公里", "只有字形不同"),
        ("今年改造燃气管网６２３公里", "只有全角半角不同"),
        ("今年改造\u200b燃气管网623公里", "只有空格或换行不同"),
        ("今年改造燃气管网\n- 7 -\n623公里", "只有空格或换行、页码不同"),
        ("“今年改造\n燃氣管网６２３公里”", "只有标点、空格或换行、字形、全角半角不同"),
    ],
)
def test_what_else_differs_is_named_when_words_do_not(text: str, note: str) -> None:
    found = CHECKER.check(text)
    assert (found.verdict, found.notes) == ("exact_ignoring_punctuation", (note,))
    assert found.matches[0].similarity == 1.0
    assert [(d.op, d.pasted) for d in found.matches[0].diff] == [("equal", text)]


def test_an_exact_quote_that_cuts_a_figure_or_drops_a_negation_says_so() -> None:
    assert CHECKER.check("企业各新增100").notes == (
        "开头或结尾把一个数字截断了，原文的数字是“1000”",
    )
    assert CHECKER.check("企业各新增1000").notes == ()
    assert CHECKER.check("成交额突破2000").notes == (
        "开头或结尾把一个数字截断了，原文的数字是“2000亿”",
    )
    assert check("严禁新增化工产能", "新增化工产能").notes == (
        "原文在这段话前面紧接着“严禁”，单独引用时意思相反",
    )
    assert check("今年新增化工产能", "新增化工产能").notes == ()


def test_page_furniture_is_found_but_not_taken_for_the_report() -> None:
    found = CHECKER.check("本文仅代表作者观点")
    assert (found.verdict, found.matches[0].section) == ("exact", ())
    assert found.notes == ("这段文字在网页的菜单、声明或页脚里，不是报告正文",)


# What differs


@pytest.mark.parametrize(
    ("text", "diff"),
    [
        (GAS.replace("623", "632"), GAS.replace("623公里", "{632公里|623公里!}")),
        ("引育科技型企业新增1500家", "引育科技型企业{新增|累计达到!}1500家"),
        ("国家科技型中小企业共新增1000家", "国家科技型中小企业{共|各!}新增1000家"),
        ("国家科技型中小企业新增1000家", "国家科技型中小企业{|各!}新增1000家"),
        ("全市技术合同成交额突破2000万元", "全市技术合同成交额突破{2000万元|2000亿元!}"),
        ("不再推动中石化南港120万吨乙烯投产", "{不再|!}推动中石化南港120万吨乙烯投产"),
        ("完成柳林公园二期建设", "{完成|推进!}柳林公园二期建设"),
        ("確保全國重點實驗室突破20家", "{確保|力争!}全國重點實驗室突破20家"),
        ("推进华为创新产业园、中兴高端装备产业园", "推进{华为|联想}创新产业园、中兴高端装备产业园"),
        (
            GAS.replace("供热管网150公里、", ""),
            GAS.replace("供热管网150公里、", "{|供热管网150公里!}"),
        ),
        ("更加注重公共服务领域协同。", "更加注重公共服务领域协同{|发展}。"),
        ("同时，推进柳林公园二期建设", "{同时|}，推进柳林公园二期建设"),
        ("加强认识产物保护和利用", "加强{认识产物|知识产权}保护和利用"),
    ],
)  # fmt: skip
def test_a_difference_is_whole_words_and_grave_when_it_changes_what_is_promised(
    text: str, diff: str
) -> None:
    found = CHECKER.check(text)
    assert found.verdict == "changed"
    assert marked(found.matches[0]) == diff
    assert 0.55 < found.matches[0].similarity < 1


def test_a_point_that_makes_another_figure_is_shown_with_it() -> None:
    found = check("增长5%左右吧", "增长.5%左右吧")
    assert marked(found.matches[0]) == "增长{.5%|5%!}左右吧"


def test_a_long_list_in_another_order_is_found_whole() -> None:
    text = "新增创新型中小企业1000家、“专精特新”企业500家、单项冠军企业20家。"
    found = CHECKER.check(text)
    assert (found.verdict, found.notes) == ("changed", ("各项相同，只是顺序不同",))
    quote = "新增单项冠军企业20家、“专精特新”企业500家、创新型中小企业1000家。"
    assert [match.quote for match in found.matches] == [quote]
    assert not any(diff.grave for diff in found.matches[0].diff)


@pytest.mark.parametrize(
    ("text", "diff", "moved"),
    [
        ("推进新和成、恒河等精细化工项目", "推进{|恒河}新和成、{恒河|}等精细化工项目", True),
        (
            "改造燃气管网150公里、供热管网623公里",
            "改造燃气管网{150公里|623公里!}、供热管网{623公里|150公里!}",
            False,
        ),
    ],
)  # fmt: skip
def test_items_in_another_order_are_told_from_figures_that_changed_places(
    text: str, diff: str, moved: bool
) -> None:
    found = CHECKER.check(text)
    assert (found.verdict, marked(found.matches[0])) == ("changed", diff)
    assert ("各项相同，只是顺序不同" in found.notes) == moved


def test_a_sentence_stitched_from_two_places_shows_both() -> None:
    found = CHECKER.check("建成新梅江公园北段，推动第三条入津特高压通道开工")
    assert found.verdict == "changed"
    assert found.notes == ("由原文 2 处的话拼接而成，不是连续的一段",)
    assert [match.quote for match in found.matches] == [
        "建成新梅江公园北段,", "推动第三条入津特高压通道开工",
    ]  # fmt: skip


def test_what_a_stitched_sentence_took_elsewhere_is_looked_for_in_the_same_report_first() -> None:
    first, second = "建成梅江公园北段和南段的步道，", "推动特高压通道开工"
    between = "中间说了另外一件事情。" * 5
    one = Document("a", "甲", f"{second}。")
    documents = [one, Document("b", "乙", f"{first}{between}{second}。")]
    found = Checker(documents).check(f"{first}{second}")
    assert [match.document_id for match in found.matches] == ["b", "b"]


def test_what_is_absent_gets_the_nearest_sentences() -> None:
    found = CHECKER.check("新增养老床位3000张，建设社区食堂200个。")
    assert found.verdict == "absent"
    assert found.notes == ("报告里没有这句话，下面是最接近的原句",)
    assert len(found.matches) == 3
    assert all(match.similarity < 0.55 and match.diff == () for match in found.matches)
    assert all(match.quote in REPORT.text for match in found.matches)


# Several sentences


def test_sentences_that_follow_each_other_are_one_quote_with_a_check_of_each() -> None:
    text = "强化高等教育和高端人才支撑。支持高校加强应用研究，布局建设基础学科研究中心。"
    found = CHECKER.check(text)
    assert found.verdict == "changed"
    assert [part.verdict for part in found.parts] == ["exact", "changed"]
    assert marked(found.matches[0]).startswith(
        "强化高等教育和高端人才支撑。支持高校加强{应用|基础}研究，"
    )
    assert found.matches[0].quote.startswith("强化高等教育和高端人才支撑。支持高校加强基础研究,")


def test_exact_sentences_with_something_left_out_between_are_no_quote() -> None:
    found = CHECKER.check("全市技术合同成交额突破2000亿元。新建提升口袋公园50个。")
    assert [part.verdict for part in found.parts] == ["exact", "exact"]
    assert (found.verdict, len(found.matches)) == ("changed", 2)
    gap = CHECKER.check("强化高等教育和高端人才支撑。深化“双一流”高校和优先发展学科建设")
    assert gap.verdict == "changed"
    assert any(d.op == "delete" and "支持高校" in d.source for d in gap.matches[0].diff)


def test_the_whole_is_absent_only_when_every_sentence_is() -> None:
    absent = "坚决守住金融风险底线。新增养老床位3000张。"
    assert CHECKER.check(absent).verdict == "absent"
    assert [part.verdict for part in CHECKER.check(absent).parts] == ["absent", "absent"]
    mixed = CHECKER.check(absent + "新建提升口袋公园50个。")
    assert mixed.verdict == "changed"
    assert [part.verdict for part in mixed.parts] == ["absent", "absent", "exact"]
    assert "坚决守住金融风险底线" in mixed.matches[0].diff[0].pasted  # added to the quote


def test_of_many_copies_the_document_that_holds_most_of_the_paste_is_quoted() -> None:
    first, second = "强化高等教育支撑。", "支持高校加强研究。"
    documents = [Document("a", "甲", first), Document("b", "乙", "另外说明。" + first + second)]
    (match,) = Checker(documents).check(first + "支持高校不加强研究。").matches
    assert (match.document_id, marked(match)) == ("b", first + "支持高校{不|!}加强研究。")


def test_a_sentence_that_comes_before_the_last_one_is_looked_for_in_the_same_document() -> None:
    first, second = "强化高等教育支撑。", "支持高校加强研究。"
    documents = [Document("a", "甲", second + first), Document("b", "乙", "另外说明。" + second)]
    found = Checker(documents).check(first + second)
    assert [match.document_id for match in found.matches] == ["a", "a"]


def test_words_that_only_lie_about_in_a_long_clause_are_absent() -> None:
    long = Document("d", "标题", "推动城市更新,加快形成更多新质生产力。")
    assert Checker([long]).check("持续释放城市更新生产力").verdict == "absent"
    short = Document("d", "标题", "推动城市更新,形成生产力。")
    assert Checker([short]).check("持续释放城市更新生产力").verdict == "changed"


def test_a_document_without_a_sentence_is_no_trouble() -> None:
    assert Checker([Document("d", "标题", "++++++")]).check("+++++++").verdict == "absent"


def test_the_quote_ends_with_the_mark_that_stands_there() -> None:
    assert check("推进改革开放", "推进改革开放！").matches[0].quote == "推进改革开放。"
    assert check("（推进改革）开放", "(推进改革)").matches[0].quote == "（推进改革）"


def test_an_index_without_documents_has_nothing() -> None:
    assert Checker([]).check("新建口袋公园").verdict == "absent"


@pytest.mark.parametrize("text", ["", " \n", "。，、", "公园，！", "\x00\u200b"])
def test_a_text_too_short_to_say_anything_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="文字太短，请给出至少 4 个字"):
        CHECKER.check(text)


def test_the_longest_text_passes_and_one_more_character_does_not() -> None:
    assert CHECKER.check("鑫" * MAX_CHARS).verdict == "absent"
    with pytest.raises(InputError, match="太长了，请每次核对 50000 字以内"):
        CHECKER.check("鑫" * (MAX_CHARS + 1))
