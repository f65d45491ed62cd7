"""Versions at the desk: what changed, whose it was, other answers, and the way back."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest
from starlette.testclient import TestClient

from corpus.documents import Document
from corpus.library import shipped
from index.changes import FACTS, Changes
from index.store import Store
from tests.ui.desk.conftest import Visitor, said
from ui.answerfile import AnswerFile, Told
from ui.cases import CaseFile, Expected
from ui.desk import audit
from ui.desk.desk import Desk
from ui.desk.facts import version_of
from ui.desk.roles import Role
from ui.desk.routes import versions
from ui.golden import Progress
from ui.site import Site, SiteFile
from ui.web.api import api
from ui.web.seats import Seats

Entering = Callable[[Role], Visitor]
GAS = "今年要改造多少公里燃气管网？"
NOTE = Document("note", "通知 <b>", "请各单位做好防汛工作。\n", place="天津市")


@pytest.fixture
def pair(desk: Desk) -> tuple[str, str]:
    """Two versions: in the second one figure is another and there is a document more."""
    (report,) = shipped()
    other = replace(report, text=report.text.replace("燃气管网623公里", "燃气管网700公里"))
    first = desk.assembly.store.current()
    return first, desk.assembly.upkeep().replace([other, NOTE]).version


def recorded(desk: Desk) -> list[tuple[str, str, str]]:
    with desk.database.reading() as connection:
        return [(e.who, e.action, e.subject) for e in audit.entries(connection)[0]]


def test_versions_are_listed_with_whose_they_are(
    desk: Desk, entering: Entering, pair: tuple[str, str]
) -> None:
    with desk.database.writing() as connection:
        told = audit.with_version("新增", pair[1])
        audit.record(connection, "2026-01-01", "陈编", "document.add", "note", told)
    shown = entering(Role.READER).get("/versions").text
    newest, oldest = shown.split('<th scope="row">')[1:]
    assert (pair[1] in newest, "使用中" in newest, "陈编" in newest) == (True, True, True)
    assert (pair[0] in oldest, "使用中" in oldest, "陈编" in oldest) == (True, False, False)
    assert f"/desk/versions/{pair[0]}/rollback" not in shown  # a reader cannot
    assert f"/desk/versions/{pair[0]}/rollback" in entering(Role.ADMIN).get("/versions").text


def test_who_made_a_version_is_read_from_the_record_of_its_change(
    desk: Desk, entering: Entering, pair: tuple[str, str]
) -> None:
    editor, admin, store = entering(Role.EDITOR), entering(Role.ADMIN), desk.assembly.store
    found = {d.id: d for d in desk.assembly.documents()}["note"]
    editor.post("/documents/one?id=note", version=version_of(found), place=f"（版本 {pair[1]}）")
    of_editor = store.current()
    admin.post("/documents/one/remove?id=note")
    shown = admin.get("/versions").text.split('<th scope="row">')[1:]
    rows = {name: row for row in shown for name in store.names() if f"/versions/{name}" in row}
    told = {name: [who for who in ("陈编", "王管") if who in row] for name, row in rows.items()}
    assert (told[of_editor], told[store.current()]) == (["陈编"], ["王管"])
    assert told[pair[1]] == []  # whatever was typed into a fact, nobody at the desk made it


def test_what_changed_is_shown_as_text(entering: Entering, pair: tuple[str, str]) -> None:
    shown = entering(Role.READER).get(f"/versions/{pair[1]}").text
    assert "<strong>1</strong>份新增" in shown
    assert "通知 &lt;b&gt;" in shown
    assert "今年改造燃气管网<del>623</del><ins>700</ins>公里" in shown
    assert "还没有在两个版本里都问过" in shown
    assert "问一遍，比较答案" not in shown  # that is for editors
    back = entering(Role.READER).get(f"/versions/{pair[0]}?from={pair[1]}").text
    assert "<strong>1</strong>份移除" in back
    first = entering(Role.READER).get(f"/versions/{pair[0]}").text
    assert "最早的版本" in first


def test_two_who_ask_at_once_have_it_worked_out_once(
    entering: Entering, pair: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[str] = []
    second, real = Event(), versions.changes

    def told_of(store: Store, before: str, after: str) -> Changes:
        begun.append(after)
        if len(begun) > 1:
            second.set()
        second.wait(0.3)  # long enough for another to begin, if it may
        return real(store, before, after)

    monkeypatch.setattr(versions, "changes", told_of)
    visitors = [entering(Role.READER) for _ in range(2)]
    with ThreadPoolExecutor() as pool:
        replies = [*pool.map(lambda v: v.get(f"/versions/{pair[1]}").status_code, visitors)]
    assert (replies, begun) == ([200, 200], [pair[1]])


@pytest.mark.parametrize("path", ["/versions/000009-abcdefabcdef", "/versions/..%2f..%2fetc"])
def test_a_version_that_is_not_there_is_one_line(entering: Entering, path: str) -> None:
    reply = entering(Role.ADMIN).get(path)
    assert reply.status_code in (404, 422)
    assert said(reply)


def test_answers_are_compared_once_and_kept(
    desk: Desk, entering: Entering, pair: tuple[str, str], home: Path
) -> None:
    CaseFile(home).append(Expected("防汛工作要做好吗", refusal="off_topic"))
    SiteFile(home).save(Site(examples=("新建提升口袋公园多少个？",)), "")
    assert entering(Role.READER).post(
        f"/versions/{pair[1]}/answers", page="/password", **{"from": pair[0]}
    ).status_code == 403  # fmt: skip
    desk.golden.begin(*pair).join()
    progress = desk.golden.progress(*pair)
    assert progress
    assert (progress.running, progress.fault, progress.done) == (False, "", progress.total)
    compared = desk.golden.compared(*pair)
    assert compared.lacking == 0
    changed = {question: (old.text, new.text) for question, old, new in compared.differing}
    assert changed[GAS][0].startswith("623公里[1]")
    assert changed[GAS][1].startswith("700公里[1]")
    assert "新建提升口袋公园多少个？" not in changed
    shown = entering(Role.READER).get(f"/versions/{pair[1]}").text
    assert f"<h3>{GAS}</h3>" in shown
    assert "还没有在两个版本里都问过" not in shown
    desk.golden.begin(*pair).join()  # nothing is left to ask
    again = desk.golden.progress(*pair)
    assert again
    assert again.total == 0


def test_an_editor_begins_the_comparison(
    desk: Desk, entering: Entering, pair: tuple[str, str]
) -> None:
    for version in pair:
        said_before = {q: Told(True, "同") for q in desk.golden.questions(pair[1])}
        AnswerFile(desk.assembly.config).save(version, said_before)
    page = f"/versions/{pair[1]}"
    CaseFile(desk.assembly.config.home).append(Expected("红烧肉怎么做", refusal="off_topic"))
    reply = entering(Role.EDITOR).post(f"{page}/answers", page=page, **{"from": pair[0]})
    assert reply.headers["location"] == f"/desk{page}?from={pair[0]}&quiet=1"
    assert recorded(desk)[0] == ("陈编", "golden.ask", f"{pair[0]} → {pair[1]}")


def test_only_one_comparison_is_worked_on_at_a_time(
    desk: Desk, entering: Entering, pair: tuple[str, str]
) -> None:
    desk.golden._progress = Progress("a", "b")  # another one is at work
    page = f"/versions/{pair[1]}"
    reply = entering(Role.EDITOR).post(f"{page}/answers", page=page, **{"from": pair[0]})
    assert (reply.status_code, "请等它结束后再试" in said(reply)) == (422, True)
    assert recorded(desk)[0][1] == "login"


def test_what_stops_a_comparison_is_told(
    desk: Desk, entering: Entering, pair: tuple[str, str]
) -> None:
    vectors = desk.assembly.store.root / "versions" / pair[0] / "vectors.faiss"
    vectors.write_bytes(b"damaged")
    desk.golden.begin(*pair).join()
    reply = entering(Role.READER).get(f"/versions/{pair[1]}")
    assert "vectors.faiss”已损坏" in reply.text
    assert 'http-equiv="refresh"' not in reply.text


def test_an_admin_goes_back_after_a_second_look_and_the_service_follows(
    desk: Desk, entering: Entering, pair: tuple[str, str]
) -> None:
    admin, service = entering(Role.ADMIN), TestClient(api(desk.assembly, Seats()))
    asked = {"question": GAS}
    assert service.post("/api/ask", json=asked).json()["short_answer"] == "700公里"
    page = f"/versions/{pair[0]}/rollback"
    assert "所有人的问答会马上改用" in admin.get(page).text
    for typed in ({"version": pair[1]}, {"version": pair[0], "again": "yes"}):
        assert admin.post(page, **typed).status_code == 422
    assert desk.assembly.store.current() == pair[1]
    reply = admin.post(page, version=pair[1], again="yes")
    assert reply.headers["location"] == "/desk/versions?done=back"
    assert service.post("/api/ask", json=asked).json()["short_answer"] == "623公里"
    assert recorded(desk)[0] == ("王管", "version.rollback", pair[0])
    assert admin.get(page).status_code == 422  # it is in use


@pytest.mark.parametrize("role", [Role.READER, Role.EDITOR])
def test_nobody_else_goes_back(
    desk: Desk, entering: Entering, pair: tuple[str, str], role: Role
) -> None:
    visitor = entering(role)
    page = f"/versions/{pair[0]}/rollback"
    assert visitor.get(page).status_code == 403
    reply = visitor.post(page, page="/password", version=pair[1], again="yes")
    assert reply.status_code == 403
    forged = entering(Role.ADMIN).client.post(
        f"/desk{page}", data={"version": pair[1], "again": "yes"}
    )
    assert forged.status_code == 403
    assert desk.assembly.store.current() == pair[1]


def test_while_another_writes_nobody_goes_back(
    desk: Desk, entering: Entering, pair: tuple[str, str]
) -> None:
    admin = entering(Role.ADMIN)
    with desk.assembly.store.writing("index add"):
        reply = admin.post(f"/versions/{pair[0]}/rollback", version=pair[1], again="yes")
    assert (reply.status_code, "索引正被另一个程序写入" in said(reply)) == (503, True)
    assert [a for _, a, _ in recorded(desk) if a == "version.rollback"] == []


def test_a_damaged_version_is_named_and_the_others_are_shown(
    desk: Desk, entering: Entering, pair: tuple[str, str]
) -> None:
    folder = desk.assembly.store.root / "versions" / pair[0]
    (folder / "manifest.json").write_bytes(b"{}")
    shown = entering(Role.READER).get("/versions").text
    assert "已损坏" in shown
    assert f"/desk/versions/{pair[1]}" in shown
    reply = entering(Role.READER).get(f"/versions/{pair[1]}")
    assert (reply.status_code, "已损坏" in said(reply)) == (200, True)


def test_a_version_of_an_earlier_program_is_told_of_and_compared(
    desk: Desk, entering: Entering, pair: tuple[str, str]
) -> None:
    store = desk.assembly.store
    now = store.read(pair[0])
    with store.writing("test"):
        older = store.publish(replace(now.manifest, format=2), now.files)
        store.switch(pair[1])
    admin = entering(Role.ADMIN)
    assert "另一版程序建的（格式 2），文档可以看，不能回到它" in admin.get("/versions").text
    shown = admin.get(f"/versions/{pair[1]}?from={older}").text
    assert "今年改造燃气管网<del>623</del><ins>700</ins>公里" in shown
    reply = admin.post(f"/versions/{older}/rollback", version=pair[1], again="yes")
    assert (reply.status_code, "不能回到它" in said(reply)) == (503, True)
    assert store.current() == pair[1]


def test_every_fact_that_is_compared_has_a_name() -> None:
    assert set(FACTS) <= set(versions._LABELS)
