from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.documents import Document
from corpus.errors import StoreError
from index.changes import Paragraph, changes, paragraphs_changed
from index.embedders import Embedder
from index.store import Store
from index.upkeep import Upkeep

ONE = Document("one", "甲市报告", "一、目标\n今年改造燃气管网623公里。\n新建公园80个。\n")
TWO = Document("two", "乙市报告", "今年植树三百万株。\n")


def published(home: Path, toy: Embedder, *worlds: list[Document]) -> tuple[Store, list[str]]:
    store = Store(home)
    return store, [Upkeep(store, toy).replace(world).version for world in worlds]


def test_documents_come_and_go(home: Path, toy: Embedder) -> None:
    store, (first, second) = published(home, toy, [ONE], [TWO])
    found = changes(store, first, second)
    assert ([d.id for d in found.added], [d.id for d in found.removed]) == (["two"], ["one"])
    assert (found.changed, found.passages_added, found.passages_removed) == ((), 1, 3)
    assert found


def test_facts_and_words_that_changed_are_told(home: Path, toy: Embedder) -> None:
    text = ONE.text.replace("623", "632").replace("新建公园80个。\n", "")
    after = replace(ONE, text=text, title="甲市2025年报告", plan_year=2025)
    store, (first, second) = published(home, toy, [ONE, TWO], [after, TWO])
    found = changes(store, first, second)
    (each,) = found.changed
    assert each.facts == (("title", "甲市报告", "甲市2025年报告"), ("plan_year", "", "2025"))
    assert each.paragraphs == (
        Paragraph((
            ("same", "今年改造燃气管网"), ("gone", "623"), ("new", "632"), ("same", "公里。"),
        )),
        Paragraph((("gone", "新建公园80个。"),)),
    )  # fmt: skip
    assert (found.passages_added, found.passages_removed) == (1, 2)


def test_the_same_documents_are_no_change(home: Path, toy: Embedder) -> None:
    store, (first, second) = published(home, toy, [ONE], [ONE])
    assert not changes(store, first, second)


def test_a_version_that_is_damaged_is_named(home: Path, toy: Embedder) -> None:
    store, (first, second) = published(home, toy, [ONE], [TWO])
    (home / "versions" / first / "documents.jsonl").write_bytes(b"{}")
    with pytest.raises(StoreError, match=first):
        changes(store, first, second)


def test_paragraphs_that_share_nothing_are_not_laid_over_each_other() -> None:
    (gone, new) = paragraphs_changed("甲乙丙丁\n同样", "子丑寅卯\n同样")
    assert (gone.pieces, new.pieces) == ((("gone", "甲乙丙丁"),), (("new", "子丑寅卯"),))
    long = "长" * 4000
    assert [p.pieces[0][0] for p in paragraphs_changed(long, long + "了")] == ["gone", "new"]


def test_lines_that_repeat_are_laid_side_by_side_with_the_fewest_changes() -> None:
    """Compared in the way of difflib these take half a minute and more of them come out changed."""
    old = "\n".join(["甲", "乙"] * 1_000)
    new = "\n".join(["乙", "丙", "甲"] * 600)
    told = Counter(p.pieces[0] for p in paragraphs_changed(old, new))
    assert told == {("gone", "甲"): 400, ("gone", "乙"): 400, ("new", "丙"): 600}


def test_texts_too_long_to_lay_side_by_side_tell_what_comes_and_goes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    old, new = "头\n子丑\n寅卯\n甲乙\n尾", "头\n甲乙\n寅卯\n巳午\n尾"
    moved = [p.pieces[0] for p in paragraphs_changed(old, new)]
    assert ("gone", "甲乙") in moved
    monkeypatch.setattr("index.changes._MOST_CELLS", 8)  # without head and tail they are 3 x 3
    told = [p.pieces for p in paragraphs_changed(old, new)]
    assert told == [(("gone", "子丑"),), (("new", "巳午"),)]


def test_a_single_character_between_two_changes_is_read_with_them() -> None:
    (changed,) = paragraphs_changed("年内建成社区食堂和公园一百处", "年内建成学校食宿和公园一百处")
    assert changed.pieces == (
        ("same", "年内建成"), ("gone", "社区食堂"), ("new", "学校食宿"), ("same", "和公园一百处"),
    )  # fmt: skip
