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
