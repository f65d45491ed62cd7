from pathlib import Path

import pytest

from corpus.errors import CorpusError
from rag.feedback import Feedback, FeedbackFile

ONE = Feedback("2026-01-01T00:00:00+00:00", "wrong_figure", "多少\n公里？", {"answered": True},
               (("问", "答"),), "应是623公里")  # fmt: skip


def test_a_line_that_is_no_feedback_is_named(tmp_path: Path) -> None:
    path = tmp_path / "feedback.jsonl"
    kept = FeedbackFile(path)
    kept.append(ONE)
    path.open("a").write("{broken\n")
    with pytest.raises(CorpusError, match="第 2 行"):
        list(kept)


def test_only_what_is_new_is_read_and_half_a_line_waits(tmp_path: Path) -> None:
    path = tmp_path / "feedback.jsonl"
    kept = FeedbackFile(path)
    assert kept.since(0) == ([], 0)
    kept.append(ONE)
    first, end = kept.since(0)
    path.open("ab").write(b"broken\n{}\n[]\n")
    kept.append(ONE)
    path.open("ab").write(b'{"time": ')
    later, after = kept.since(end)
    assert (first, later, kept.since(after)) == ([ONE], [ONE], ([], after))
    path.write_bytes(b"")  # a new file begins anew
    kept.append(ONE)
    assert kept.since(after)[0] == [ONE]
