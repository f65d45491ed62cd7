from pathlib import Path

import pytest

from corpus.documents import Document
from corpus.errors import CorpusError, StoreError, UnreadableError
from index.embedders import Embedder
from index.store import Store
from index.upkeep import Change, Upkeep, newest_documents, roll_back

POOL = Document("pool", "体育", "全市新建滑冰馆9座。")
PARK = Document("park", "公园", "新建口袋公园50个。")


@pytest.fixture
def store(home: Path) -> Store:
    return Store(home / "index")


@pytest.fixture
def upkeep(store: Store, toy: Embedder) -> Upkeep:
    return Upkeep(store, toy)


def _ids(store: Store) -> list[str]:
    return [document.id for document in store.documents(store.current())]


def _damage(store: Store, name: str) -> None:
    path = store.root / "versions" / name / "documents.jsonl"
    path.write_bytes(path.read_bytes()[1:])


def test_a_first_build_holds_the_shipped_report(
    store: Store, upkeep: Upkeep, report: Document
) -> None:
    change = upkeep.rebuild()
    assert change == Change(store.current(), ("tianjin-2024",))
    assert store.documents(change.version) == [report]


def test_adding_to_a_home_without_an_index_adds_to_the_shipped_report(
    store: Store, upkeep: Upkeep
) -> None:
    change = upkeep.add([POOL, PARK])
    assert change == Change(store.current(), added=("pool", "park"))
    assert _ids(store) == ["tianjin-2024", "pool", "park"]


def test_a_known_id_takes_the_old_ones_place(store: Store, upkeep: Upkeep) -> None:
    upkeep.add([POOL, PARK])
    newer = Document("pool", "体育", "改造游泳馆3座。")
    upkeep.add([newer])
    assert _ids(store) == ["tianjin-2024", "pool", "park"]
    assert store.documents(store.current())[1] == newer


def test_the_ids_of_shipped_reports_are_refused(store: Store, upkeep: Upkeep) -> None:
    with pytest.raises(CorpusError) as caught:
        upkeep.add([POOL, Document("tianjin-2024", "冒名", "假的。")])
    assert str(caught.value) == "编号“tianjin-2024”属于随附报告，请改用别的文件名或 id"
    assert store.names() == []


def test_a_removed_document_is_gone_and_an_unknown_one_is_an_error(
    store: Store, upkeep: Upkeep
) -> None:
    before = upkeep.add([POOL, PARK]).version
    assert upkeep.remove("pool") == Change(store.current(), removed=("pool",))
    assert _ids(store) == ["tianjin-2024", "park"]
    after = store.current()
    with pytest.raises(CorpusError, match="没有文档“pool”，可用 jinwen index list 查看"):
        upkeep.remove("pool")
    assert store.names() == [before, after]


def test_nothing_can_be_removed_from_an_index_that_is_not_there(upkeep: Upkeep) -> None:
    with pytest.raises(StoreError, match="还没有索引"):
        upkeep.remove("pool")


def test_a_rebuild_keeps_what_was_added(store: Store, upkeep: Upkeep) -> None:
    upkeep.add([POOL])
    assert upkeep.rebuild().added == ("tianjin-2024", "pool")
    assert _ids(store) == ["tianjin-2024", "pool"]
    upkeep.remove("tianjin-2024")
    assert _ids(store) == ["pool"]
    upkeep.rebuild()
    assert _ids(store) == ["pool"]  # a report that was taken out does not come back by itself
    upkeep.rebuild(with_shipped=True)
    assert _ids(store) == ["tianjin-2024", "pool"]


def test_a_rebuild_may_leave_the_shipped_report_out(store: Store, upkeep: Upkeep) -> None:
    upkeep.add([POOL])
    assert upkeep.rebuild(with_shipped=False).added == ("pool",)
    assert _ids(store) == ["pool"]
    upkeep.add([PARK])
    assert _ids(store) == ["pool", "park"]


def test_a_home_that_was_emptied_stays_empty_until_something_is_added(
    store: Store, upkeep: Upkeep
) -> None:
    upkeep.rebuild()
    upkeep.remove("tianjin-2024")
    assert _ids(store) == []
    upkeep.add([POOL])
    assert _ids(store) == ["pool"]


def test_a_rollback_brings_the_earlier_documents_back(store: Store, upkeep: Upkeep) -> None:
    first, second = upkeep.rebuild().version, upkeep.add([POOL]).version
    roll_back(store, first)
    assert store.current() == first
    assert _ids(store) == ["tianjin-2024"]
    upkeep.add([PARK])
    assert _ids(store) == ["tianjin-2024", "park"]  # from the version in use, not the newest
    roll_back(store, second)
    assert _ids(store) == ["tianjin-2024", "pool"]


def test_a_rollback_to_what_is_damaged_or_missing_changes_nothing(
    store: Store, upkeep: Upkeep
) -> None:
    first, second = upkeep.rebuild().version, upkeep.add([POOL]).version
    _damage(store, first)
    with pytest.raises(StoreError, match=f"{first}/documents.jsonl”已损坏"):
        roll_back(store, first)
    with pytest.raises(StoreError, match="没有版本“000009-0123456789ab”"):
        roll_back(store, "000009-0123456789ab")
    assert store.current() == second


def test_a_damaged_version_in_use_gives_way_to_the_newest_whole_one(
    store: Store, upkeep: Upkeep
) -> None:
    upkeep.add([POOL])
    upkeep.add([PARK])
    _damage(store, store.current())
    assert [document.id for document in newest_documents(store) or ()] == ["tianjin-2024", "pool"]
    change = upkeep.rebuild()
    assert (change.added, change.lost) == (("tianjin-2024", "pool"), ("park",))
    assert _ids(store) == ["tianjin-2024", "pool"]


def test_a_version_that_the_disk_does_not_give_is_not_passed_over(
    store: Store, upkeep: Upkeep
) -> None:
    upkeep.add([POOL])
    name = upkeep.add([PARK]).version
    path = store.root / "versions" / name / "documents.jsonl"
    kept = path.read_bytes()
    path.unlink()
    path.mkdir()  # what cannot be read, even by root
    for change in (lambda: upkeep.add([POOL]), upkeep.rebuild):
        with pytest.raises(
            UnreadableError, match="请检查磁盘和权限后重试，或用 jinwen index rollb"
        ):
            change()
    path.rmdir()
    path.write_bytes(kept)
    upkeep.add([Document("hall", "体育馆", "新建体育馆1座。")])
    assert _ids(store) == ["tianjin-2024", "pool", "park", "hall"]


@pytest.mark.parametrize("damaged", ["vectors.faiss", "lexicon.npz", "passages.jsonl"])
def test_documents_survive_damage_to_any_other_file(
    store: Store, upkeep: Upkeep, damaged: str
) -> None:
    upkeep.add([POOL])
    (store.root / "versions" / store.current() / damaged).write_bytes(b"")
    change = upkeep.rebuild()
    assert (change.added, change.lost) == (("tianjin-2024", "pool"), ())


def test_without_a_pointer_the_newest_whole_version_counts(store: Store, upkeep: Upkeep) -> None:
    upkeep.rebuild()
    upkeep.add([POOL])
    (store.root / "current").unlink()
    upkeep.add([PARK])
    assert _ids(store) == ["tianjin-2024", "pool", "park"]


def test_without_any_whole_version_a_rebuild_starts_over(store: Store, upkeep: Upkeep) -> None:
    upkeep.add([POOL])
    _damage(store, store.current())
    assert newest_documents(store) is None
    change = upkeep.rebuild()
    assert (change.added, change.lost) == (("tianjin-2024",), ("pool",))


def test_adding_without_any_whole_version_does_not_lose_the_shipped_report(
    store: Store, upkeep: Upkeep
) -> None:
    _damage(store, upkeep.rebuild().version)
    upkeep.add([POOL])
    assert _ids(store) == ["tianjin-2024", "pool"]


def test_every_change_takes_the_lock(store: Store, upkeep: Upkeep) -> None:
    version = upkeep.rebuild().version
    with store.writing("index build"):
        for change in (
            upkeep.rebuild,
            lambda: upkeep.add([POOL]),
            lambda: upkeep.remove("tianjin-2024"),
            lambda: roll_back(store, version),
        ):
            with pytest.raises(StoreError, match="索引正被另一个程序写入"):
                change()
    assert store.names() == [version]


def test_the_watcher_is_told_of_the_embedding(store: Store, toy: Embedder) -> None:
    told: list[tuple[int, int]] = []
    Upkeep(store, toy, lambda done, total: told.append((done, total))).rebuild()
    assert told == [(173, 173)]


def _file(name: str, source: str, text: str) -> Document:
    return Document(name, name, text, origin=f"{name}.txt", source=source)


def test_a_file_added_again_takes_its_old_place_and_another_of_its_name_gets_an_id(
    store: Store, upkeep: Upkeep
) -> None:
    upkeep.rebuild(with_shipped=False)
    upkeep.add([_file("report", "/a/report.txt", "甲。")])
    change = upkeep.add([_file("report", "/b/report.txt", "乙。")])
    (other,) = change.added
    assert other.startswith("report-")
    upkeep.add(
        [_file("report", "/a/report.txt", "甲改。"), _file("report", "/b/report.txt", "乙改。")]
    )
    kept = {d.id: d.text for d in store.documents(store.current())}
    assert kept == {"report": "甲改。", other: "乙改。"}


def test_the_same_text_is_kept_once_and_said(store: Store, upkeep: Upkeep) -> None:
    upkeep.rebuild(with_shipped=False)
    first = _file("one", "/a/one.txt", "同样的话。")
    change = upkeep.add([first, _file("two", "/a/two.txt", "同样的话。")])
    assert (change.added, change.repeated) == (("one",), (("two.txt", "one"),))
    assert _ids(store) == ["one"]


def test_what_a_document_is_can_be_put_right(store: Store, upkeep: Upkeep) -> None:
    upkeep.add([POOL])
    upkeep.set("pool", {"place": "澜溪市", "plan_year": 2026})
    (pool,) = (d for d in store.documents(store.current()) if d.id == "pool")
    assert (pool.place, pool.plan_year, pool.text) == ("澜溪市", 2026, POOL.text)
    upkeep.rebuild()
    (pool,) = (d for d in store.documents(store.current()) if d.id == "pool")
    assert (pool.place, pool.plan_year) == ("澜溪市", 2026)
    with pytest.raises(CorpusError, match="没有文档“nothing”"):
        upkeep.set("nothing", {"place": "澜溪市"})


def test_a_rebuild_reads_anew_what_documents_are(store: Store, upkeep: Upkeep) -> None:
    text = "政府工作报告\n——2026年1月9日在澜溪市第一届人民代表大会第一次会议上\n各位代表："
    upkeep.add([Document("old", "政府工作报告", text, origin="old.txt")])
    upkeep.rebuild()
    (old,) = (d for d in store.documents(store.current()) if d.id == "old")
    assert (old.place, old.title) == ("澜溪市", "澜溪市2026年政府工作报告")


def test_adding_a_file_anew_keeps_what_was_set_by_hand(store: Store, upkeep: Upkeep) -> None:
    upkeep.add([_file("note", "/a/note.txt", "甲。")])
    upkeep.set("note", {"place": "澜溪市"})
    upkeep.add([_file("note", "/a/note.txt", "乙。")])
    (note,) = (d for d in store.documents(store.current()) if d.id == "note")
    assert (note.place, note.text) == ("澜溪市", "乙。")
