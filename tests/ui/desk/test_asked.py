"""Questions that were refused or disliked, and the cases made of them."""

from collections.abc import Callable
from pathlib import Path
from typing import get_args

import pytest

from rag.answers import Answer, Refusal
from rag.feedback import Feedback, FeedbackFile
from tests.ui.desk.conftest import Visitor, said
from ui.asked import AskedLog
from ui.cases import CaseFile
from ui.desk import audit
from ui.desk.desk import Desk
from ui.desk.kinds import REFUSALS
from ui.desk.roles import Role
from ui.site import Site, SiteFile

Entering = Callable[[Role], Visitor]
NO = Answer("红烧肉 <怎么> 做", "红烧肉 <怎么> 做", False, "没有", refusal="off_topic")
YES = Answer("口袋公园几个", "今年口袋公园几个", True, "80个")


@pytest.fixture
def editor(entering: Entering) -> Visitor:
    return entering(Role.EDITOR)


@pytest.fixture
def log(desk: Desk, home: Path) -> AskedLog:
    SiteFile(home).save(Site(logging=True), "")
    return desk.asked


def test_readers_do_not_see_questions(entering: Entering, log: AskedLog) -> None:
    reader = entering(Role.READER)
    assert reader.get("/asked").status_code == 403
    assert reader.get("/asked/case").status_code == 403
    reply = reader.post("/asked/case", page="/password", question="问", refusal="off_topic")
    assert reply.status_code == 403


def test_without_a_log_the_page_says_how_to_have_one(entering: Entering, editor: Visitor) -> None:
    assert "请管理员在“设置”里打开" in editor.get("/asked").text
    assert 'href="/desk/site"' in entering(Role.ADMIN).get("/asked").text


def test_refused_and_disliked_questions_are_listed_as_text(
    editor: Visitor, log: AskedLog, home: Path
) -> None:
    for answer in (NO, NO, YES):
        log.add(answer)
    shown = editor.get("/asked").text
    assert "红烧肉 &lt;怎么&gt; 做" in shown
    assert "口袋公园" not in shown
    judged = Feedback("2026-11-28T00:00:00+00:00", "incomplete", YES.question, YES.to_json())
    FeedbackFile(home / "feedback.jsonl").append(judged)
    shown = editor.get("/asked").text
    assert "理解为：今年口袋公园几个" in shown
    assert "共 2 个问题" in shown
    assert "红烧肉" not in editor.get("/asked?kind=disliked").text
    assert "共 1 个问题" in editor.get("/asked?kind=off_topic").text
    assert "没有这样的问题" in editor.get("/asked?kind=%22x").text


def test_many_questions_have_pages(editor: Visitor, log: AskedLog) -> None:
    for number in range(51):
        log.add(Answer(f"问题{number}号", "", False, "", refusal="off_topic"))
    first, second = editor.get("/asked").text, editor.get("/asked?page=2").text
    assert ("问题50号" in first, "问题0号" in first) == (True, False)
    assert ("问题50号" in second, "问题0号" in second) == (False, True)
    assert "第 2 / 2 页" in second
    assert editor.get("/asked?page=99999999").status_code == 200


def test_a_question_becomes_a_case_once(
    desk: Desk, editor: Visitor, log: AskedLog, home: Path
) -> None:
    log.add(NO)
    form = "/asked/case?question=%E7%BA%A2%E7%83%A7%E8%82%89%20%3C%E6%80%8E%E4%B9%88%3E%20%E5%81%9A"
    assert 'value="红烧肉 &lt;怎么&gt; 做"' in editor.get(form).text
    reply = editor.post("/asked/case", question=NO.question, refusal="off_topic", note="常见")
    assert reply.headers["location"] == "/desk/asked?done=case"
    assert CaseFile(home).questions() == [NO.question]
    assert '<span class="tag good">已收</span>' in editor.get("/asked").text
    with desk.database.reading() as connection:
        (newest, *_), _ = audit.entries(connection, action="case.add")
    assert (newest.who, newest.subject) == ("陈编", NO.question)


def test_what_makes_no_case_stays_typed(desk: Desk, editor: Visitor, home: Path) -> None:
    reply = editor.post(
        "/asked/case", question="口袋公园几个", accept="80个", evidence="报告里没有的话"
    )
    assert (reply.status_code, "一字不差地找不到" in said(reply)) == (422, True)
    assert "报告里没有的话</textarea>" in reply.text
    assert "80个</textarea>" in reply.text
    assert not (home / "cases.jsonl").exists()
    with desk.database.reading() as connection:
        assert audit.entries(connection, action="case.add") == ([], 0)


def test_every_refusal_has_a_name_at_the_desk() -> None:
    assert set(REFUSALS) == set(get_args(Refusal))
    assert all(REFUSALS.values())


def test_a_damaged_log_is_one_line(editor: Visitor, log: AskedLog, home: Path) -> None:
    (home / "asked.sqlite").write_bytes(b"no database" * 100)
    reply = editor.get("/asked")
    assert (reply.status_code, said(reply).startswith("“asked.sqlite”无法读写")) == (503, True)
