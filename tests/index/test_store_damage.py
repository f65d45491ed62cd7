"""Whatever happens to the files, what is not whole is refused by name."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.errors import StoreError
from index.store import Store

Publish = Callable[[Store, str], str]


@pytest.fixture
def store(home: Path) -> Store:
    return Store(home / "index")


@pytest.mark.parametrize("number", range(3))
def test_a_flipped_bit_in_any_file_is_refused_by_name(
    store: Store, publish: Publish, number: int
) -> None:
    name = publish(store, "今年改造燃气管网")
    file = ("a.txt", "b.bin", "manifest.json")[number]
    path = store.root / "versions" / name / file
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    with pytest.raises(StoreError, match=rf"索引文件“{name}/{file}”已损坏，请运行 jinwen"):
        store.read(name)


def test_a_flip_at_any_place_of_the_manifest_is_refused(store: Store, publish: Publish) -> None:
    name = publish(store, "旧")
    path = store.root / "versions" / name / "manifest.json"
    raw = path.read_bytes()
    for place in range(len(raw)):
        path.write_bytes(raw[:place] + bytes([raw[place] ^ 1 << place % 8]) + raw[place + 1 :])
        with pytest.raises(StoreError, match=f"{name}/manifest.json”已损坏"):
            store.read(name)


def _cut_short(folder: Path) -> None:
    (folder / "b.bin").write_bytes((folder / "b.bin").read_bytes()[:-1])


def _swap(folder: Path) -> None:
    (folder / "a.txt").rename(folder / "c")
    (folder / "b.bin").rename(folder / "a.txt")
    (folder / "c").rename(folder / "b.bin")


def _manifest_of_another(folder: Path) -> None:
    fields = json.loads((folder / "manifest.json").read_bytes()) | {"created": "2025"}
    (folder / "manifest.json").write_text(json.dumps(fields))


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        (lambda folder: (folder / "a.txt").unlink(), "无法读取索引文件“{}/a.txt”"),
        (lambda folder: (folder / "manifest.json").unlink(), "无法读取索引文件“{}/manifest.json”"),
        (lambda folder: (folder / "x.pkl").write_bytes(b""), "多余的文件“{}/x.pkl”"),
        (lambda folder: (folder / "sub").mkdir(), "多余的文件“{}/sub”"),
        (_cut_short, "索引文件“{}/b.bin”已损坏"),
        (_swap, "索引文件“{}/a.txt”已损坏"),
        (_manifest_of_another, "索引文件“{}/manifest.json”已损坏"),
    ],
)
def test_other_damage_is_refused_by_name_with_the_way_out(
    store: Store, publish: Publish, damage: Callable[[Path], None], told: str
) -> None:
    name = publish(store, "旧")
    damage(store.root / "versions" / name)
    with pytest.raises(StoreError) as caught:
        store.read(store.current())
    assert told.format(name) in str(caught.value)
    assert "请运行 jinwen index build 重建，或用 jinwen index rollback" in str(caught.value)


@pytest.mark.parametrize("name", ["000009-0123456789ab", "../index", "", "."])
def test_a_version_that_is_not_there_cannot_be_read(
    store: Store, publish: Publish, name: str
) -> None:
    publish(store, "旧")
    with pytest.raises(StoreError, match="可用 jinwen index versions 查看"):
        store.read(name)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (None, "还没有索引，请先运行 jinwen index build"),
        (b"\xff\xfe", "无法读取索引指针“"),
        (b"", "索引指针指向不存在的版本“”"),
        (b"000009-0123456789ab\n", "索引指针指向不存在的版本“000009-0123456789ab”"),
        (b"../versions\n", "索引指针指向不存在的版本“../versions”"),
    ],
)
def test_a_bad_pointer_is_told_from_a_missing_one(
    store: Store, publish: Publish, content: bytes | None, told: str
) -> None:
    publish(store, "旧")
    pointer = store.root / "current"
    pointer.unlink() if content is None else pointer.write_bytes(content)
    with pytest.raises(StoreError) as caught:
        store.current()
    assert told in str(caught.value)
    assert store.read(publish(store, "新")).files["a.txt"] == "新".encode()
    assert store.current().startswith("000002-")


def test_a_pointer_that_cannot_be_opened_is_an_error_of_the_store(store: Store) -> None:
    (store.root / "current").mkdir(parents=True)
    with pytest.raises(StoreError, match="无法读取索引指针“"):
        store.current()
