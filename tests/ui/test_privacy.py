"""What people asked and said is read by nobody else on the machine."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.answers import Answer
from rag.assembly import Config
from rag.feedback import Feedback, FeedbackFile
from ui.answerfile import AnswerFile, Told
from ui.asked import asked_of
from ui.cases import CaseFile, Expected
from ui.desk.incoming import Incoming
from ui.site import Site, SiteFile
from ui.web.accessfile import AccessLog

SAID = Answer("问", "问", False, "", refusal="off_topic")


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    before = os.umask(0)
    yield tmp_path / "home"
    os.umask(before)


def test_no_file_of_what_people_said_is_for_others(home: Path) -> None:
    FeedbackFile.of(home).append(Feedback.now("right", "问", SAID))
    CaseFile(home).append(Expected("问", refusal="off_topic"))
    AnswerFile(Config(home)).save("1-a", {"问": Told(True, "答")})
    SiteFile(home).save(Site(logging=True), "")
    asked_of(Config(home)).add(SAID)
    AccessLog(home / "logs" / "access.jsonl").write({"route": "/"})
    Incoming(home).new()
    made = (*home.glob("*.*"), *home.glob("golden"), *home.glob("golden/*"), *home.glob("logs/*"))
    open_to = {p.name: p.stat().st_mode & 0o077 for p in made if p.suffix != ".lock"}
    assert {"feedback.jsonl", "cases.jsonl", "golden", "asked.sqlite"} < set(open_to)
    assert not any(open_to.values()), open_to
    assert (home / "desk" / "incoming").stat().st_mode & 0o077 == 0
