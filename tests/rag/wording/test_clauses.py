"""The clauses of a sentence in another order: never absent, and the order is what differs."""

import pytest

from corpus.documents import Document
from rag.wording.checker import Checker
from rag.wording.checks import Check, Match
from rag.wording.clauses import rearranged
from rag.wording.wordform import read

ONLY = "各项相同，只是顺序不同"
ALSO = "分句的顺序不同，文字也有出入"
SWAPPED = "惠及十二万户居民，改造旧楼三百栋"
SOURCE = "改造旧楼三百栋，惠及十二万户居民"


def check(source: str, text: str, *others: str) -> Check:
    texts = [*others, f"前面说了别的事。{source}。后面又说一件。"]
    return Checker([Document(str(k), "标题", text) for k, text in enumerate(texts)]).check(text)


def marked(match: Match) -> str:
    """Return the paste with each difference as {pasted|source}, and ! where it is grave."""
    return "".join(
        d.pasted if d.op == "equal" else f"{{{d.pasted}|{d.source}{'!' if d.grave else ''}}}"
        for d in match.diff
    )


@pytest.mark.parametrize(
    "text",
    [SWAPPED, f"{SWAPPED}。", f"{SWAPPED.replace('，', '；')}。", SWAPPED.replace("，", "")],
)
def test_two_clauses_in_the_other_order_are_changed_even_alone(text: str) -> None:
    found = check(SOURCE, text)
    assert (found.verdict, found.notes) == ("changed", (ONLY,))
    assert [match.quote.rstrip("。") for match in found.matches] == [SOURCE]
    assert marked(found.matches[0]).startswith("{|改造旧楼三百栋}惠及十二万户居民")
    assert "{改造旧楼三百栋|}" in marked(found.matches[0])


def test_in_their_own_order_they_are_exact_and_unlike_clauses_stay_absent() -> None:
    assert check(SOURCE, SOURCE).verdict == "exact"
    assert check(SOURCE, "惠及九个乡镇学校，新种树苗五千棵").verdict == "absent"


def test_a_clause_that_other_reports_have_too_is_looked_for_beside_the_other() -> None:
    found = check(SOURCE, SWAPPED, "我们改造旧楼三百栋。", "还有惠及十二万户居民的事。")
    assert (found.verdict, found.notes) == ("changed", (ONLY,))
    assert [match.document_id for match in found.matches] == ["2"]


@pytest.mark.parametrize(
    ("text", "note", "diff"),
    [
        ("改造旧楼三百栋，惠及十三万户居民", None,
         "改造旧楼三百栋，惠及{十三万户|十二万户!}居民"),
        ("惠及十二万户居民，翻修旧楼三百栋", ALSO,
         "{|改造旧楼三百栋!}惠及十二万户居民，{翻修旧楼三百栋|!}"),
        ("惠及十三万户居民，改造旧楼三百栋", ALSO,
         "{|改造旧楼三百栋}惠及{十三万户|十二万户!}居民，{改造旧楼三百栋|}"),
    ],
)  # fmt: skip
def test_other_words_and_figures_are_shown_beside_the_other_order(
    text: str, note: str | None, diff: str
) -> None:
    found = check(SOURCE, text)
    assert (found.verdict, found.notes) == ("changed", (note,) if note else ())
    assert marked(found.matches[0]) == diff


def test_a_clause_with_a_quotation_and_a_bare_figure_moves_whole() -> None:
    source = "53个“一件事”落地实施，服务能力评级卓越，网站评估名列第一"
    text = "服务能力评级卓越，53个“一件事”落地实施，网站评估名列第一"
    found = check(source, text)
    assert (found.verdict, found.notes) == ("changed", (ONLY,))
    assert len(found.matches) == 1


def test_clauses_too_far_apart_to_be_laid_side_by_side_are_two_places_in_the_wrong_order() -> None:
    between = "，".join(f"第{k}件事情也办得很妥当" for k in "一二三四五六七")
    found = check(f"改造旧楼三百栋，{between}，惠及十二万户居民", SWAPPED)
    assert found.verdict == "changed"
    assert found.notes == (
        "由原文 2 处的话拼接而成，不是连续的一段", "这几处在原文的同一句里，顺序不同",
    )  # fmt: skip
    assert [match.quote for match in found.matches] == ["惠及十二万户居民。", "改造旧楼三百栋"]


@pytest.mark.parametrize(
    ("pasted", "source", "order"),
    [
        ("丙丁戊己，甲乙丙丁", "甲乙丙丁，丙丁戊己", ["丙丁戊己", "甲乙丙丁"]),
        ("甲乙丙丁，丙丁戊己", "甲乙丙丁，丙丁戊己", []),  # in order
        ("燃气150里，供热623里", "燃气623里，供热150里", []),  # the figures alone moved
        ("供热623里，燃气150里", "燃气623里，供热150里", ["供热150里", "燃气623里"]),
        ("丙丁戊己，甲乙丙丁，子丑寅卯", "甲乙丙丁，丙丁戊己", []),  # a third is something else
        ("丙丁戊己，甲乙丙丁，己甲戊乙", "甲乙丙丁，丙丁戊己，甲己乙戊", []),  # its letters alone
        ("丙丁戊己甲乙丙丁", "甲乙丙丁，丙丁戊己", ["丙丁戊己", "甲乙丙丁"]),
    ],
)
def test_clauses_are_paired_by_their_words(pasted: str, source: str, order: list[str]) -> None:
    theirs = read(source)
    pairs = rearranged(read(pasted), theirs)
    assert [theirs.stream[pair.s1 : pair.s2] for pair in pairs] == order
