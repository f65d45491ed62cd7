import sqlite3
import stat
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from corpus.errors import StoreError
from rag.answers import Answer
from rag.assembly import Assembly, Config
from rag.feedback import Feedback, FeedbackFile
from ui import asked
from ui.asked import AskedLog, Group
from ui.site import Site, SiteFile
from ui.web.api import api
from ui.web.chat import Chat
from ui.web.seats import Seats

YES = Answer("口袋公园几个", "口袋公园几个", True, "80个", "80个", index_version="000001-a",
             timings_ms={"search": 20.0, "read": 80.5, "first_sentence": 9.0})  # fmt: skip
NO = Answer("红烧肉怎么做", "红烧肉怎么做", False, "没有", refusal="off_topic")


@pytest.fixture
def log(tmp_path: Path) -> AskedLog:
    SiteFile(tmp_path).save(Site(logging=True), "")
    return AskedLog(tmp_path)


def rows(home: Path) -> list[tuple[object, ...]]:
    with sqlite3.connect(home / "asked.sqlite") as base:
        return base.execute(
            "SELECT question, resolved, ended, mode, milliseconds, index_version, disliked"
            " FROM asked ORDER BY id"
        ).fetchall()


def test_nothing_is_kept_unless_the_site_says_so(tmp_path: Path, log: AskedLog) -> None:
    SiteFile(tmp_path).save(Site(), SiteFile(tmp_path).edition)
    log.add(NO)
    assert not (tmp_path / "asked.sqlite").exists()
    SiteFile(tmp_path).save(Site(logging=True), SiteFile(tmp_path).edition)
    log.add(NO)
    assert log.count() == 1


def test_a_question_is_kept_masked_with_how_it_ended(tmp_path: Path, log: AskedLog) -> None:
    log.add(YES)
    log.add(replace(NO, question="我是13800138000，查社保", resolved_question="13800138000查社保"))
    assert rows(tmp_path) == [
        ("口袋公园几个", "口袋公园几个", "answered", "extractive", 100.5, "000001-a", 0),
        ("我是[电话]，查社保", "[电话]查社保", "off_topic", "extractive", 0.0, "", 0),
    ]
    for file in tmp_path.glob("asked.sqlite*"):
        assert b"13800138000" not in file.read_bytes()
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_refused_questions_are_grouped_newest_first(log: AskedLog) -> None:
    for answer in (NO, replace(NO, question="乙", refusal="other_year"), NO, YES):
        log.add(answer)
    groups, total = log.groups()
    assert [(g.question, g.times, g.kinds) for g in groups] == [
        ("红烧肉怎么做", 2, ("off_topic",)), ("乙", 1, ("other_year",)),
    ]  # fmt: skip
    assert total == 2
    assert [g.question for g in log.groups("other_year")[0]] == ["乙"]
    assert [g.question for g in log.groups(start=1, count=1)[0]] == ["乙"]
    assert log.kinds() == {"off_topic": 1, "other_year": 1}
    log.add(replace(NO, question="你好", refusal="small_talk"))  # type: ignore[arg-type]
    assert (log.groups()[1], log.kinds()) == (2, {"off_topic": 1, "other_year": 1})


def judged(verdict: str, answer: Answer, time: str = "2026-11-28T00:00:00+00:00") -> Feedback:
    return Feedback(time, verdict, answer.question, answer.to_json())  # type: ignore[arg-type]


def test_what_visitors_found_wrong_is_marked_once_it_is_heard(
    tmp_path: Path, log: AskedLog
) -> None:
    told = replace(YES, question="打13800138000，口袋公园几个")
    for answer in (YES, told, NO):
        log.add(answer)
    file = FeedbackFile(tmp_path / "feedback.jsonl")
    log.hear(file)
    assert log.groups("disliked") == ([], 0)
    file.append(judged("wrong_figure", told))
    file.append(judged("right", YES))
    (tmp_path / "feedback.jsonl").open("ab").write(b"damaged\n{}\n")
    log.hear(file)
    (group,), total = log.groups("disliked")
    assert group == Group("打[电话]，口袋公园几个", "口袋公园几个", 1, group.last, ("disliked",))
    assert (total, log.kinds()) == (1, {"off_topic": 1, "disliked": 1})
    file.append(judged("needless_refusal", NO))
    log.hear(file)
    assert log.groups("off_topic")[0][0].kinds == ("off_topic", "disliked")


def test_questions_are_kept_while_feedback_is_read(tmp_path: Path, log: AskedLog) -> None:
    class Asking(FeedbackFile):
        def since(self, start: int) -> tuple[list[Feedback], int]:
            log.add(NO)
            return super().since(start)

    file = Asking(tmp_path / "feedback.jsonl")
    file.append(judged("needless_refusal", NO))
    log.hear(file)
    assert log.groups()[0][0].kinds == ("off_topic", "disliked")


def test_old_questions_go_and_the_newest_stay(
    tmp_path: Path, log: AskedLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = datetime.now(UTC)
    monkeypatch.setattr(asked, "_now", lambda: now - timedelta(days=91))
    log.add(NO)
    monkeypatch.setattr(asked, "_now", lambda: now)
    assert log.count() == 1
    SiteFile(tmp_path).save(Site(), SiteFile(tmp_path).edition)
    log.add(YES)  # is not kept, but what is too old goes
    assert log.count() == 0
    SiteFile(tmp_path).save(Site(logging=True), SiteFile(tmp_path).edition)
    monkeypatch.setattr(asked, "ROWS", 2)
    for number in range(4):
        log.add(replace(NO, question=str(number)))
    assert [g.question for g in log.groups()[0]] == ["3", "2"]


def test_a_failing_log_fails_no_answer(
    tmp_path: Path, log: AskedLog, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "asked.sqlite").write_bytes(b"no database" * 100)
    log.add(NO)
    assert "没能记下提问：“asked.sqlite”无法读写" in capsys.readouterr().err
    with pytest.raises(StoreError, match="“asked"):
        log.groups()


def test_a_log_of_a_newer_program_is_left_alone(tmp_path: Path, log: AskedLog) -> None:
    log.add(NO)
    with sqlite3.connect(tmp_path / "asked.sqlite") as base:
        base.execute("PRAGMA user_version = 99")
    with pytest.raises(StoreError, match="请升级津问"):
        log.count()
    log.add(NO)
    assert len(rows(tmp_path)) == 1


def test_clearing_leaves_no_word_on_the_disk(tmp_path: Path, log: AskedLog) -> None:
    log.add(replace(NO, question="很特别的一句话"))
    log.clear()
    assert log.count() == 0
    for file in tmp_path.glob("asked.sqlite*"):
        assert "很特别的一句话".encode() not in file.read_bytes()


def test_questions_of_the_page_and_of_the_api_are_kept_once(
    assembly: Assembly, tmp_path: Path, log: AskedLog
) -> None:
    (tmp_path / "index").symlink_to(assembly.config.home / "index")
    made = Assembly(Config(tmp_path, assembly.config.embedder))
    client, chat = TestClient(api(made, Seats())), Chat(made, Seats())
    assert client.post("/api/ask", json={"question": "口袋公园几个"}).status_code == 200
    *_, said = chat.reply("红烧肉怎么做", [])
    stopped = chat.reply("燃气管网改造多少公里", said)
    next(stopped)
    stopped.close()
    chat.restored(["红烧肉怎么做"])
    chat.prepare()
    list(chat.reply("长" * 600, said))
    kept = [(row[0], row[2]) for row in rows(tmp_path)]
    assert kept == [
        ("口袋公园几个", "answered"), ("红烧肉怎么做", "off_topic"),
        ("燃气管网改造多少公里", "answered"),
    ]  # fmt: skip
