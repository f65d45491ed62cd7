"""Coming in: names, passwords, locks, cookies and how sessions end."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from corpus.errors import InputError
from rag.assembly import Assembly
from tests.ui.desk.conftest import NAMES, PASSWORD, Clock, Visitor, around, said
from ui.desk import passwords
from ui.desk.app import desk_app
from ui.desk.desk import Desk
from ui.desk.entry import LOCKED, WRONG
from ui.desk.roles import Role
from ui.desk.sessions import IDLE_SECONDS, WHOLE_SECONDS
from ui.desk.tries import KNOWN_SECONDS, LOCK_SECONDS, MOST_A_NAME, MOST_AN_ADDRESS, MOST_AT_ONE
from ui.ledger.database import Database
from ui.web.guard import Guard
from ui.web.server import mounted

Entering = Callable[[Role], Visitor]
ADMIN = NAMES[Role.ADMIN]


@pytest.fixture(params=["file", "database"])
def place(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_a_desk_without_accounts_tells_how_to_make_one_and_takes_nothing(bare: Desk) -> None:
    visitor = Visitor(TestClient(Guard(around(bare))))
    assert "jinwen staff add" in visitor.get("/login").text
    assert visitor.enter(ADMIN).status_code == 403
    assert visitor.get("/people").headers["location"] == "/desk/login?next=/people"
    bare.accounts.add(ADMIN, Role.ADMIN, PASSWORD, "test")
    assert visitor.enter(ADMIN).status_code == 303


def test_a_wrong_name_and_a_wrong_password_are_told_alike(visitor: Visitor) -> None:
    for name, password in ((ADMIN, "wrong-password"), ("nobody", PASSWORD), ("", ""), ("\0", "x")):
        reply = visitor.enter(name, password)
        assert (reply.status_code, said(reply)) == (401, WRONG)
    assert f'value="{ADMIN}"' in visitor.enter(ADMIN, "wrong-password").text


def test_an_unknown_name_is_hashed_as_a_known_one_is(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked: list[str] = []
    real = passwords._HASHER.verify

    class Counting:
        def verify(self, kept: str, password: bytes) -> bool:
            checked.append(kept[:30])
            return real(kept, password)

    monkeypatch.setattr(passwords, "_HASHER", Counting())
    for name in (ADMIN, "nobody"):
        with pytest.raises(InputError, match="名字或密码不对"):
            desk.entry.sign_in(name, "wrong-password", "test")
    assert checked[0] == checked[1] == "$argon2id$v=19$m=19456,t=2,p=1"[:30]


@pytest.mark.parametrize("name", [ADMIN, "nobody"])
def test_five_wrong_passwords_lock_a_name_for_a_quarter_of_an_hour(
    desk: Desk, visitor: Visitor, clock: Clock, name: str
) -> None:
    for _ in range(5):
        assert said(visitor.enter(name, "wrong-password")) == WRONG
    assert said(visitor.enter(name)) == LOCKED  # even the right one
    assert visitor.enter(NAMES[Role.EDITOR]).status_code == 303  # others are let in
    clock.now += LOCK_SECONDS - 1
    assert said(visitor.enter(name)) == LOCKED
    clock.now += 1
    assert visitor.enter(name).status_code == (303 if name == ADMIN else 401)


def test_a_hundred_tries_at_once_are_five_guesses(desk: Desk) -> None:
    def guess(n: int) -> str:
        with pytest.raises(InputError) as caught:
            desk.entry.sign_in(ADMIN, f"wrong-password-{n}", "test")
        return str(caught.value)

    with ThreadPoolExecutor(8) as pool:
        told = list(pool.map(guess, range(20)))
    assert (told.count(WRONG), told.count(LOCKED)) == (5, 15)


def guessed(desk: Desk, name: str, address: str, times: int) -> None:
    for _ in range(times):
        with pytest.raises(InputError, match="名字或密码不对"):
            desk.entry.sign_in(name, "wrong-password", address)


def is_locked(desk: Desk, name: str, address: str) -> bool:
    try:
        return not desk.entry.sign_in(name, PASSWORD, address)
    except InputError as error:
        return str(error) == LOCKED


def test_an_address_that_tries_many_names_is_locked_too(desk: Desk) -> None:
    for n in range(MOST_AN_ADDRESS):
        guessed(desk, f"nobody-{n}", "10.0.0.1", 1)
    for _ in range(MOST_AT_ONE):  # what is locked counts nowhere
        assert is_locked(desk, ADMIN, "10.0.0.1")
    assert not is_locked(desk, ADMIN, "10.0.0.2")


def test_a_stranger_locks_a_name_for_nobody_but_themselves(desk: Desk, clock: Clock) -> None:
    for _ in range(3):
        guessed(desk, ADMIN, "10.0.0.1", MOST_AT_ONE)
        assert is_locked(desk, ADMIN, "10.0.0.1")
        assert not is_locked(desk, ADMIN, "10.0.0.2")
        clock.now += LOCK_SECONDS


def test_guesses_from_many_addresses_lock_a_name_where_it_is_not_known(
    desk: Desk, clock: Clock
) -> None:
    assert not is_locked(desk, ADMIN, "10.0.0.1")  # known from now on
    for n in range(MOST_A_NAME // MOST_AT_ONE):
        guessed(desk, ADMIN, f"10.9.0.{n}", MOST_AT_ONE)
    assert is_locked(desk, ADMIN, "10.0.0.2")
    assert not is_locked(desk, NAMES[Role.EDITOR], "10.0.0.2")
    guessed(desk, ADMIN, "10.0.0.1", MOST_AT_ONE)  # where it is known it has its own five
    assert is_locked(desk, ADMIN, "10.0.0.1")
    clock.now += LOCK_SECONDS
    assert not is_locked(desk, ADMIN, "10.0.0.2")


def test_an_address_is_known_for_a_month(desk: Desk, clock: Clock) -> None:
    assert not is_locked(desk, ADMIN, "10.0.0.1")
    clock.now += KNOWN_SECONDS
    for n in range(MOST_A_NAME // MOST_AT_ONE):
        guessed(desk, ADMIN, f"10.9.0.{n}", MOST_AT_ONE)
    assert is_locked(desk, ADMIN, "10.0.0.1")


def test_an_unlocked_name_is_unlocked_everywhere(desk: Desk) -> None:
    for n in range(MOST_A_NAME // MOST_AT_ONE):
        guessed(desk, ADMIN, f"10.9.0.{n}", MOST_AT_ONE)
    locked = {account.name: account.locked for account in desk.accounts.all()}
    assert locked == {name: name == ADMIN for name in NAMES.values()}
    desk.accounts.unlock(ADMIN, "test")
    assert not any(account.locked for account in desk.accounts.all())
    assert not is_locked(desk, ADMIN, "10.9.0.1")


def test_a_lock_is_written_down_with_its_kind(desk: Desk) -> None:
    for n in range(MOST_A_NAME // MOST_AT_ONE):
        guessed(desk, ADMIN, f"10.9.0.{n}", MOST_AT_ONE - (n == 0))
    guessed(desk, ADMIN, "10.9.1.1", 1)
    with desk.database.reading() as c:
        rows = c.execute("SELECT outcome FROM audit WHERE action = 'lock' ORDER BY id")
        told = [row["outcome"] for row in rows]
    assert told[:-1] == ["在一个地址连错 5 次，在那里锁定 15 分钟"] * 9
    assert told[-1] == "各处共错 50 次，在没有登录过的地址锁定 15 分钟"


def test_what_is_right_begins_the_count_anew(desk: Desk) -> None:
    for _ in range(3):
        for _ in range(4):
            with pytest.raises(InputError, match="名字或密码不对"):
                desk.entry.sign_in(ADMIN, "wrong-password", "test")
        assert desk.entry.sign_in(ADMIN, PASSWORD, "test")


def test_cookies_are_closed_to_scripts_and_other_sites(desk: Desk, app: FastAPI) -> None:
    visitor = Visitor(TestClient(Guard(app)))
    cookie = visitor.enter(ADMIN).headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert "Path=/desk" in cookie
    assert "Secure" not in cookie
    token = cookie.partition("=")[2].partition(";")[0]
    assert len(token) == 43  # 32 bytes
    with desk.database.reading() as connection:
        kept = [row["id"] for row in connection.execute("SELECT id FROM sessions")]
    assert token not in kept
    assert all(len(identity) == 64 for identity in kept)


def test_behind_https_and_a_prefix_cookies_are_secure_and_of_the_prefix(desk: Desk) -> None:
    behind = Desk(desk.assembly, "/jw", desk.clock)
    client = TestClient(Guard(around(behind), "/jw"))
    visitor = Visitor(client)
    page = client.get("/jw/desk/login")
    assert 'action="/jw/desk/login"' in page.text
    assert "Path=/jw/desk" in page.headers["set-cookie"]
    secure = client.get("/desk/login", headers={"origin": "https://example.org"})
    assert "Secure" in secure.headers["set-cookie"]
    assert visitor.get("/people").headers["location"] == "/jw/desk/login?next=/people"


@pytest.mark.parametrize("seconds", [IDLE_SECONDS, WHOLE_SECONDS])
def test_a_session_ends_when_idle_and_when_it_is_old(
    entering: Entering, clock: Clock, seconds: int
) -> None:
    visitor = entering(Role.ADMIN)
    if seconds == WHOLE_SECONDS:  # somebody who is there all the time
        for _ in range(seconds // 3000):
            clock.now += 3000
            assert visitor.get("/people").status_code == 200
        clock.now += seconds % 3000
    else:
        clock.now += seconds - 1
        assert visitor.get("/people").status_code == 200
        clock.now += seconds
    assert visitor.get("/people").status_code == 303


def test_what_a_page_asks_by_itself_keeps_no_session_alive(
    entering: Entering, clock: Clock
) -> None:
    visitor = entering(Role.ADMIN)
    clock.now += IDLE_SECONDS // 2
    assert visitor.get("/people?quiet").status_code == 200
    clock.now += IDLE_SECONDS // 2
    assert visitor.get("/people").status_code == 303


def test_what_changes_a_person_ends_their_sessions(desk: Desk, entering: Entering) -> None:
    changes: tuple[Callable[[str], None], ...] = (
        lambda name: desk.accounts.set_role(name, Role.ADMIN, "test"),
        lambda name: desk.accounts.set_password(name, PASSWORD, "test"),
        lambda name: desk.accounts.remove(name, "test"),
    )
    for change in changes:
        visitor, other = entering(Role.EDITOR), entering(Role.READER)
        assert visitor.get("/password").status_code == 200
        change(NAMES[Role.EDITOR])
        assert visitor.get("/password").status_code == 303
        assert other.get("/password").status_code == 200


def test_the_way_on_leads_to_no_other_site(visitor: Visitor) -> None:
    for wanted, leads in (
        ("/people", "/desk/people"), ("//evil.example", "/desk//evil.example"),
        ("https://evil.example", "/desk/"), ("/a\nb: c", "/desk/"), ("", "/desk/"),
    ):  # fmt: skip
        reply = visitor.post("/login", name=ADMIN, password=PASSWORD, next=wanted)
        assert reply.headers["location"] == leads


def test_what_was_typed_as_a_session_ended_is_shown_again(entering: Entering, desk: Desk) -> None:
    visitor = entering(Role.ADMIN)
    page = visitor.get("/people").text
    desk.accounts.set_role(ADMIN, Role.ADMIN, "test")
    with desk.database.writing() as connection:
        connection.execute("DELETE FROM sessions")
    assert "新增一个人" in page
    data = {"name": "李<b>新", "password": "secret-secret"}
    reply = visitor.client.post("/desk/people", data=data)
    assert reply.status_code == 401
    assert "李&lt;b&gt;新" in reply.text
    assert "secret-secret" not in reply.text


@pytest.mark.parametrize("place", ["file"])
def test_a_damaged_database_is_one_line_and_the_chat_goes_on(
    assembly: Assembly, desk: Desk
) -> None:
    assert isinstance(desk.database, Database)
    desk.database._path.write_bytes(b"SQLite format 3\0" + b"\xff" * 5000)
    client = TestClient(Guard(mounted(assembly, Desk(desk.assembly))))
    reply = client.get("/desk/login")
    assert reply.status_code == 503
    assert said(reply).startswith("工作台的数据库“desk.sqlite”已损坏")
    assert client.post("/api/ask", json={"question": "口袋公园新建几个？"}).json()["answered"]


@pytest.mark.parametrize("place", ["file"])
def test_a_newer_database_is_left_alone(desk: Desk) -> None:
    with desk.database.writing() as connection:
        connection.execute("PRAGMA user_version = 99")
    reply = TestClient(desk_app(desk)).get("/login")
    assert said(reply).startswith("工作台的数据库“desk.sqlite”来自更新的版本（99")
