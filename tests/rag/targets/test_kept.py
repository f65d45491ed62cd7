import json
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.documents import Document
from rag.targets import kept
from rag.targets.finder import targets
from rag.targets.kept import Kept

REPORT = Document("jia", "甲省2026年政府工作报告", "今年新建公园20个、增长4%—5%。", place="甲省")


def test_targets_are_read_back_as_they_were_found(tmp_path: Path) -> None:
    found = targets([REPORT])
    assert Kept(tmp_path).targets([REPORT]) == found
    assert Kept(tmp_path).targets([REPORT]) == found
    assert len(list(tmp_path.glob("*.json"))) == 1


def test_what_is_kept_is_not_found_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = Kept(tmp_path).targets([REPORT])
    monkeypatch.setattr(kept, "targets", lambda _: [])
    assert Kept(tmp_path).targets([REPORT]) == found


def test_another_year_place_or_rule_is_found_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Kept(tmp_path).targets([REPORT])
    (moved,) = {t.place for t in Kept(tmp_path).targets([replace(REPORT, place="乙省")])}
    assert moved == "乙省"
    assert len(list(tmp_path.glob("*.json"))) == 1  # the other has gone
    (before,) = tmp_path.glob("*.json")
    monkeypatch.setattr(kept, "rules", lambda: "others")
    Kept(tmp_path).targets([replace(REPORT, place="乙省")])
    assert list(tmp_path.glob("*.json")) != [before]


@pytest.mark.parametrize("damage", ["", "[1]", '[{"indicator": 1}]', "{"])
def test_a_damaged_file_is_made_anew(tmp_path: Path, damage: str) -> None:
    found = Kept(tmp_path).targets([REPORT])
    (file,) = tmp_path.glob("*.json")
    file.write_text(damage)
    assert Kept(tmp_path).targets([REPORT]) == found
    assert len(json.loads(file.read_text())) == len(found)


def test_a_home_that_cannot_be_written_is_done_without(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    assert Kept(blocked / "targets").targets([REPORT]) == targets([REPORT])
