"""A check within some of many reports, and with reports that the paste means."""

import pytest

from corpus.documents import Document
from rag.wording.checker import Checker
from rag.wording.checks import Check
from rag.wording.places import Places

SENTENCE = "新建口袋公园五十座，改造老旧管网三百公里。"
CHANGED = "新建口袋公园六十座，改造老旧管网三百公里。"
OTHER = "全面推行河湖长制，守护一江清水。"
EAST = Document("east", "东省报告", f"东省说明情况。{SENTENCE}后面还有别的话。")
WEST = Document("west", "西省报告", f"西省说明情况。{CHANGED}后面还有别的话。")
NORTH = Document("north", "北省报告", f"北省说明情况。{OTHER}后面还有别的话。")
CHECKER = Checker([EAST, WEST, NORTH])
ELSEWHERE = "另一份报告里有一字不差的原文：东省报告 · 第 1 段（第 8—28 字）"
NOT_PREFERRED = "文中提到的报告里没有相近的话，以下出自另一份报告"


def check(text: str, within: str = "", preferred: str = "") -> Check:
    scope = frozenset(within.split()) if within else None
    return CHECKER.check(text, scope, frozenset(preferred.split()))


def ids(found: Check) -> list[str]:
    return [match.document_id for match in found.matches]


# Within


@pytest.mark.parametrize(
    ("within", "verdict", "documents"),
    [
        ("", "exact", ["east"]),
        ("east north", "exact", ["east"]),
        ("west", "changed", ["west"]),
        ("west north", "changed", ["west"]),
        ("north", "absent", []),
        ("nowhere", "absent", []),
    ],
)
def test_only_documents_of_the_scope_count(within: str, verdict: str, documents: list[str]) -> None:
    found = check(SENTENCE, within)
    assert (found.verdict, sorted(set(ids(found)))) == (verdict, documents)


def test_an_empty_scope_has_nothing() -> None:
    found = CHECKER.check(SENTENCE, frozenset())
    assert (found.verdict, found.matches) == ("absent", ())


@pytest.mark.parametrize("document", [EAST, WEST, NORTH])
@pytest.mark.parametrize(
    "text",
    [SENTENCE, CHANGED, OTHER, SENTENCE + OTHER, "守护一江清水，全面推行河湖长制", "公园五十座吧"],
)
def test_a_scope_of_one_report_is_like_a_checker_of_it_alone(document: Document, text: str) -> None:
    scoped = CHECKER.check(text, frozenset([document.id]))
    alone = Checker([document]).check(text)
    assert (scoped.verdict, scoped.notes) == (alone.verdict, alone.notes)
    assert scoped.matches == alone.matches
    assert scoped.parts == alone.parts


def test_what_stands_outside_the_scope_is_not_counted() -> None:
    twin = Document("twin", "南省报告", EAST.text)
    (match,) = Checker([EAST, twin, WEST]).check(SENTENCE, frozenset(["east"])).matches
    assert (match.copies, match.copy_reports) == (0, 0)


def test_words_of_which_the_scope_has_only_bigrams_are_proposed_there() -> None:
    one, two = Document("1", "甲", "改造管网。"), Document("2", "乙", "改造燃气。")
    places = Places([one, two])
    assert places.propose("改造燃气", 1) == [1]
    assert places.only({"1"}).propose("改造燃气", 1) == [0]
    assert places.only({"1"}).find("改造燃气") == []
    assert places.only({"1"}).only({"2"}).find("改造燃气") == []
    assert places.find("改造燃气") == [5]  # the places themselves are as they were


# Preferred


def test_a_preferred_report_with_other_words_is_judged_before_the_very_words_elsewhere() -> None:
    assert (check(SENTENCE).verdict, ids(check(SENTENCE))) == ("exact", ["east"])
    found = check(SENTENCE, preferred="west")
    assert (found.verdict, ids(found)) == ("changed", ["west", "east"])
    assert found.notes == (ELSEWHERE,)
    assert [diff.source for diff in found.matches[0].diff if diff.grave] == ["六十座"]
    assert [match.differs for match in found.matches] == [True, False]


def test_a_preferred_report_with_the_very_words_comes_first() -> None:
    twin = Document("twin", "南省报告", EAST.text)
    documents = [EAST, WEST, twin]
    plain = Checker(documents).check(SENTENCE)
    found = Checker(documents).check(SENTENCE, preferred=frozenset(["twin"]))
    assert (plain.verdict, ids(plain)) == ("exact", ["east", "twin"])
    assert (found.verdict, ids(found), found.notes) == ("exact", ["twin", "east"], ())


def test_a_preferred_report_is_first_among_more_places_than_are_tried() -> None:
    many = [Document(str(k), "标题", SENTENCE) for k in range(70)]
    found = Checker([*many, EAST]).check(SENTENCE, preferred=frozenset(["east"]))
    assert ids(found)[0] == "east"
    assert (found.matches[0].copies, found.matches[0].copy_reports) == (70, 70)
    marks = SENTENCE.replace("，", "；")
    other = Checker([*many, EAST]).check(marks, preferred=frozenset(["east"]))
    assert (other.verdict, ids(other)[0]) == ("exact_ignoring_punctuation", "east")
    assert other.notes == ("只有标点不同",)
    dropped = Checker([*many, EAST]).check(CHANGED, preferred=frozenset(["east"]))
    assert (dropped.verdict, ids(dropped)[0]) == ("changed", "east")


def test_a_preferred_report_with_other_marks_is_told_of_the_verbatim_one() -> None:
    marks = Document("marks", "南省报告", SENTENCE.replace("，", "；"))
    found = Checker([EAST, marks]).check(SENTENCE, preferred=frozenset(["marks"]))
    assert (found.verdict, ids(found)) == ("exact_ignoring_punctuation", ["marks", "east"])
    assert found.notes == ("只有标点不同", ELSEWHERE)
    assert [match.document_id for match in found.shown()] == ["marks", "east"]
    text = EAST.text + OTHER
    twice = [
        Document("east", "东省报告", text),
        Document("marks", "南省报告", text.replace("，", "；")),
    ]
    found = Checker(twice).check(text, preferred=frozenset(["marks"]))
    assert (found.verdict, ids(found)) == ("exact_ignoring_punctuation", ["marks", "east"])
    assert found.parts == ()


def test_without_something_near_in_a_preferred_report_others_are_told_to_be_others() -> None:
    found = check(SENTENCE, preferred="north")
    assert (found.verdict, ids(found), found.notes) == ("exact", ["east"], (NOT_PREFERRED,))
    near = check(SENTENCE.replace("三百", "九百"), within="west north", preferred="north")
    assert (near.verdict, ids(near), near.notes) == ("changed", ["west"], (NOT_PREFERRED,))


def test_a_few_words_from_here_and_there_are_nothing_near() -> None:
    scraps = Document(
        "scraps", "南省报告", f"新建口袋公园五十座的想法。{OTHER * 4}另外，改造老旧管网三百公里。"
    )
    found = Checker([EAST, scraps]).check(SENTENCE, preferred=frozenset(["scraps"]))
    assert (found.verdict, ids(found)) == ("exact", ["east"])


@pytest.mark.parametrize("preferred", ["", "nowhere", "east"])
def test_a_preferred_report_outside_the_scope_is_no_preference(preferred: str) -> None:
    assert check(OTHER, within="west north", preferred=preferred).notes == ()


def test_each_sentence_of_a_paste_has_its_own_preference() -> None:
    text = SENTENCE + OTHER
    both = Document("both", "南省报告", text)
    checker = Checker([both, WEST, NORTH])
    assert checker.check(text).verdict == "exact"
    found = checker.check(text, preferred=frozenset(["west"]))
    assert found.verdict == "changed"
    assert [part.verdict for part in found.parts] == ["changed", "exact"]
    assert [ids(part)[0] for part in found.parts] == ["west", "both"]
    assert found.parts[1].notes == (NOT_PREFERRED,)
    assert found.notes[-1].startswith("另一份报告里有一字不差的原文：南省报告")
    assert ids(found)[-1] == "both"


def test_a_paste_of_which_a_preferred_report_has_nothing_is_quoted_whole() -> None:
    both = Document("both", "南省报告", SENTENCE + "大力弘扬工匠精神。")
    found = Checker([both, NORTH]).check(both.text, preferred=frozenset(["north"]))
    assert (found.verdict, found.parts, found.notes) == ("exact", (), (NOT_PREFERRED,))


def test_sentences_that_many_reports_have_are_taken_from_the_preferred_one() -> None:
    more = Document("more", "南省报告", f"{SENTENCE}{OTHER}大力弘扬工匠精神。")
    text = f"{OTHER}{SENTENCE}"
    alike = Document("alike", "中省报告", f"{OTHER}中间隔了话。{SENTENCE}")
    found = Checker([more, alike]).check(text, preferred=frozenset(["alike"]))
    assert ids(found) == ["alike"]


def test_the_nearest_of_a_preferred_report_comes_before_nearer_ones() -> None:
    text = "改造供水管道，方便上学路。"
    near = Document("near", "南省报告", "我们改造供水管道和道路八百公里，群众十分满意。")
    far = Document("far", "中省报告", "要方便上学的孩子们和老师们的出行需要。")
    plain = Checker([near, far]).check(text)
    found = Checker([near, far]).check(text, preferred=frozenset(["far"]))
    assert (plain.verdict, found.verdict) == ("absent", "absent")
    assert (ids(plain), ids(found)) == (["near", "far"], ["far", "near"])
