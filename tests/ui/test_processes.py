"""Two servers of one home, run by the real command: what one knows the other knows."""

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from socket import create_connection

import httpx
import pytest

from rag.assembly import Assembly
from tests.jinwen import Jinwen
from tests.ui.desk.conftest import PASSWORD, token_in
from tests.ui.page.conftest import served
from ui.desk.accounts import Accounts
from ui.desk.keys import Keys
from ui.desk.roles import Role
from ui.ledger.database import NAME, Database

Servers = tuple[str, str]
QUESTION = {"question": "今年新建几座马术馆？"}


@pytest.fixture(scope="module")
def home(assembly: Assembly, tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("processes") / "home"
    shutil.copytree(assembly.config.home / "index", home / "index")
    return home


@pytest.fixture(scope="module")
def servers(home: Path, models: Path) -> Iterator[Servers]:
    running, where = contextmanager(served), {"JINWEN_MODELS": str(models)}
    with running(home, **where) as a, running(home, **where) as b:
        yield a, b


def test_a_rate_that_is_used_up_at_one_is_used_up_at_the_other(
    servers: Servers, home: Path
) -> None:
    token = Keys(Database(home / NAME), time.time).add("portal", 3, "test")

    def asked(address: str) -> int:
        head = {"authorization": f"Bearer {token}"}
        return httpx.post(f"{address}api/search", json={"query": "燃气"}, headers=head).status_code

    a, b = servers
    assert [asked(a), asked(a), asked(b), asked(b), asked(a)] == [200, 200, 200, 429, 429]
    Keys(Database(home / NAME), time.time).remove("portal", "test")
    assert [asked(a), asked(b)] == [401, 401]


def test_what_is_no_http_is_told_so(servers: Servers) -> None:
    url = httpx.URL(servers[0])
    with create_connection((url.host, url.port or 80), timeout=30) as connection:
        connection.sendall(b"GET /api/health\r\n\r\n")
        assert "这不是合格的 HTTP 请求" in connection.recv(65536).decode()


def test_who_signs_in_at_one_is_signed_in_at_the_other(servers: Servers, home: Path) -> None:
    Accounts(Database(home / NAME), time.time).add("王管", Role.ADMIN, PASSWORD, "test")
    a, b = servers
    with httpx.Client() as browser:
        token = token_in(browser.get(f"{a}desk/login").text)
        typed = {"form_token": token, "name": "王管", "password": PASSWORD}
        assert browser.post(f"{a}desk/login", data=typed).status_code == 303
        assert "王管" in browser.get(f"{b}desk/people").text
        form = {"form_token": token_in(browser.get(f"{b}desk/people").text)}
        assert browser.post(f"{b}desk/logout", data=form).status_code == 303
        assert browser.get(f"{a}desk/people").status_code == 303


def test_wrong_passwords_at_one_count_at_the_other(servers: Servers) -> None:
    def guessed(address: str) -> str:
        with httpx.Client() as browser:
            token = token_in(browser.get(f"{address}desk/login").text)
            typed = {"form_token": token, "name": "nobody", "password": "wrong-password"}
            return browser.post(f"{address}desk/login", data=typed).text

    a, b = servers
    told = ["已锁定" in guessed(address) for address in (a, a, a, b, b, b, a)]
    assert told == [False] * 5 + [True] * 2


def test_a_document_that_is_added_is_answered_from_by_both(
    servers: Servers, home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def asked() -> list[tuple[bool, str]]:
        told = [httpx.post(f"{a}api/ask", json=QUESTION, timeout=60).json() for a in servers]
        return [(answer["answered"], answer["index_version"]) for answer in told]

    (before, version), other = asked()
    assert (before, other) == (False, (False, version))
    report = tmp_path / "马术馆.txt"
    report.write_text("某市2026年政府工作报告\n\n今年新建马术馆2座，改造滑冰馆3座。", "utf-8")
    assert Jinwen(home, capsys)("index", "add", str(report))[0] == 0
    (answered, fresh), other = asked()
    assert (answered, other) == (True, (True, fresh))
    assert fresh != version
    health = [httpx.get(f"{a}api/health").json()["index_version"] for a in servers]
    assert health == [fresh, fresh]


def test_nothing_is_restored_while_they_run(
    servers: Servers, home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    jinwen, backup = Jinwen(home, capsys), str(tmp_path / "b.tar.gz")
    assert jinwen("backup", backup)[0] == 0
    status, _, said = jinwen("restore", backup, "--force")
    assert (status, "请先停下服务再恢复" in said) == (1, True)
    assert len(list((home / "desk" / "servers").iterdir())) == len(servers)
