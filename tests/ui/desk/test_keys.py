"""Keys of programs, as they are kept and as the command line gives them."""

import json
from hashlib import sha256
from pathlib import Path

import pytest

from corpus.errors import InputError
from tests.jinwen import Jinwen
from tests.ui.desk.conftest import PASSWORD, Clock
from ui.desk.accounts import Accounts
from ui.desk.entry import Entry
from ui.desk.keys import Key, Keys
from ui.desk.roles import Role
from ui.ledger import Ledger, database
from ui.ledger.database import NAME, Database


@pytest.fixture(params=["file", "database"])
def place(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def keys(kept: Ledger, clock: Clock) -> Keys:
    return Keys(kept, clock)


def test_a_key_is_found_until_it_is_removed(keys: Keys) -> None:
    token, other = keys.add("Ｐortal", 30, "test"), keys.add("统计局", 0, "test")
    assert keys.find(token) == Key("portal", 30, "2026-05-28T20:26:40+00:00")
    assert [key.name for key in keys.all()] == ["portal", "统计局"]
    keys.remove("Portal", "test")
    assert keys.find(token) is None
    assert keys.find(other) is not None


def test_a_key_has_256_bits_and_only_its_hash_is_kept(keys: Keys, kept: Ledger, home: Path) -> None:
    token = keys.add("portal", 30, "test")
    assert (token[:3], len(token)) == ("jw-", 3 + 43)
    assert keys.add("other", 30, "test") != token
    written = b"".join(file.read_bytes() for file in home.glob("*"))
    with kept.reading() as c:
        for table in ("keys", "audit"):
            rows = c.execute(f"SELECT * FROM {table}").fetchall()
            written += repr([tuple(row) for row in rows]).encode()
    assert sha256(token.encode()).hexdigest().encode() in written
    assert token[3:].encode() not in written


@pytest.mark.parametrize("wrong", ["", "jw-", "jw-" + "a" * 43, "jw-" + "密" * 43, "x" * 46])
def test_what_is_no_key_is_not_found(keys: Keys, wrong: str) -> None:
    token = keys.add("portal", 30, "test")
    for sent in (wrong, token + "a", token[:-1], token.upper()):
        assert keys.find(sent) is None


@pytest.mark.parametrize(
    ("name", "per_minute", "said"),
    [("portal", 5, "已经有叫"), ("a b", 5, "密钥的名字"), ("p", 5, "密钥的名字"),
     ("other", -1, "每分钟的次数"), ("other", 100_001, "每分钟的次数")],
)  # fmt: skip
def test_what_cannot_be_added_is_told(keys: Keys, name: str, per_minute: int, said: str) -> None:
    keys.add("portal", 30, "test")
    with pytest.raises(InputError, match=said):
        keys.add(name, per_minute, "test")
    assert len(keys.all()) == 1


def test_the_command_line_shows_a_key_once_and_records_who(
    home: Path, keys: Keys, kept: Ledger, url: str, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setenv("JINWEN_INDEX_URL", url)
    jinwen = Jinwen(home, capsys)
    _, token, _ = jinwen("keys", "add", "portal")
    assert keys.find(token.strip()) is not None
    _, listed, _ = jinwen("keys", "list")
    assert listed.startswith("portal  每分钟 600  ")
    assert jinwen.json("keys", "list")[0].keys() == {"name", "per_minute", "created"}
    assert token.strip() not in listed
    assert jinwen("keys", "add", "other", "--per-minute", "5")[0] == 0
    assert jinwen("keys", "remove", "portal")[1] == "已作废“portal”的密钥\n"
    assert jinwen("keys", "remove", "portal")[0] == 1
    assert keys.find(token.strip()) is None
    with kept.reading() as c:
        rows = [tuple(r) for r in c.execute("SELECT who, action, subject, outcome FROM audit")]
    assert rows == [
        ("（命令行）", "key.add", "portal", "每分钟 600"),
        ("（命令行）", "key.add", "other", "每分钟 5"),
        ("（命令行）", "key.remove", "portal", "成功"),
    ]
    assert token.strip() not in json.dumps(rows)


def test_a_database_of_before_is_brought_up(
    home: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = Database(home / NAME)
    with monkeypatch.context() as before:
        before.setattr(database, "_STEPS", database._STEPS[:1])
        Accounts(kept, clock).add("王管", Role.ADMIN, PASSWORD, "test")
    with pytest.raises(InputError, match="名字或密码不对"):
        Entry(kept, clock).sign_in("王管", "wrong-password", "203.0.113.9")
    assert Entry(kept, clock).sign_in("王管", PASSWORD, "203.0.113.9")
    assert Keys(kept, clock).find(Keys(kept, clock).add("portal", 30, "test")) is not None
