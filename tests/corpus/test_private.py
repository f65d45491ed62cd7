import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.private import private, private_folder


@pytest.fixture(autouse=True)
def _open_umask() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def test_what_is_made_is_its_owners_alone(tmp_path: Path) -> None:
    assert mode(private(tmp_path / "deep" / "file")) == 0o600
    assert mode(private_folder(tmp_path / "folder")) == 0o700


def test_what_others_could_read_is_taken_from_them_and_kept(tmp_path: Path) -> None:
    old, folder = tmp_path / "old", tmp_path / "folder"
    old.write_text("kept")
    folder.mkdir()
    assert (mode(old), mode(folder)) == (0o666, 0o777)
    assert (mode(private(old)), mode(private_folder(folder))) == (0o600, 0o700)
    assert old.read_text() == "kept"
