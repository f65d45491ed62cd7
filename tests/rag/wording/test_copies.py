"""The same words in many places: shown once, counted, and all of them there for programs."""

import pytest

from corpus.documents import Document
from rag.wording.checker import Checker

STOCK = "坚持稳中求进的工作总基调，扎实做好各项工作。"


def reports(*texts: str) -> Checker:
    return Checker([Document(str(k), f"报告{k}", text) for k, text in enumerate(texts)])


def test_words_that_stand_once_are_counted_nowhere() -> None:
    (match,) = reports(f"前文。{STOCK}", "别的报告。").check(STOCK).matches
    assert (match.copies, match.copy_reports, match.folded, match.copied) == (0, 0, False, "")


@pytest.mark.parametrize("text", [STOCK, STOCK.replace("，", "；"), STOCK.replace("扎实", "切实")])
def test_the_same_words_are_shown_once_and_all_are_listed(text: str) -> None:
    found = reports(f"前文。{STOCK}", f"{STOCK}中间。{STOCK}", "别的报告。", STOCK).check(text)
    first, *rest = found.matches
    assert [match.document_id for match in found.matches] == ["0", "1", "1", "3"]
    assert found.shown() == (first,)
    assert first.copied == "另有 3 处相同（2 份报告）"
    assert all(match.folded and not match.copies for match in rest)


def test_other_places_in_the_same_report_are_of_one_report() -> None:
    (match,) = reports(f"{STOCK}中间。{STOCK}").check(STOCK).shown()
    assert match.copied == "另有 1 处相同（1 份报告）"


def test_places_that_are_not_listed_are_counted_too() -> None:
    found = reports(*[f"{STOCK}后文。"] * 31).check(STOCK)
    assert len(found.matches) == 20
    assert found.matches[0].copied == "另有 30 处相同（30 份报告）"


def test_other_words_are_not_folded() -> None:
    first, second = "新建公园五十座，", "改造老旧管网三百公里。"
    found = reports(f"{first}说明。", f"说明。{second}").check(first + second)
    assert len(found.matches) == len(found.shown()) == 2


def test_the_nearest_sentences_are_different_ones_with_their_copies_counted() -> None:
    texts = [f"新增养老床位九百张，改善{where}环境。" for where in ("山区", "乡村", "城市")]
    stock = "新增养老床位的工作十分重要。"
    found = reports(*[stock] * 30, *texts).check("新增养老床位，建食堂，办学校，修道路")
    assert found.verdict == "absent"
    assert (found.matches[0].document_id, found.matches[0].quote) == ("0", stock)
    assert len({match.quote for match in found.matches}) == 3
    assert [match.copied for match in found.matches] == ["另有 29 处相同（29 份报告）", "", ""]


def test_the_fields_of_the_contract_are_all_there() -> None:
    (first, second) = reports(STOCK, STOCK).check(STOCK).to_json()["matches"]
    assert (first["copies"], first["copy_reports"], first["folded"]) == (1, 1, False)
    assert (second["copies"], second["copy_reports"], second["folded"]) == (0, 0, True)
    assert {"document_id", "title", "section", "start", "end", "quote", "similarity", "diff",
            "paragraph"} < set(first)  # fmt: skip
