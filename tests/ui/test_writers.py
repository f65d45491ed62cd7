"""Files that two processes of a home append to at once: no line is lost or mixed with another."""

import json
import subprocess
import sys
from pathlib import Path

from rag.feedback import FeedbackFile

ROOT = Path(__file__).parents[2]
LINES = 400
_LOGGING = """
import sys
from pathlib import Path
from ui.web.accessfile import AccessLog
log = AccessLog(Path(sys.argv[1]), most=300)
print("ready", flush=True)
sys.stdin.read()
for n in range(int(sys.argv[3])):
    log.write({"n": f"{sys.argv[2]}-{n}"})
"""
_JUDGING = """
import sys
from pathlib import Path
from rag.answers import Answer
from rag.feedback import Feedback, FeedbackFile
file = FeedbackFile(Path(sys.argv[1]))
print("ready", flush=True)
sys.stdin.read()
for n in range(int(sys.argv[3])):
    answer = Answer("甲", "甲", False, "没有" * 2000)
    file.append(Feedback.now("right", f"{sys.argv[2]}-{n}", answer))
"""


def written(script: str, path: Path) -> list[str]:
    """Have two processes write, and return what they should have written."""
    started = [
        subprocess.Popen([sys.executable, "-c", script, str(path), who, str(LINES)], cwd=ROOT,
                         stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        for who in "ab"
    ]  # fmt: skip
    for process in started:  # both are ready before one begins
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
    for process in started:
        assert process.stdin is not None
        process.stdin.close()
    with started[0], started[1]:
        assert [process.wait(120) for process in started] == [0, 0]
    return sorted(f"{who}-{n}" for who in "ab" for n in range(LINES))


def test_the_access_log_loses_no_line_as_it_is_begun_anew(tmp_path: Path) -> None:
    expected = written(_LOGGING, tmp_path / "access.jsonl")
    files = list(tmp_path.glob("access.jsonl*"))
    lines = [line for file in files for line in file.read_text().splitlines()]
    assert sorted(json.loads(line)["n"] for line in lines) == expected
    assert len(files) > 2


def test_judgements_do_not_mix(tmp_path: Path) -> None:
    expected = written(_JUDGING, tmp_path / "feedback.jsonl")
    assert sorted(f.question for f in FeedbackFile(tmp_path / "feedback.jsonl")) == expected
