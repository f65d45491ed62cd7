"""The desk's database, from the file of any earlier program to this one's."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from ui.ledger import database
from ui.ledger.database import Database


@pytest.mark.parametrize("version", range(len(database._STEPS) + 1))
def test_a_file_of_each_earlier_program_is_brought_up_and_loses_nothing(
    tmp_path: Path, version: int
) -> None:
    path = tmp_path / "desk.sqlite"
    with closing(sqlite3.connect(path, isolation_level=None)) as old:
        for step in database._STEPS[:version]:
            for statement in step:
                old.execute(statement)
        old.execute(f"PRAGMA user_version = {version}")
        if version:
            old.execute("INSERT INTO accounts VALUES ('王管', 'admin', 'hash', '2026-01-01')")
            old.execute("INSERT INTO audit VALUES (1, '2026-01-01', '王管', 'login', '', '成功')")
    for _ in range(2):  # the second time there is nothing left to do
        with Database(path).reading() as now:
            names = [row["name"] for row in now.execute("SELECT name FROM accounts")]
            told = [row["action"] for row in now.execute("SELECT action FROM audit")]
            (reached,) = now.execute("PRAGMA user_version").fetchone()
        assert (names, told) == ((["王管"], ["login"]) if version else ([], []))
        assert reached == len(database._STEPS)
