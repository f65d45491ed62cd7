"""Looking after people, at the desk and from the command line, and the record of it."""

from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest

from tests.jinwen import Jinwen
from tests.ui.desk.conftest import NAMES, PASSWORD, Visitor, said
from ui.desk import audit
from ui.desk.desk import Desk
from ui.desk.roles import Role

Entering = Callable[[Role], Visitor]
ADMIN, EDITOR = NAMES[Role.ADMIN], NAMES[Role.EDITOR]


@pytest.fixture(params=["file", "database"])
def place(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def admin(entering: Entering) -> Visitor:
    return entering(Role.ADMIN)


def _roles(desk: Desk) -> dict[str, str]:
    return {account.name: account.role for account in desk.accounts.all()}


def test_somebody_new_may_sign_in(desk: Desk, admin: Visitor, visitor: Visitor) -> None:
    typed = {"role": "editor", "password": PASSWORD, "password_again": PASSWORD}
    reply = admin.post("/people", name=" Ｌi.Xin ", **typed)
    assert reply.headers["location"] == "/desk/people?done=added"
    assert _roles(desk)["li.xin"] == "editor"
    assert visitor.enter("LI.XIN").status_code == 303


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"name": "x"}, "名字要 2 到 32 个字"),
        ({"name": "a/b"}, "名字要 2 到 32 个字"),
        ({"name": "一" * 33}, "名字要 2 到 32 个字"),
        ({"name": "王管"}, "已经有“王管”了"),
        ({"role": "king"}, "请选一个角色"),
        ({"password": "短"}, "两次输入的密码不一样"),
        ({"password": "九个字的密码密码", "password_again": "九个字的密码密码"}, "至少 10 个"),
        ({"password": "a" * 12, "password_again": "a" * 12}, "不能全是同一个字符"),
        ({"name": "new.person", "password": "New.Person", "password_again": "New.Person"},
         "不能和名字相同"),
        ({"password": "ab" * 101, "password_again": "ab" * 101}, "最多 200 个字符"),
    ],
)  # fmt: skip
def test_what_may_not_be_is_told_and_the_rest_stays_typed(
    desk: Desk, admin: Visitor, changed: dict[str, str], why: str
) -> None:
    typed = {"name": "新人", "role": "editor", "password": PASSWORD, "password_again": PASSWORD}
    reply = admin.post("/people", **{**typed, **changed})
    assert reply.status_code == 422
    assert why in said(reply)
    assert f'value="{changed.get("name", "新人")}"' in reply.text
    assert _roles(desk) == {name: role for role, name in NAMES.items()}


def test_the_last_admin_stays(desk: Desk, admin: Visitor) -> None:
    page = f"/people/{ADMIN}"
    for reply in (
        admin.post(f"{page}/role", page=page, role="reader"),
        admin.post(f"{page}/remove", page=page, again="yes"),
    ):
        assert reply.status_code == 422
        assert said(reply) == "这是唯一的管理员，请先让另一个人当管理员"
    desk.accounts.set_role(EDITOR, Role.ADMIN, "test")
    assert admin.post(f"{page}/remove", page=page, again="yes").status_code == 303
    assert _roles(desk) == {EDITOR: "admin", NAMES[Role.READER]: "reader"}


def test_removing_asks_once_more(desk: Desk, admin: Visitor) -> None:
    page = f"/people/{EDITOR}"
    assert "确认移除" in said(admin.post(f"{page}/remove", page=page))
    assert EDITOR in _roles(desk)
    assert admin.post(f"{page}/remove", page=page, again="yes").status_code == 303
    assert EDITOR not in _roles(desk)
    assert admin.get(page).status_code == 422


def test_a_lock_is_shown_and_ended(admin: Visitor, visitor: Visitor) -> None:
    for _ in range(5):
        visitor.enter(EDITOR, "wrong-password")
    assert "已锁定" in admin.get("/people").text
    admin.post(f"/people/{EDITOR}/unlock", page=f"/people/{EDITOR}")
    assert "已锁定" not in admin.get("/people").text
    assert visitor.enter(EDITOR).status_code == 303


def test_ones_own_password_needs_the_old_one(entering: Entering, visitor: Visitor) -> None:
    editor = entering(Role.EDITOR)
    new = {"password": "另一句长长的口令", "password_again": "另一句长长的口令-"}
    assert "不一样" in said(editor.post("/password", password_now=PASSWORD, **new))
    new["password"] = new["password_again"] = "另一句长长的口令-2027"
    assert "现在的密码不对" in said(editor.post("/password", password_now="wrong", **new))
    assert editor.post("/password", password_now=PASSWORD, **new).status_code == 303
    assert editor.get("/password").status_code == 303  # signed out
    assert visitor.enter(EDITOR).status_code == 401
    assert visitor.enter(EDITOR, new["password"]).status_code == 303


def test_all_of_it_is_recorded_and_cannot_be_altered(
    desk: Desk, admin: Visitor, visitor: Visitor, place: str
) -> None:
    visitor.enter(EDITOR, "wrong-password")
    visitor.enter("my-secret-password", "x")
    admin.post(f"/people/{EDITOR}/role", page=f"/people/{EDITOR}", role="reader")
    with desk.database.reading() as connection:
        found, count = audit.entries(connection)
    told = [(e.who, e.action, e.subject, e.outcome) for e in found]
    assert told[:4] == [
        (ADMIN, "account.role", EDITOR, "编辑 → 只看"),
        ("（没有这个名字）", "login", "", "名字不对"),
        (EDITOR, "login", "", "密码不对"),
        (ADMIN, "login", "", "成功"),
    ]
    assert count == len(found) == 7
    assert found[0].at == "2026-05-28T20:26:40+00:00"
    changes = ["DELETE FROM audit", "UPDATE audit SET who = 'x'"]
    for change in [*changes, *(["TRUNCATE audit"] if place == "database" else [])]:
        with pytest.raises(Exception, match=r"^audit"), desk.database.writing() as connection:
            connection.execute(change)


def test_the_record_is_paged_and_filtered(desk: Desk, admin: Visitor) -> None:
    with desk.database.writing() as connection:
        for n in range(120):
            audit.record(connection, "2026-01-01T00:00:00+00:00", "甲", "document.set", f"d-{n}")
    assert "d-119<" in admin.get("/audit").text
    assert "d-0<" not in admin.get("/audit").text
    assert "d-0<" in admin.get("/audit?page=3").text
    only = admin.get("/audit?text=d-77&who=%E7%94%B2").text
    assert "共 1 条" in only
    assert "共 0 条" in admin.get("/audit?text=%25").text  # no wildcard
    for odd in ("page=0", "page=-1", "page=x", "page=9" + "9" * 400, "page=²"):
        assert admin.get(f"/audit?{odd}").status_code == 200


def test_staff_from_the_command_line(
    home: Path, url: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JINWEN_INDEX_URL", url)
    jinwen = Jinwen(home, capsys)

    def typed(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.stdin", StringIO(f"{PASSWORD}\n"))
        return jinwen(*arguments, "--password-stdin")

    assert typed("staff", "add", "甲乙")[1] == "已新增“甲乙”（管理员），请到 /desk 登录\n"
    assert typed("staff", "add", "丙丁")[0] == 0
    assert jinwen("staff", "role", "丙丁", "editor")[0] == 0
    assert typed("staff", "password", "丙丁")[0] == 0
    assert jinwen("staff", "unlock", "丙丁")[0] == 0
    listed = {each["name"]: each["role"] for each in jinwen.json("staff", "list")}
    assert listed == {"甲乙": "admin", "丙丁": "editor"}
    assert jinwen("staff", "remove", "甲乙") == (
        1, "", "jinwen: 这是唯一的管理员，请先让另一个人当管理员\n"
    )  # fmt: skip
    assert jinwen("staff", "remove", "丙丁")[0] == 0
    file = home / "desk.sqlite"
    assert not file.exists() if url else file.stat().st_mode & 0o777 == 0o600
