"""The file of the log of questions, and what becomes of it; the log itself is in test_asked."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.errors import StoreError
from rag.answers import Answer
from rag.assembly import Config
from rag.feedback import Feedback, FeedbackFile
from ui.asked import AskedLog, asked_of
from ui.site import Site, SiteFile

NO = Answer("红烧肉怎么做", "红烧肉怎么做", False, "没有", refusal="off_topic")
_EARLIER = """
PRAGMA journal_mode = WAL;
CREATE TABLE asked (
    id INTEGER PRIMARY KEY AUTOINCREMENT, time TEXT NOT NULL, question TEXT NOT NULL,
    resolved TEXT NOT NULL, ended TEXT NOT NULL, mode TEXT NOT NULL, milliseconds REAL NOT NULL,
    index_version TEXT NOT NULL, disliked INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX asked_question ON asked (question);
CREATE INDEX asked_time ON asked (time);
CREATE TABLE heard (bytes INTEGER NOT NULL);
INSERT INTO heard VALUES (0);
INSERT INTO asked VALUES (7, '9999', '旧的', '旧的', 'other_year', 'extractive', 1.5, '1-a', 1);
INSERT INTO asked VALUES (8, '9999', '口袋公园几个', '口袋公园几个', 'answered', '', 1.5, '', 0);
PRAGMA user_version = 1;
"""


@pytest.fixture
def own(tmp_path: Path) -> AskedLog:
    SiteFile(tmp_path).save(Site(logging=True), "")
    return asked_of(Config(tmp_path))


def test_a_damaged_file_fails_no_answer(
    tmp_path: Path, own: AskedLog, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "asked.sqlite").write_bytes(b"no database" * 100)
    own.add(NO)
    assert "提问记录用不了：“asked.sqlite”无法读写" in capsys.readouterr().err
    with pytest.raises(StoreError, match="“asked"):
        own.groups()


def test_lines_that_are_no_feedback_are_passed_over(tmp_path: Path, own: AskedLog) -> None:
    own.add(NO)
    (tmp_path / "feedback.jsonl").write_bytes(b"damaged\n{}\n")
    file = FeedbackFile.of(tmp_path)
    file.append(Feedback("2026", "needless_refusal", NO.question, NO.to_json()))
    own.hear(file)
    assert own.groups()[0][0].kinds == ("off_topic", "disliked")


def test_a_log_of_an_earlier_program_goes_on_as_it_is(tmp_path: Path, own: AskedLog) -> None:
    def schema() -> list[object]:
        with closing(sqlite3.connect(tmp_path / "asked.sqlite")) as base:
            found = base.execute("SELECT sql FROM sqlite_master ORDER BY name").fetchall()
            return [*found, base.execute("PRAGMA user_version").fetchone()]

    with closing(sqlite3.connect(tmp_path / "asked.sqlite")) as base:
        base.executescript(_EARLIER)
    before = schema()
    park, file = Answer("口袋公园几个", "口袋公园几个", True, "80个"), FeedbackFile.of(tmp_path)
    file.append(Feedback("2026", "incomplete", park.question, park.to_json()))
    own.add(NO)
    own.hear(file)
    assert [(g.question, g.kinds) for g in own.groups()[0]] == [
        ("红烧肉怎么做", ("off_topic",)), ("口袋公园几个", ("disliked",)),
        ("旧的", ("other_year", "disliked")),
    ]  # fmt: skip
    assert schema() == before


def test_a_log_of_a_newer_program_is_left_alone(tmp_path: Path, own: AskedLog) -> None:
    own.add(NO)
    with sqlite3.connect(tmp_path / "asked.sqlite") as base:
        base.execute("PRAGMA user_version = 99")
    with pytest.raises(StoreError, match="请升级津问"):
        own.count()
    own.add(NO)
    with sqlite3.connect(tmp_path / "asked.sqlite") as base:
        assert base.execute("SELECT count(*) FROM asked").fetchone() == (1,)


def test_clearing_leaves_no_word_on_the_disk(tmp_path: Path, own: AskedLog) -> None:
    own.add(replace(NO, question="很特别的一句话"))
    own.clear()
    assert own.count() == 0
    for file in tmp_path.glob("asked.sqlite*"):
        assert "很特别的一句话".encode() not in file.read_bytes()
