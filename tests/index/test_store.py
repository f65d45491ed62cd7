from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from index.store import Store

Publish = Callable[[Store, str], str]


@pytest.fixture
def store(home: Path) -> Store:
    return Store(home / "index")


def test_a_published_version_is_the_current_one_and_reads_whole(
    store: Store, publish: Publish
) -> None:
    name = publish(store, "旧")
    raw = (store.root / "versions" / name / "manifest.json").read_bytes()
    version = store.read(store.current())
    assert name == version.name == f"000001-{sha256(raw).hexdigest()[:12]}"
    assert version.files == {"a.txt": "旧".encode(), "b.bin": bytes(range(256))}
    assert version.manifest.to_bytes() == raw
    assert (store.root / "current").read_text() == f"{name}\n"


def test_versions_are_numbered_and_listed_oldest_first(store: Store, publish: Publish) -> None:
    assert store.names() == []
    names = [publish(store, text) for text in ("一", "二", "二")]
    assert store.names() == names
    assert [name[:6] for name in names] == ["000001", "000002", "000003"]
    assert names[1][7:] == names[2][7:] != names[0][7:]  # the same content, the same hash
    assert store.current() == names[2]


def test_what_is_no_version_is_not_listed(store: Store, publish: Publish) -> None:
    name = publish(store, "一")
    for other in ("notes", "000002", ".000002-0123456789ab", "000002-0123456789abc"):
        (store.root / "versions" / other).mkdir()
    assert store.names() == [name]


def test_only_the_last_five_are_kept(store: Store, publish: Publish) -> None:
    names = [publish(store, str(number)) for number in range(8)]
    assert store.names() == names[3:]


def test_a_rollback_removes_nothing_and_numbers_go_on(store: Store, publish: Publish) -> None:
    names = [publish(store, str(number)) for number in range(5)]
    store.switch(names[0])
    assert store.current() == names[0]
    assert store.names() == names
    names.append(publish(store, "5"))
    assert names[-1].startswith("000006-")
    assert store.current() == names[-1]
    assert store.names()[-5:] == names[1:]


def test_the_version_in_use_outlives_the_publishing_of_the_next(
    store: Store, publish: Publish
) -> None:
    names = [publish(store, str(number)) for number in range(5)]
    store.switch(names[0])
    seen_by_a_reader = store.current()
    publish(store, "5")
    assert store.read(seen_by_a_reader).files["a.txt"] == b"0"


def test_what_a_crash_left_is_swept_by_the_next_writer(store: Store, publish: Publish) -> None:
    publish(store, "一")
    left = store.root / "versions" / ".000002-0123456789ab"
    left.mkdir()
    (left / "a.txt").write_bytes(b"half")
    name = publish(store, "二")
    assert not left.exists()
    assert store.current() == name
