"""From a home of an earlier program to this one: nothing that was added is lost."""

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from corpus.loaders import load
from index import contents
from index.embedders import EmbedderChoice
from index.manifest import FORMAT, digest
from index.store import Store
from rag.assembly import Assembly, Config
from tests.jinwen import Jinwen
from ui.cli.common import build_if_missing

# What a document had when the format was 2, and a file that the index had then.
FIELDS_OF_2 = (
    "id", "title", "text", "format", "origin", "issuer", "date", "plan_year", "note",
)  # fmt: skip
COHORT = "cohort.npz"
REPORT = "江苏省2024年政府工作报告\n——2024年1月23日在江苏省人民代表大会上\n新建马术馆2座。\n"


@pytest.fixture(scope="module")
def built(models: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with two added documents and without the shipped report."""
    folder = tmp_path_factory.mktemp("upgrading")
    (folder / "甲.txt").write_text("新建滑冰馆9座。", encoding="utf-8")
    (folder / "乙.txt").write_text(REPORT, encoding="utf-8")
    made = _assembly(folder / "home", models)
    made.upkeep().replace(load([folder / "甲.txt", folder / "乙.txt"]))
    made.upkeep().set("甲", {"place": "广东省"})
    return folder / "home"


@pytest.fixture
def jinwen(
    built: Path, home: Path, models: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Jinwen:  # fmt: skip
    monkeypatch.setenv("JINWEN_MODELS", str(models))
    shutil.copytree(built, home)
    return Jinwen(home, capsys)


@pytest.fixture
def older(jinwen: Jinwen) -> Callable[..., str]:
    """Make the version in use one of another program; returns its name."""

    def make(documents: Callable[[dict[str, Any]], dict[str, Any]], **made: Any) -> str:
        store = Store(jinwen.home / "index")
        now = store.read(store.current())
        records = map(json.loads, now.files[contents.DOCUMENTS].decode().splitlines())
        lines = [json.dumps(documents(record), ensure_ascii=False) for record in records]
        files = {**now.files, contents.DOCUMENTS: ("\n".join(lines) + "\n").encode(),
                 COHORT: b"everyday questions"}  # fmt: skip
        hashes = {file: digest(data) for file, data in files.items()}
        with store.writing("test"):
            return store.publish(replace(now.manifest, files=hashes, **made), files)

    return make


@pytest.fixture
def of_format_2(older: Callable[..., str]) -> str:
    return older(
        lambda record: {name: record[name] for name in FIELDS_OF_2},
        format=2, chunking="sentences+clauses/2",
    )  # fmt: skip


def told(jinwen: Jinwen) -> list[tuple[str, str, str, int | None]]:
    listed = jinwen.json("index", "list")
    return [(d["id"], jinwen("show", d["id"])[1], d["place"], d["year"]) for d in listed]


def test_a_home_of_format_2_is_told_of_mended_by_one_command_and_keeps_all(
    jinwen: Jinwen, of_format_2: str
) -> None:
    way_out = "索引格式是 2，本程序需要 3，请运行 jinwen index build 重建"
    for command in (("doctor",), ("ask", "新建几座滑冰馆？")):
        status, _, err = jinwen(*command)
        assert (status, way_out in err) == (1, True)
    before = told(jinwen)
    built = jinwen.json("index", "build")
    assert (built["added"], built["lost"]) == (["甲", "乙"], [])
    assert [row[:2] for row in told(jinwen)] == [row[:2] for row in before]
    assert told(jinwen)[1][2:] == ("江苏省", 2024)  # read by this program of the same words
    assert jinwen.json("ask", "新建几座滑冰馆？")["short_answer"] == "9座"
    assert jinwen("doctor")[0] == 0
    versions = {v["version"]: v["current"] for v in jinwen.json("index", "versions")}
    assert (versions[built["version"]], versions[of_format_2]) == (True, False)


def test_nobody_goes_back_to_a_version_of_another_program(jinwen: Jinwen, of_format_2: str) -> None:
    built = jinwen.json("index", "build")["version"]
    status, _, err = jinwen("index", "rollback", of_format_2)
    assert (status, "另一版程序建的（格式 2，切分 sentences+clauses/2），不能回到它" in err) == (
        1,
        True,
    )
    assert "请恢复升级前的备份" in err
    assert Store(jinwen.home / "index").current() == built


def test_facts_set_by_hand_outlive_another_way_of_cutting(
    jinwen: Jinwen, older: Callable[..., str]
) -> None:
    older(dict, chunking="sentences+clauses/5")
    before = told(jinwen)
    assert before[0][2] == "广东省"
    jinwen.json("index", "build")
    assert told(jinwen) == before


def test_a_service_that_starts_builds_anew_what_an_earlier_program_made(
    jinwen: Jinwen, of_format_2: str, models: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = [row[:2] for row in told(jinwen)]
    build_if_missing(made := _assembly(jinwen.home, models))
    assert "索引是旧版程序建的，正在用其中的文档重建" in capsys.readouterr().err
    assert made.store.manifest(made.store.current()).format == FORMAT
    assert [row[:2] for row in told(jinwen)] == before
    version = made.store.current()
    build_if_missing(made)
    assert made.store.current() == version


def test_an_old_version_that_is_damaged_is_left_for_its_owner_to_see(
    jinwen: Jinwen, of_format_2: str, models: Path
) -> None:
    file = jinwen.home / "index" / "versions" / of_format_2 / contents.DOCUMENTS
    file.write_bytes(b"{}\n")
    build_if_missing(made := _assembly(jinwen.home, models))
    assert made.store.current() == of_format_2


def test_an_index_of_a_newer_program_is_not_written_over(
    jinwen: Jinwen, older: Callable[..., str], tmp_path: Path
) -> None:
    newer = older(lambda record: {**record, "mood": "good"}, format=FORMAT + 1)
    (tmp_path / "丙.txt").write_text("新建游泳馆4座。", encoding="utf-8")
    for command in (
        ("index", "build"), ("index", "add", str(tmp_path / "丙.txt")), ("index", "remove", "甲"),
        ("index", "list"), ("doctor",),
    ):  # fmt: skip
        status, _, err = jinwen(*command)
        assert (status, "请升级本程序或恢复备份" in err) == (1, True), (command, err)
    assert Store(jinwen.home / "index").current() == newer


def _assembly(home: Path, models: Path) -> Assembly:
    return Assembly(Config(home, EmbedderChoice(models=models)))
