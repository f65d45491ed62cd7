"""Feedback in a file and in a shared database: the same tests for both places."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from corpus.errors import CorpusError
from rag.assembly import Config
from rag.feedback import Feedback, Judgements
from tests.jinwen import Jinwen
from ui.judgements import feedback_of
from ui.ledger import Ledger

ONE = Feedback("2026-01-01T00:00:00+00:00", "wrong_figure", "多少\n公里\0？", {"answered": True},
               (("问", "答"),), "应是623公里")  # fmt: skip
TWO = Feedback("2026-01-02T00:00:00+00:00", "right", "几个？", {"answered": True})


@pytest.fixture(params=["file", "database"])
def place(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def said(home: Path, url: str) -> Judgements:
    return feedback_of(Config(home, index_url=url))


def test_feedback_is_read_back_as_it_was_written(said: Judgements) -> None:
    said.append(ONE)
    said.append(TWO)
    said.append(ONE)
    assert list(said) == [ONE, TWO, ONE]


def test_half_a_character_is_kept_as_a_question_mark(said: Judgements) -> None:
    said.append(Feedback("t", "right", "问\ud800", {}))
    assert [each.question for each in said] == ["问?"]


def test_judgements_of_many_writers_never_mix(said: Judgements) -> None:
    long = Feedback("t", "right", "问" * 5000, {})
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: said.append(long), range(200)))
    assert list(said) == [long] * 200


def test_only_what_is_new_is_read(said: Judgements) -> None:
    assert said.since(0) == ([], 0)
    said.append(ONE)
    first, end = said.since(0)
    said.append(TWO)
    later, after = said.since(end)
    assert (first, later, said.since(after)) == ([ONE], [TWO], ([], after))


def test_two_homes_of_one_database_have_the_same_feedback(
    said: Judgements, tmp_path: Path, url: str
) -> None:
    said.append(ONE)
    there = feedback_of(Config(tmp_path / "other", index_url=url))
    if url:
        there.append(TWO)
        assert list(said) == list(there) == [ONE, TWO]
    else:
        assert there.since(0) == ([], 0)


def test_drafts_are_made_of_the_homes_feedback_wherever_it_is(
    said: Judgements, home: Path, url: str, tmp_path: Path,
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setenv("JINWEN_INDEX_URL", url)
    said.append(ONE)
    said.append(TWO)
    jinwen, out = Jinwen(home, capsys), tmp_path / "draft.jsonl"
    told = f"已写入 2 道待审阅的题目：{out}\n"
    assert jinwen("eval", "from-feedback", "--out", str(out)) == (0, told, "")
    assert "几个？" in (drafted := out.read_text(encoding="utf-8"))
    given = tmp_path / "given.jsonl"
    given.write_text(f"{ONE.line}\n{TWO.line}\n", encoding="utf-8")
    assert jinwen("eval", "from-feedback", str(given), "--out", str(out)) == (0, told, "")
    assert out.read_text(encoding="utf-8") == drafted


@pytest.mark.parametrize("place", ["database"])
def test_none_comes_in_before_what_was_heard(said: Judgements, kept: Ledger) -> None:
    with ThreadPoolExecutor(1) as pool:
        with kept.writing() as c:
            c.execute("INSERT INTO feedback (line) VALUES (?)", (TWO.line,))
            second = pool.submit(said.append, ONE)
            while not c.execute("SELECT 1 FROM pg_locks WHERE NOT granted").fetchone():
                assert not second.done()
            assert said.since(0) == ([], 0)
        second.result()
    assert said.since(0) == ([TWO, ONE], 2)


@pytest.mark.parametrize("place", ["database"])
def test_a_row_that_is_none_is_named_and_passed_over(said: Judgements, kept: Ledger) -> None:
    said.append(ONE)
    with kept.writing() as c:
        c.execute("INSERT INTO feedback (line) VALUES ('{}'), ('broken')")
    said.append(TWO)
    assert said.since(0) == ([ONE, TWO], 4)
    with pytest.raises(CorpusError, match=r"desk\.feedback 里 id 为 2 的行不是反馈记录，请删去"):
        list(said)
