"""What machines share in one database: two homes, and whatever becomes of the database."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from platform import node

import pytest
from starlette.testclient import TestClient

from corpus.errors import InputError, StoreError
from index.postgres import server
from rag.assembly import Assembly
from tests.clusters import clusters
from tests.ui.desk.conftest import NAMES, PASSWORD, Clock, Visitor, around, said
from ui.desk import audit
from ui.desk.accounts import Accounts
from ui.desk.desk import Desk
from ui.desk.entry import LOCKED
from ui.desk.jobs import State
from ui.desk.keys import Keys
from ui.desk.roles import Role
from ui.ledger import Ledger, ledger
from ui.ledger.database import Database
from ui.site import Site, SiteFile
from ui.web.api import api
from ui.web.guard import Guard
from ui.web.seats import Seats
from ui.web.server import application

ADMIN, EDITOR = NAMES[Role.ADMIN], NAMES[Role.EDITOR]
AWAY = "工作台的共用数据库连接不上，请检查 JINWEN_INDEX_URL 和数据库后再试"


@pytest.fixture
def place() -> str:
    return "database"


@pytest.fixture
def other(desk: Desk, tmp_path: Path, clock: Clock) -> Iterator[Desk]:
    """The desk of another machine: a home of its own, the same database."""
    config = replace(desk.assembly.config, home=tmp_path / "other")
    made = Assembly(replace(config, index_url=""))
    made.config = config
    there = Desk(made, clock=clock)
    yield there
    there.database.close()


@pytest.fixture
def away(monkeypatch: pytest.MonkeyPatch) -> str:
    """The URL of a database that is not there, which is found out soon."""
    monkeypatch.setattr(server, "_WAIT_SECONDS", 0.1)
    return "postgresql://jinwen@127.0.0.1:1/none"


def _browser(desk: Desk) -> Visitor:
    return Visitor(TestClient(Guard(around(desk))))


def test_who_signs_in_at_one_machine_is_signed_in_at_all(desk: Desk, other: Desk) -> None:
    here, there = _browser(desk), _browser(other)
    assert here.enter(ADMIN).status_code == 303
    there.client.cookies = here.client.cookies
    assert there.get("/people").status_code == 200
    assert here.post("/logout", page="/people").status_code == 303
    assert there.get("/people").status_code == 303


def test_tries_at_all_machines_are_five_together(desk: Desk, other: Desk) -> None:
    for machine in (desk, other, desk, other, desk):
        with pytest.raises(InputError, match="名字或密码不对"):
            machine.entry.sign_in(ADMIN, "wrong-password", "10.0.0.1")
    with pytest.raises(InputError, match=LOCKED):
        other.entry.sign_in(ADMIN, PASSWORD, "10.0.0.1")


def test_a_key_of_one_machine_is_good_at_all_until_it_is_removed(desk: Desk, other: Desk) -> None:
    token = desk.keys.add("portal", 30, "test")
    found = other.keys.find(token)
    assert found is not None
    assert (found.name, found.per_minute) == ("portal", 30)
    other.keys.remove("portal", "test")
    assert desk.keys.find(token) is None


def test_what_is_asked_and_said_at_one_machine_all_see(desk: Desk, other: Desk) -> None:
    for machine in (desk, other):
        SiteFile(machine.assembly.config.home).save(Site(logging=True), "")
    client = TestClient(api(desk.assembly, Seats()))
    park, meat = (
        client.post("/api/ask", json={"question": question}).json()
        for question in ("口袋公园新建几个？", "红烧肉怎么做？")
    )
    judged = {"question": park["question"], "answer": park, "verdict": "wrong_figure"}
    assert client.post("/api/feedback", json=judged).json() == {"status": "ok"}
    there = _browser(other)
    there.enter(ADMIN)
    shown = there.get("/asked").text
    assert (park["question"] in shown, meat["question"] in shown) == (True, True)
    assert "共 2 个问题" in shown
    assert "共 1 个问题" in there.get("/asked?kind=disliked").text
    assert [each.verdict for each in other.feedback] == ["wrong_figure"]
    assert there.post("/site/clear", page="/site", again="yes").status_code == 303
    assert (desk.asked.count(), other.asked.count()) == (0, 0)
    files = [*desk.assembly.config.home.iterdir(), *other.assembly.config.home.iterdir()]
    assert not {"feedback.jsonl", "asked.sqlite"} & {file.name for file in files}


def test_jobs_stay_at_their_machine_and_all_read_of_them(desk: Desk, other: Desk) -> None:
    number = desk.jobs.add(EDITOR, "folder", ["a.txt"], {})
    desk.jobs.end(desk.jobs.get(number), State.FAILED, "坏了")
    assert (desk.jobs.count(), other.jobs.count()) == (1, 0)
    with other.database.reading() as c:
        found, count = audit.entries(c)
    assert [(e.who, e.action, e.subject, e.outcome) for e in found[:2]] == [
        (EDITOR, "document.add", f"上传 {number}（{node()}）", "坏了"),
        (EDITOR, "document.upload", "a.txt", "成功"),
    ]
    assert count == 5


def test_who_made_a_version_at_one_machine_is_told_at_all(desk: Desk, other: Desk) -> None:
    with desk.database.writing() as c:
        for who, version in (("甲", "000002-b"), ("乙", "000012-b"), ("丙", "000012-b")):
            told = audit.with_version("100% 新增？", version)
            audit.record(c, "2026", who, "document.add", "a", told)
    with other.database.reading() as c:
        found = [audit.maker(c, name) for name in ("000002-b", "000012-b", "12-b", "x" * 99)]
    assert found == ["甲", "乙", "", ""]


def test_a_job_is_not_noted_where_the_record_cannot_be(bare: Desk, away: str, clock: Clock) -> None:
    bare.assembly.config = replace(bare.assembly.config, index_url=away)
    alone = Desk(bare.assembly, clock=clock)
    with pytest.raises(StoreError, match=AWAY):
        alone.jobs.add(EDITOR, "folder", ["a.txt"], {})
    assert alone.jobs.count() == 0


def test_of_two_admins_who_remove_each_other_at_once_one_stays(
    desk: Desk, other: Desk, url: str
) -> None:
    desk.accounts.set_role(EDITOR, Role.ADMIN, "test")
    with desk.database.writing() as c:  # whatever the database does unless told otherwise
        name = url.rpartition("/")[2]
        c.execute(f"ALTER DATABASE {name} SET default_transaction_isolation = 'serializable'")
    with ThreadPoolExecutor(1) as pool:
        with desk.database.writing() as c:
            second = pool.submit(other.accounts.remove, ADMIN, EDITOR)
            while not c.execute("SELECT 1 FROM pg_locks WHERE NOT granted").fetchone():
                assert not second.done()
            c.execute("DELETE FROM accounts WHERE name = ?", (EDITOR,))
        with pytest.raises(InputError, match="这是唯一的管理员"):
            second.result()
    assert [a.name for a in other.accounts.all() if a.role == Role.ADMIN] == [ADMIN]


def test_machines_that_begin_at_once_make_the_tables_once(url: str, clock: Clock) -> None:
    machines = [ledger(Database(Path()), url) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda each: Accounts(each, clock).any(), machines))
    assert found == [False] * 4
    for machine in machines:
        machine.close()


def test_what_fails_leaves_nothing(kept: Ledger) -> None:
    with suppress(InputError), kept.writing() as c:
        audit.record(c, "2026", "甲", "login")
        raise InputError("说错了，请改正")
    with kept.reading() as c:
        assert audit.entries(c) == ([], 0)


def test_a_connection_that_was_cut_is_made_anew(kept: Ledger, clock: Clock) -> None:
    keys = Keys(kept, clock)
    token = keys.add("portal", 30, "test")
    with kept.writing() as c:
        c.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    with pytest.raises(StoreError, match=AWAY), kept.writing() as c:
        c.execute("SELECT pg_terminate_backend(pg_backend_pid())")
    assert keys.find(token) is not None


def test_text_is_compared_by_code_points_whatever_the_database_does(kept: Ledger) -> None:
    with kept.reading() as c:
        rows = c.execute(
            "SELECT collation_name FROM information_schema.columns"
            " WHERE table_schema = 'desk' AND data_type = 'text'"
        ).fetchall()
    assert [row["collation_name"] for row in rows] == ["C"] * 23


def test_tables_of_the_program_before_are_brought_up_and_lose_nothing(
    url: str, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ui.ledger import shared

    with monkeypatch.context() as before:
        before.setattr(shared, "STEPS", shared.STEPS[:1])
        old = ledger(Database(Path()), url)
        token = Keys(old, clock).add("portal", 30, "test")
        old.close()
    now = ledger(Database(Path()), url)
    assert Keys(now, clock).find(token) is not None
    with now.reading() as c:
        assert c.execute("SELECT count(*) FROM asked").fetchone()[0] == 0
        assert [tuple(row) for row in c.execute("SELECT * FROM heard")] == [(0,)]
    now.close()


def test_tables_of_a_newer_program_are_left_alone(kept: Ledger, url: str) -> None:
    with kept.writing() as c:
        c.execute("INSERT INTO steps VALUES (99)")
    before = ledger(Database(Path()), url)
    told = "工作台的共用数据库来自更新的版本（99，本程序到 2），请升级本程序"
    with pytest.raises(StoreError, match=told), before.reading():
        pass
    before.close()


def test_a_url_that_is_none_is_told_in_one_line() -> None:
    with pytest.raises(StoreError, match="JINWEN_INDEX_URL 无法识别，应写成 postgresql://"):
        ledger(Database(Path()), "postgresql://[")


def test_without_its_database_the_desk_says_so_and_questions_are_answered(
    bare: Desk, away: str
) -> None:
    bare.assembly.config = replace(bare.assembly.config, index_url=away)
    client = TestClient(application(bare.assembly))
    reply = client.get("/desk/login")
    assert (reply.status_code, said(reply)) == (503, AWAY)
    question = {"question": "口袋公园新建几个？"}
    answer = client.post("/api/ask", json=question).json()
    assert answer["answered"]
    judged = {**question, "answer": answer, "verdict": "right"}
    reply = client.post("/api/feedback", json=judged)
    assert (reply.status_code, reply.json()) == (503, {"error": "没能保存，请稍后再试"})
    bearing = {"authorization": "Bearer jw-" + "a" * 43}
    refused = client.post("/api/ask", json=question, headers=bearing)
    assert (refused.status_code, refused.json()) == (503, {"error": AWAY})


def test_when_the_first_server_is_gone_the_one_that_takes_its_place_is_found(
    clock: Clock,
) -> None:
    with clusters(2) as (primary, standby):
        primary.create()
        primary.start()
        standby.copy_of(primary, "second")
        standby.start()
        name = primary.database().rpartition("/")[2]
        url = f"postgresql://jinwen@{standby.host},{primary.host}/{name}"
        made = ledger(Database(Path()), url)
        keys = Keys(made, clock)
        token = keys.add("portal", 30, "test")
        primary.stop("fast")  # what it had is with the standby
        with pytest.raises(StoreError, match=AWAY):
            keys.find(token)
        standby.promote()
        assert keys.find(token) is not None
        keys.remove("portal", "test")
        made.close()
