import json
import shutil
import sqlite3
import tarfile
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest

from corpus.errors import BusyError, InputError, StoreError
from index.store import Store
from rag.assembly import Assembly
from tests.jinwen import Jinwen
from ui.backup.contents import NAME
from ui.backup.saving import save
from ui.ledger.database import NAME as DESK
from ui.ledger.database import Database


@pytest.fixture
def filled(assembly: Assembly, tmp_path: Path) -> Path:
    """A home with an index, an open database and what does not count."""
    home = tmp_path / "home"
    # Other tests leave more than an index there.
    shutil.copytree(assembly.config.home / "index", home / "index")
    (home / "site.json").write_text('{"name": "问津"}')
    (home / "feedback.jsonl").write_bytes(b"{}\n")
    for left in ("models/e5/weights", "desk/incoming/1/a.docx", "desk/server.lock", "rates.sqlite",
                 "cases.lock",
                 ".site.json-x", "index/versions/.000009-x/vectors", "targets/a.part"):  # fmt: skip
        (home / left).parent.mkdir(parents=True, exist_ok=True)
        (home / left).write_text("left")
    return home


def _held(target: Path) -> dict[str, bytes]:
    with tarfile.open(target) as tar:
        return {m.name: f.read() for m in tar if (f := tar.extractfile(m))}


def test_a_backup_holds_what_counts_with_its_hash_and_names_the_version(
    filled: Path, tmp_path: Path
) -> None:
    version = Store(filled / "index").current()
    listing = save(filled, tmp_path / "b.tar.gz")
    held = _held(tmp_path / "b.tar.gz")
    assert list(held)[-1] == NAME
    told = json.loads(held.pop(NAME))
    assert told["files"] == {path: sha256(data).hexdigest() for path, data in held.items()}
    assert told["files"] == listing.files
    assert (told["format"], told["index_version"], told["program"]) == (
        1, version, listing.program,
    )  # fmt: skip
    files = Store(filled / "index").listed_files(version)
    assert set(held) == {
        "site.json", "feedback.jsonl", "index/current",
        *(f"index/versions/{version}/{file}" for file in (*files, "manifest.json")),
    }  # fmt: skip
    assert held["site.json"] == '{"name": "问津"}'.encode()
    assert (tmp_path / "b.tar.gz").stat().st_mode & 0o777 == 0o600
    assert sorted(p.name for p in tmp_path.iterdir()) == ["b.tar.gz", "home"]


def test_a_database_is_copied_whole_while_it_is_written(filled: Path, tmp_path: Path) -> None:
    with Database(filled / DESK).writing() as base:
        base.execute("INSERT INTO accounts VALUES ('王管', 'admin', 'x', '2026')")
    with closing(sqlite3.connect(filled / DESK)) as writing:
        writing.execute("BEGIN IMMEDIATE")
        writing.execute("INSERT INTO accounts VALUES ('李编', 'editor', 'x', '2026')")
        save(filled, tmp_path / "b.tar.gz")
    held = _held(tmp_path / "b.tar.gz")
    assert not [path for path in held if path.startswith(f"{DESK}-")]
    (tmp_path / "copy").write_bytes(held[DESK])
    with closing(sqlite3.connect(tmp_path / "copy")) as copy:
        assert copy.execute("SELECT name FROM accounts").fetchall() == [("王管",)]
        assert copy.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_what_is_damaged_is_not_backed_up_and_the_backup_before_stays(
    filled: Path, tmp_path: Path
) -> None:
    target = tmp_path / "b.tar.gz"
    target.write_bytes(b"before")
    version = Store(filled / "index").current()
    vectors = filled / "index" / "versions" / version / "vectors.faiss"
    whole = vectors.read_bytes()
    vectors.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    with pytest.raises(StoreError, match=f"“{version}/vectors.faiss”已损坏"):
        save(filled, target)
    vectors.write_bytes(whole)
    (filled / "asked.sqlite").write_bytes(b"no database at all, by far")
    with pytest.raises(StoreError, match=r"“asked\.sqlite”已损坏"):
        save(filled, target)
    assert target.read_bytes() == b"before"
    (filled / "asked.sqlite").unlink()
    save(filled, target)
    assert target.read_bytes() != b"before"


def test_a_home_that_is_written_or_empty_and_a_target_within_are_told(
    filled: Path, tmp_path: Path
) -> None:
    with (
        Store(filled / "index").writing("index add"),
        pytest.raises(BusyError, match="index add"),
    ):
        save(filled, tmp_path / "b.tar.gz")
    with pytest.raises(InputError, match="不能放在主目录"):
        save(filled, filled / "b.tar.gz")
    with pytest.raises(InputError, match="是目录"):
        save(filled, tmp_path)
    with pytest.raises(InputError, match="没有可备份的内容"):
        save(tmp_path / "none", tmp_path / "b.tar.gz")
    assert not (tmp_path / "none").exists()


def test_what_machines_share_in_a_database_is_said_to_be_left_out(
    filled: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    jinwen, target = Jinwen(filled, capsys), str(tmp_path / "b.tar.gz")
    within, elsewhere = "里面有工作台的账号", "请用 pg_dump 另外备份"
    shared = "postgresql://jinwen@127.0.0.1:1/none"
    for url, said in (("", within), ("milvus://x", within), (shared, elsewhere)):
        monkeypatch.setenv("JINWEN_INDEX_URL", url)
        assert said in jinwen("backup", target)[1]
        assert jinwen.json("backup", target)["without_database"] is (url == shared)
