import io
import json
import shutil
import tarfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from corpus.errors import InputError, StoreError
from rag.assembly import Assembly
from tests.jinwen import Jinwen
from ui.backup.contents import NAME, kept
from ui.backup.restoring import restore
from ui.backup.saving import save
from ui.desk.incoming import Incoming
from ui.ledger.database import NAME as DESK
from ui.ledger.database import Database


@pytest.fixture
def old(home: Path) -> Path:
    """A home with something in it."""
    home.mkdir()
    (home / "site.json").write_text("old")
    return home


def _archive(target: Path, files: dict[str, bytes], listed: dict[str, bytes] | None = None) -> Path:
    """A backup of these files; `listed` are those that its list names, if others."""
    named = files if listed is None else listed
    hashes = {path: sha256(data).hexdigest() for path, data in named.items()}
    told = {"created": "", "index_version": "", "files": hashes, "program": "", "format": 1}
    with tarfile.open(target, "w:gz") as tar:
        for path, data in {**files, NAME: json.dumps(told).encode()}.items():
            member = tarfile.TarInfo(path)
            member.size = len(data)
            tar.addfile(member, io.BytesIO(data))
    return target


def _files(folder: Path) -> dict[str, bytes]:
    return {path: (folder / path).read_bytes() for path in kept(folder)}


def test_there_and_back_again(
    assembly: Assembly, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home, target = tmp_path / "a", str(tmp_path / "b.tar.gz")
    shutil.copytree(assembly.config.home / "index", home / "index")
    with Database(home / DESK).writing() as base:
        base.execute("INSERT INTO accounts VALUES ('王管', 'admin', 'x', '2026')")
    version = assembly.store.current()
    saved = Jinwen(home, capsys).json("backup", target)
    assert saved["index_version"] == version
    assert saved["bytes"] == Path(target).stat().st_size
    jinwen = Jinwen(tmp_path / "fresh" / "home", capsys)
    done = jinwen.json("restore", target)
    assert (done["aside"], done["files"]) == (None, saved["files"])
    assert {**_files(jinwen.home), DESK: b""} == {**_files(home), DESK: b""}
    modes = {p.stat().st_mode & 0o777 for p in jinwen.home.rglob("*") if p.is_file()}
    assert modes == {0o600}
    assert jinwen.home.stat().st_mode & 0o777 == 0o700
    with Database(jinwen.home / DESK).reading() as base:
        assert [row["name"] for row in base.execute("SELECT name FROM accounts")] == ["王管"]
    status, out, _ = jinwen("index", "verify")
    assert status == 0
    assert version in out


def test_a_home_with_something_in_it_is_only_replaced_when_told_and_kept_aside(
    old: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = _archive(tmp_path / "b.tar.gz", {"site.json": b"new"})
    (old / "models").mkdir()
    (old / "models" / "weights").write_text("w")
    status, _, err = Jinwen(old, capsys)("restore", str(source))
    assert status == 1
    assert "请加 --force" in err
    assert _files(old) == {"site.json": b"old"}
    done = restore(source, old, force=True)
    assert done.aside is not None
    assert done.aside.name.startswith("home.before-")
    assert _files(done.aside) == {"site.json": b"old"}
    assert _files(old) == {"site.json": b"new"}
    assert (old / "models" / "weights").read_text() == "w"
    assert {p.name for p in tmp_path.iterdir()} == {"b.tar.gz", "home", done.aside.name}


def test_a_home_with_models_alone_is_empty(home: Path, tmp_path: Path) -> None:
    (home / "models").mkdir(parents=True)
    done = restore(_archive(tmp_path / "b.tar.gz", {"site.json": b"new"}), home)
    assert done.aside is None
    assert (home / "models").is_dir()
    assert {p.name for p in tmp_path.iterdir()} == {"b.tar.gz", "home"}


@pytest.mark.parametrize(
    "path", ["../out", "a/../../out", "/tmp/jinwen-out", "a//b", "a/./b", "..\\out"]
)
def test_paths_that_could_lead_out_are_refused(old: Path, tmp_path: Path, path: str) -> None:
    source = _archive(tmp_path / "b.tar.gz", {"site.json": b"new", path: b"x"})
    with pytest.raises(InputError, match="不安全的路径"):
        restore(source, old, force=True)
    _untouched(old, tmp_path)


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE,
                                  tarfile.CHRTYPE, tarfile.DIRTYPE])  # fmt: skip
def test_nothing_but_plain_files_is_taken(old: Path, tmp_path: Path, kind: bytes) -> None:
    with tarfile.open(tmp_path / "b.tar.gz", "w:gz") as tar:
        member = tarfile.TarInfo("site.json")
        member.type, member.linkname = kind, "/etc/hostname"
        tar.addfile(member)
    with pytest.raises(InputError, match="不是普通文件"):
        restore(tmp_path / "b.tar.gz", old, force=True)
    _untouched(old, tmp_path)


@pytest.mark.parametrize(
    ("held", "listed", "named"),
    [({"a": b"1"}, {"a": b"2"}, "a"), ({"a": b"1"}, {}, "a"), ({}, {"b": b"1"}, "b")],
    ids=["changed", "unlisted", "missing"],
)
def test_a_backup_that_is_not_what_its_list_says_is_refused_by_name(
    old: Path, tmp_path: Path, held: dict[str, bytes], listed: dict[str, bytes], named: str
) -> None:
    with pytest.raises(InputError, match=f"“{named}”与清单不符"):
        restore(_archive(tmp_path / "b.tar.gz", held, listed), old, force=True)
    _untouched(old, tmp_path)
    restore(_archive(tmp_path / "b.tar.gz", held, held), old, force=True)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data[: len(data) // 2],
        lambda data: data[:40] + bytes([data[40] ^ 4]) + data[41:],
        lambda data: b"PK\3\4" + data,
        lambda data: b"",
    ],
    ids=["half", "flipped", "other", "empty"],
)
def test_a_damaged_backup_is_refused(
    old: Path, tmp_path: Path, spoil: Callable[[bytes], bytes]
) -> None:
    source = _archive(tmp_path / "b.tar.gz", {f"{n}.json": bytes(range(256)) for n in range(40)})
    source.write_bytes(spoil(source.read_bytes()))
    with pytest.raises(InputError, match="什么都没有恢复"):
        restore(source, old, force=True)
    _untouched(old, tmp_path)


def test_a_newer_backup_and_one_that_is_not_there_are_told(old: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="没有文件"):
        restore(tmp_path / "b.tar.gz", old, force=True)
    with tarfile.open(tmp_path / "b.tar.gz", "w:gz") as tar:
        member = tarfile.TarInfo(NAME)
        raw = b'{"format": 2}'
        member.size = len(raw)
        tar.addfile(member, io.BytesIO(raw))
    with pytest.raises(InputError, match="请升级津问"):
        restore(tmp_path / "b.tar.gz", old, force=True)
    _untouched(old, tmp_path)


def test_a_home_in_use_is_left_alone(old: Path, tmp_path: Path) -> None:
    source = save(old, tmp_path / "b.tar.gz") and tmp_path / "b.tar.gz"
    servers = Incoming(old), Incoming(old)
    for server in servers:
        server.open()
    for server in servers:  # as long as there is one
        with pytest.raises(StoreError, match="请先停下服务"):
            restore(source, old, force=True)
        server.leave()
    assert restore(source, old, force=True).aside is not None


def test_a_rename_that_fails_brings_the_old_home_back(
    old: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = _archive(tmp_path / "b.tar.gz", {"site.json": b"new"})
    rename = Path.rename

    def failing(self: Path, target: Path) -> Path:
        if self.name.startswith(".home-"):
            raise OSError(5, "Input/output error")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(OSError, match="Input/output"):
        restore(source, old, force=True)
    _untouched(old, tmp_path)


def _untouched(old: Path, beside: Path) -> None:
    assert _files(old) == {"site.json": b"old"}
    assert {p.name for p in beside.iterdir()} <= {"b.tar.gz", "home"}
