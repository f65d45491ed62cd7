import json
import os
from pathlib import Path

import pytest

from tests.jinwen import Jinwen
from ui.web.accessfile import AccessLog, purge

_NOON = 1_780_000_000.0 - 1_780_000_000.0 % 86_400 + 43_200  # of a day in 2026
_DAY = 86_400


def _lines(path: Path) -> list[int]:
    return [json.loads(line)["n"] for line in path.read_text().splitlines()]


def _written(path: Path, log: AccessLog, n: int, when: float) -> None:
    log.write({"n": n})
    os.utime(path, (when, when))


def test_a_line_is_json_with_the_time(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    AccessLog(None, clock=lambda: _NOON).write({"route": "/api/ask"})
    told = json.loads(capsys.readouterr().out)
    assert told == {"time": "2026-05-28T12:00:00.000+00:00", "route": "/api/ask"}


def test_a_full_file_and_one_of_yesterday_are_put_aside(tmp_path: Path) -> None:
    now = [_NOON]
    path = tmp_path / "logs" / "access.jsonl"
    log = AccessLog(path, most=120, clock=lambda: now[0])
    _written(path, log, 1, _NOON)
    _written(path, log, 2, _NOON)  # 49 bytes each
    _written(path, log, 3, _NOON)
    assert _lines(path) == [1, 2, 3]
    assert path.stat().st_mode & 0o777 == 0o600
    _written(path, log, 4, _NOON)
    assert _lines(path) == [4]
    now[0] += _DAY
    log.write({"n": 5})
    assert _lines(path) == [5]
    aside = sorted(path.parent.glob("access.jsonl.*"))
    assert [_lines(file) for file in aside] == [[1, 2, 3], [4]]


def test_a_log_that_cannot_be_written_fails_nothing_and_says_so_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("")
    log = AccessLog(tmp_path / "file" / "access.jsonl")
    log.write({"n": 1})
    log.write({"n": 2})
    assert capsys.readouterr().err.count("写不了访问日志") == 1


def test_purging_deletes_what_is_older_and_nothing_else(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    ages = {"a.jsonl": 0, "a.jsonl.20260501-1": 3, "a.jsonl.20260401-1": 8, "a.jsonl.txt": 9,
            "b.jsonl": 9}  # fmt: skip
    now = 1_780_000_000.0
    for name, days in ages.items():
        (tmp_path / name).write_text("{}\n")
        os.utime(tmp_path / name, (now - days * _DAY,) * 2)
    assert [p.name for p in purge(tmp_path / "a.jsonl", 7, now)] == ["a.jsonl.20260401-1"]
    assert sorted(p.name for p in tmp_path.iterdir()) == [
        "a.jsonl", "a.jsonl.20260501-1", "a.jsonl.txt", "b.jsonl",
    ]  # fmt: skip
    jinwen = Jinwen(tmp_path, capsys)
    monkeypatch.setenv("JINWEN_ACCESS_LOG", "-")
    status, _, err = jinwen("logs", "purge", "--days", "7")
    assert status == 1
    assert "JINWEN_ACCESS_LOG" in err
    monkeypatch.setenv("JINWEN_ACCESS_LOG", "a.jsonl")
    os.utime(tmp_path / "a.jsonl.20260501-1", (0, 0))
    told = jinwen.json("logs", "purge", "--days", "1")
    assert str(tmp_path / "a.jsonl.20260501-1") in told["removed"]
