"""How often somebody may ask, by a clock of the test's own."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from ui.ratefile import RateFile

NOW = 1_780_000_000.0


def admitted(file: RateFile, times: int, per_minute: int, now: float, who: str = "a") -> int:
    return [file.take(who, per_minute, now) for _ in range(times)].count(0.0)


@pytest.mark.parametrize(
    ("per_minute", "at_once"), [(1, 1), (7, 7), (30, 10), (60, 10), (600, 100)]
)
def test_a_few_questions_may_come_at_once_and_then_one_by_one(
    tmp_path: Path, per_minute: int, at_once: int
) -> None:
    file = RateFile(tmp_path / "r")
    assert admitted(file, at_once + 5, per_minute, NOW) == at_once
    step = 60 / per_minute
    assert file.take("a", per_minute, NOW) == pytest.approx(step, abs=0.01)
    assert admitted(file, 2, per_minute, NOW + step / 2) == 0  # asking on makes no wait longer
    assert admitted(file, 2, per_minute, NOW + step) == 1
    assert admitted(file, at_once + 5, per_minute, NOW + step + 60) == at_once


def test_each_is_counted_alone(tmp_path: Path) -> None:
    file = RateFile(tmp_path / "r")
    assert admitted(file, 3, 2, NOW, "a") == 2
    assert admitted(file, 3, 2, NOW, "b") == 2


def test_all_processes_of_a_home_count_together(tmp_path: Path) -> None:
    files = [RateFile(tmp_path / "r") for _ in range(3)]
    assert [admitted(file, 3, 7, NOW) for file in files] == [3, 3, 1]
    many = [RateFile(tmp_path / "s") for _ in range(4)]
    with ThreadPoolExecutor(8) as pool:
        waits = list(pool.map(lambda n: many[n % 4].take("a", 30, NOW), range(60)))
    assert waits.count(0.0) == 10


def test_a_clock_that_is_put_back_locks_nobody_out(tmp_path: Path) -> None:
    file = RateFile(tmp_path / "r")
    assert admitted(file, 3, 2, NOW) == 2
    assert admitted(file, 3, 2, NOW - 3600) == 2


def test_who_may_ask_again_is_forgotten(tmp_path: Path) -> None:
    file = RateFile(tmp_path / "r")
    for n in range(50):
        file.take(f"address:203.0.113.{n}", 60, NOW)
    file.take("b", 60, NOW + 61)
    with sqlite3.connect(tmp_path / "r") as base:
        assert base.execute("SELECT who FROM due").fetchall() == [("b",)]
    base.close()
    file.close()
    assert b"203.0.113." not in (tmp_path / "r").read_bytes()
    assert (tmp_path / "r").stat().st_mode & 0o777 == 0o600


def test_a_file_that_is_mended_is_used_again(tmp_path: Path) -> None:
    (tmp_path / "r").write_bytes(b"no database" * 500)
    file = RateFile(tmp_path / "r")
    with pytest.raises(sqlite3.DatabaseError):
        file.take("a", 1, NOW)
    (tmp_path / "r").unlink()
    assert admitted(file, 3, 2, NOW) == 2
