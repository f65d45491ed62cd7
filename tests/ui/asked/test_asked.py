import stat
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from corpus.errors import InputError
from rag.answers import Answer
from rag.assembly import Assembly, Config
from rag.feedback import Feedback
from ui import asked
from ui.asked import AskedLog, asked_of
from ui.asked.groups import Group
from ui.asked.place import AskedPlace, place_of
from ui.judgements import feedback_of
from ui.ledger import ledger
from ui.ledger.database import Database
from ui.site import Site, SiteFile
from ui.web.api import api
from ui.web.chat import Chat
from ui.web.seats import Seats

YES = Answer("口袋公园几个", "口袋公园几个", True, "80个", "80个", index_version="000001-a",
             timings_ms={"search": 20.0, "read": 80.5, "first_sentence": 9.0})  # fmt: skip
NO = Answer("红烧肉怎么做", "红烧肉怎么做", False, "没有", refusal="off_topic")


@pytest.fixture(params=["file", "database"])
def place(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def config(tmp_path: Path, url: str) -> Config:
    SiteFile(tmp_path).save(Site(logging=True), "")
    return Config(tmp_path, index_url=url)


@pytest.fixture
def log(config: Config) -> AskedLog:
    return asked_of(config)


@pytest.fixture
def kept(config: Config) -> AskedPlace:
    return place_of(config)


def rows(kept: AskedPlace) -> list[tuple[object, ...]]:
    with kept.reading() as base:
        return [tuple(row) for row in base.execute(
            "SELECT question, resolved, ended, mode, milliseconds, index_version, disliked"
            " FROM asked ORDER BY id"
        )]  # fmt: skip


def test_nothing_is_kept_unless_the_site_says_so(tmp_path: Path, log: AskedLog) -> None:
    SiteFile(tmp_path).save(Site(), SiteFile(tmp_path).edition)
    log.add(NO)
    assert not (tmp_path / "asked.sqlite").exists()
    assert log.count() == 0
    SiteFile(tmp_path).save(Site(logging=True), SiteFile(tmp_path).edition)
    log.add(NO)
    assert log.count() == 1


def test_a_question_is_kept_masked_with_how_it_ended(
    tmp_path: Path, log: AskedLog, kept: AskedPlace
) -> None:
    log.add(YES)
    log.add(replace(NO, question="我是13800138000，查社保", resolved_question="13800138000查社保"))
    assert rows(kept) == [
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
    log.add(replace(YES, question="乙", resolved_question="今年乙"))
    log.add(replace(NO, question="乙", resolved_question="去年乙"))
    (first, _), _ = log.groups()
    assert first == Group("乙", "去年乙", 2, first.last, ("off_topic", "other_year"))
    assert log.groups("other_year")[0][0].kinds == ("other_year",)
    assert (log.groups("off_topic")[1], log.groups("off_topic", 9)) == (2, ([], 2))
    log.add(replace(NO, question="你好", refusal="small_talk"))  # type: ignore[arg-type]
    assert (log.groups()[1], log.kinds()) == (2, {"off_topic": 2, "other_year": 1})


def judged(verdict: str, answer: Answer, time: str = "2026-11-28T00:00:00+00:00") -> Feedback:
    return Feedback(time, verdict, answer.question, answer.to_json())  # type: ignore[arg-type]


def test_what_visitors_found_wrong_is_marked_once_it_is_heard(
    config: Config, log: AskedLog
) -> None:
    told = replace(YES, question="打13800138000，口袋公园几个")
    for answer in (YES, told, NO):
        log.add(answer)
    said = feedback_of(config)
    log.hear(said)
    assert log.groups("disliked") == ([], 0)
    said.append(judged("wrong_figure", told))
    said.append(judged("right", YES))
    log.hear(said)
    (group,), total = log.groups("disliked")
    assert group == Group("打[电话]，口袋公园几个", "口袋公园几个", 1, group.last, ("disliked",))
    assert (total, log.kinds()) == (1, {"off_topic": 1, "disliked": 1})
    said.append(judged("needless_refusal", NO))
    log.hear(said)
    log.add(YES)  # what was heard is not heard again
    log.hear(said)
    assert log.groups("off_topic")[0][0].kinds == ("off_topic", "disliked")
    assert log.groups("disliked")[1] == 2


def test_questions_are_kept_while_feedback_is_read(config: Config, log: AskedLog) -> None:
    said = feedback_of(config)

    class Asking:
        append = said.append
        __iter__ = said.__iter__

        def since(self, start: int) -> tuple[list[Feedback], int]:
            log.add(NO)
            return said.since(start)

    said.append(judged("needless_refusal", NO))
    log.hear(Asking())
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


def test_an_answer_does_not_wait_for_the_log_until_it_is_free(
    log: AskedLog, kept: AskedPlace, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    log.add(NO)
    monkeypatch.setattr(asked, "ROWS", 0)  # so that it wants what another has
    with kept.writing() as base:
        base.execute("DELETE FROM asked")
        log.add(NO)  # comes back, though the other goes on
    assert "提问记录用不了：" in capsys.readouterr().err
    assert log.count() == 0


def test_what_fails_changes_nothing(log: AskedLog, kept: AskedPlace) -> None:
    log.add(NO)
    with suppress(InputError), kept.writing() as base:
        base.execute("DELETE FROM asked")
        raise InputError("说错了，请改正")
    assert log.count() == 1


def test_a_database_that_is_away_fails_no_answer(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("psycopg", reason="needs the extra postgres")
    SiteFile(tmp_path).save(Site(logging=True), "")
    away = asked_of(Config(tmp_path, index_url="postgresql://jinwen@127.0.0.1:1/none"))
    away.add(NO)
    assert "提问记录用不了：工作台的共用数据库连接不上" in capsys.readouterr().err
    SiteFile(tmp_path).save(Site(), SiteFile(tmp_path).edition)
    away.add(NO)  # nothing is to be kept, and what is old was looked for today
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("place", ["database"])
def test_no_answer_waits_for_the_turn_of_the_staff(config: Config, log: AskedLog) -> None:
    desk = ledger(Database(config.home / "desk.sqlite"), config.database_url)
    with desk.writing():
        log.add(NO)
        assert log.count() == 1
        log.clear()
        assert log.count() == 0
    desk.close()


def test_clearing_leaves_nothing(log: AskedLog) -> None:
    log.add(NO)
    log.clear()
    assert (log.count(), log.groups()) == (0, ([], 0))


def test_questions_of_the_page_and_of_the_api_are_kept_once(
    assembly: Assembly, config: Config, kept: AskedPlace
) -> None:
    (config.home / "index").symlink_to(assembly.config.home / "index")
    made = Assembly(Config(config.home, assembly.config.embedder))
    made.config = replace(made.config, index_url=config.index_url)  # the index stays in the home
    client, chat = TestClient(api(made, Seats())), Chat(made, Seats())
    assert client.post("/api/ask", json={"question": "口袋公园几个"}).status_code == 200
    *_, said = chat.reply("红烧肉怎么做", [])
    stopped = chat.reply("燃气管网改造多少公里", said)
    next(stopped)
    stopped.close()
    chat.restored(["红烧肉怎么做"])
    chat.prepare()
    list(chat.reply("长" * 600, said))
    assert [(row[0], row[2]) for row in rows(kept)] == [
        ("口袋公园几个", "answered"), ("红烧肉怎么做", "off_topic"),
        ("燃气管网改造多少公里", "answered"),
    ]  # fmt: skip
