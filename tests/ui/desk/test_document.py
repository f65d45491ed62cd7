"""A document at the desk: its facts, its text, taking it away."""

import errno
import sqlite3
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from filelock import Timeout

from corpus.documents import Document
from index.store import Store
from tests.ui.desk.conftest import Visitor, said
from ui.desk.desk import Desk
from ui.desk.facts import version_of
from ui.desk.roles import Role
from ui.desk.routes import document as routes

Entering = Callable[[Role], Visitor]
TEXT = "一、增长\n" + "\n".join(f"第{n}个区新建<b>马术馆</b>{n + 2}座。" for n in range(450))
ONE = "/documents/one?id=%E7%94%B2%2F%26x"


@pytest.fixture
def made(desk: Desk) -> Desk:
    desk.assembly.upkeep().add([Document("甲/&x", "<i>标题</i>", TEXT[:600], origin="甲.txt")])
    return desk


def _stored(desk: Desk) -> Document:
    return {d.id: d for d in desk.assembly.documents()}["甲/&x"]


def _save(visitor: Visitor, desk: Desk, **typed: str) -> str:
    reply = visitor.post(ONE, **{"version": version_of(_stored(desk)), **typed})
    return f"{reply.status_code} {said(reply)}".strip()


def test_the_list_tells_what_there_is(made: Desk, entering: Entering) -> None:
    page = entering(Role.READER).get("/documents").text
    assert "共 2 份" in page
    assert "&lt;i&gt;标题&lt;/i&gt;" in page
    assert "3,107" in page
    assert "174" in page  # passages of the shipped report
    assert "随附" in page
    assert "上传文档" not in page
    found = entering(Role.EDITOR).get("/documents?text=标题").text
    assert "共 1 份" in found
    assert "上传文档" in found


def test_facts_are_shown_with_where_they_come_from_and_set(made: Desk, entering: Entering) -> None:
    editor = entering(Role.EDITOR)
    assert "没有读到" in editor.get(ONE).text
    assert _save(editor, made, place="广东省", year="2026", kind="plan", date="2026-01-26") == "303"
    stored = _stored(made)
    assert (stored.place, stored.plan_year, stored.kind) == ("广东省", 2026, "plan")
    assert "手工设定" in editor.get(ONE).text
    assert _save(editor, made, place="", year="") == "303"
    assert (_stored(made).place, _stored(made).plan_year) == ("", None)
    version = made.assembly.store.current()
    assert _save(editor, made, kind="plan") == "303"
    assert made.assembly.store.current() == version  # nothing changed, nothing written


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ({"year": "20x6"}, "应是四位数的年份"),
        ({"year": "0999"}, "应是四位数的年份"),
        ({"date": "2026-13-01"}, "应写成 2026-01-26"),
        ({"kind": "king"}, "应是 work_report"),
        ({"title": " "}, "标题不能空着，请填上"),
        ({"place": "广\x07东"}, "应是一行文字"),
    ],
)
def test_what_cannot_be_is_told_and_stays_typed(
    made: Desk, entering: Entering, typed: dict[str, str], why: str
) -> None:
    editor = entering(Role.EDITOR)
    form = {"version": version_of(_stored(made)), "meeting": "某次<会>议", **typed}
    reply = editor.post(ONE, **form)
    assert reply.status_code == 422
    assert why in said(reply)
    assert 'value="某次&lt;会&gt;议"' in reply.text
    assert _stored(made).meeting == ""


def test_two_who_save_the_same_do_not_overwrite_each_other(made: Desk, entering: Entering) -> None:
    first, second = entering(Role.EDITOR), entering(Role.ADMIN)
    version = version_of(_stored(made))
    assert first.post(ONE, version=version, place="广东省").status_code == 303
    late = second.post(ONE, version=version, place="江苏省")
    assert late.status_code == 409
    assert said(late).startswith("您打开这一页之后，别人改过这份文档")
    assert 'value="江苏省"' in late.text
    assert "现在存的是：广东省" in unescape(late.text)
    assert _stored(made).place == "广东省"
    assert second.post(ONE, version=version_of(_stored(made)), place="江苏省").status_code == 303
    assert _stored(made).place == "江苏省"


def test_another_server_saves_before_or_after_but_not_meanwhile(desk: Desk) -> None:
    other = Desk(desk.assembly, clock=desk.clock)
    with other.changing, pytest.raises(Timeout):
        desk.changing.acquire(timeout=0)
    with desk.changing:
        assert desk.changing.is_locked


def test_while_another_program_writes_typed_text_stays(
    made: Desk, entering: Entering, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(routes, "_BUSY_SECONDS", 0.0)
    editor = entering(Role.EDITOR)
    with Store(made.assembly.store.root).writing("index build"):
        reply = editor.post(ONE, version=version_of(_stored(made)), place="江苏省")
        removal = editor.post(ONE.replace("one?", "one/remove?"))
    assert reply.status_code == removal.status_code == 503
    assert said(reply).startswith("索引正被另一个程序写入（进程 ")
    assert 'value="江苏省"' in reply.text


def test_on_a_full_disk_typed_text_stays(
    made: Desk, entering: Entering, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    editor = entering(Role.EDITOR)
    monkeypatch.setattr(Store, "publish", full)
    reply = editor.post(ONE, version=version_of(_stored(made)), place="江苏省")
    removal = editor.post(ONE.replace("one?", "one/remove?"))
    assert reply.status_code == removal.status_code == 507
    assert said(reply).startswith("没能保存（No space left on device），请检查磁盘")
    assert said(removal) == said(reply)
    assert 'value="江苏省"' in reply.text


def test_a_change_that_cannot_be_recorded_is_told_as_made_and_typed_text_stays(
    made: Desk, entering: Entering, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor, real = entering(Role.EDITOR), made.record

    def failing(*given: Any) -> None:
        real(*given)
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr(made, "record", failing)
    reply = editor.post(ONE, version=version_of(_stored(made)), place="江苏省")
    assert reply.status_code == 503
    assert said(reply).startswith("已经改好，但没能记入操作记录：工作台的数据库")
    assert 'value="江苏省"' in reply.text
    assert _stored(made).place == "江苏省"
    removal = editor.post(ONE.replace("one?", "one/remove?"))
    assert (removal.status_code, "已经移除，但没能记入操作记录" in said(removal)) == (503, True)
    assert [d.id for d in made.assembly.documents()] == ["tianjin-2024"]


def test_text_is_shown_escaped_with_its_headings(made: Desk, entering: Entering) -> None:
    page = entering(Role.READER).get(ONE.replace("one?", "one/text?")).text
    assert 'href="#p1">一、增长</a>' in page
    assert "新建&lt;b&gt;马术馆&lt;/b&gt;2座。" in page
    assert "<b>" not in page


def test_a_long_text_has_pages(desk: Desk, entering: Entering) -> None:
    desk.assembly.upkeep().add([Document("长", "长", TEXT.replace("<b>马术馆</b>", "馆"))])
    reader = entering(Role.READER)
    assert "第 1 / 3 页" in reader.get("/documents/one/text?id=长").text
    last = reader.get("/documents/one/text?id=长&page=3").text
    assert "新建馆451座。" in last
    assert 'page=1#p1">一、增长' in unescape(last)


def test_removing_asks_on_a_page_of_its_own(made: Desk, entering: Entering) -> None:
    editor = entering(Role.EDITOR)
    path = ONE.replace("one?", "one/remove?")
    assert "要移除《&lt;i&gt;标题&lt;/i&gt;》吗？" in editor.get(path).text
    assert _stored(made)
    assert editor.post(path).headers["location"] == "/desk/documents?done=removed"
    assert [d.id for d in made.assembly.documents()] == ["tianjin-2024"]
    gone = editor.get(path)
    assert gone.status_code == 404
    assert said(gone).startswith("没有文档“甲/&x”")


def test_readers_change_nothing(made: Desk, entering: Entering) -> None:
    reader = entering(Role.READER)
    assert "保存" not in reader.get(ONE).text
    for path in (ONE, ONE.replace("one?", "one/remove?")):
        assert reader.post(path, page="/password", place="x").status_code == 403
    assert _stored(made).place == ""
