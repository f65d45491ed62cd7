"""The site's settings at the desk."""

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from rag.answers import Answer
from rag.generation.choice import ChatChoice
from tests.ui.desk.conftest import Visitor, said
from ui.desk import audit
from ui.desk.desk import Desk
from ui.desk.roles import Role
from ui.site import Site, SiteFile

Entering = Callable[[Role], Visitor]


@pytest.fixture
def admin(entering: Entering) -> Visitor:
    return entering(Role.ADMIN)


def version(visitor: Visitor) -> str:
    return edition_in(visitor.get("/site").text)


def edition_in(html: str) -> str:
    return html.partition('name="version" value="')[2].partition('"')[0]


def actions(desk: Desk) -> list[tuple[str, str, str]]:
    with desk.database.reading() as connection:
        return [(e.who, e.action, e.subject) for e in audit.entries(connection)[0]]


@pytest.mark.parametrize("role", [Role.READER, Role.EDITOR])
def test_only_admins_see_and_set(desk: Desk, entering: Entering, role: Role, home: Path) -> None:
    visitor = entering(role)
    assert visitor.get("/site").status_code == 403
    assert visitor.post("/site", page="/password", name="x").status_code == 403
    assert visitor.post("/site/clear", page="/password", again="yes").status_code == 403
    assert not (home / "site.json").exists()


def test_what_is_saved_holds_at_once_and_is_recorded(
    desk: Desk, admin: Visitor, home: Path
) -> None:
    reply = admin.post(
        "/site", version="", name="市民问答", notice="周六 <维护>", examples="甲？\r\n\r\n乙？",
        logging="on",
    )  # fmt: skip
    assert reply.headers["location"] == "/desk/site?done=saved"
    assert SiteFile(home).site == Site("市民问答", "周六 <维护>", ("甲？", "乙？"), logging=True)
    assert actions(desk)[0] == ("王管", "site.set", "名称、公告、示例问题、提问记录")
    shown = admin.get("/site").text
    assert 'value="周六 &lt;维护&gt;"' in shown
    assert "甲？\n乙？</textarea>" in shown


def test_the_second_of_two_is_told_and_keeps_what_was_typed(
    desk: Desk, admin: Visitor, home: Path
) -> None:
    seen = version(admin)
    SiteFile(home).save(Site("别人的", "别人的公告"), "")
    reply = admin.post("/site", version=seen, name="我的", notice="我的公告", examples="我的例子")
    assert reply.status_code == 409
    assert "刚被别人改过" in said(reply)
    assert 'value="我的"' in reply.text
    assert "我的例子</textarea>" in reply.text
    assert "<dd>别人的公告</dd>" in reply.text
    assert SiteFile(home).site.name == "别人的"
    assert [a for a in actions(desk) if a[1] == "site.set"] == []
    assert admin.post("/site", version=edition_in(reply.text), name="我的").status_code == 303
    assert SiteFile(home).site.name == "我的"


def test_what_is_too_long_is_told_and_stays_typed(admin: Visitor, home: Path) -> None:
    reply = admin.post("/site", version="", name="名" * 21, notice="公告")
    assert (reply.status_code, said(reply)) == (422, "名称有 21 个字，最多 20 个，请缩短")
    assert f'value="{"名" * 21}"' in reply.text
    assert not (home / "site.json").exists()


def test_a_form_with_a_mistake_still_knows_what_it_was_made_from(
    admin: Visitor, home: Path
) -> None:
    seen = version(admin)
    SiteFile(home).save(Site("别人的"), "")
    reply = admin.post("/site", version=seen, name="名" * 21)
    assert (reply.status_code, edition_in(reply.text)) == (422, seen)
    again = admin.post("/site", version=edition_in(reply.text), name="我的")
    assert (again.status_code, SiteFile(home).site.name) == (409, "别人的")


def test_on_a_full_disk_nothing_is_lost(
    desk: Desk, admin: Visitor, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    reply = admin.post("/site", version="", name="我的", notice="我的公告", examples="我的例子")
    assert (reply.status_code, "No space left" in said(reply)) == (507, True)
    assert 'value="我的公告"' in reply.text
    assert not (home / "site.json").exists()
    assert [a for a in actions(desk) if a[1] == "site.set"] == []


def test_a_form_without_the_token_of_the_session_changes_nothing(
    admin: Visitor, home: Path
) -> None:
    reply = admin.client.post("/desk/site", data={"name": "x", "version": ""})
    assert reply.status_code == 403
    assert not (home / "site.json").exists()


def test_switches_that_the_environment_does_not_offer_stay_as_they_are(
    desk: Desk, admin: Visitor, home: Path
) -> None:
    shown = admin.get("/site").text
    assert "服务没有接语言模型" in shown
    assert "服务没有设 JINWEN_CHAT_HINTS" in shown
    admin.post("/site", version="", name="津问")
    assert (SiteFile(home).site.generation, SiteFile(home).site.hints) == (True, True)
    chat = ChatChoice("openai:<m>", hints=frozenset({"reword"}))
    desk.assembly.config = replace(desk.assembly.config, chat=chat)
    shown = admin.get("/site").text
    assert "服务接了 openai:&lt;m&gt;" in shown
    assert "服务设的是 reword" in shown
    admin.post("/site", version=version(admin), name="津问", hints="on")
    assert (SiteFile(home).site.generation, SiteFile(home).site.hints) == (False, True)


def test_damaged_settings_are_said(admin: Visitor, home: Path) -> None:
    (home / "site.json").write_text("{")
    reply = admin.get("/site")
    assert said(reply).startswith("“site.json”内容无法识别")
    assert 'value="津问"' in reply.text


def test_the_log_is_cleared_when_that_is_confirmed(desk: Desk, admin: Visitor, home: Path) -> None:
    SiteFile(home).save(Site(logging=True), "")
    log = desk.asked
    log.add(Answer("问", "问", False, "", refusal="off_topic"))
    assert "现在有 1 条" in admin.get("/site").text
    reply = admin.post("/site/clear", page="/site")
    assert (reply.status_code, log.count()) == (422, 1)
    reply = admin.post("/site/clear", page="/site", again="yes")
    assert (reply.headers["location"], log.count()) == ("/desk/site?done=cleared", 0)
    assert actions(desk)[0] == ("王管", "asked.clear", "1 条")
