"""`jinwen index add`: folders and patterns, what would happen, what happened, and watching."""

import json
import os
import select
import shutil
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from subprocess import PIPE, Popen
from time import monotonic

import docx
import pytest
from PIL import Image

from rag.assembly import Assembly
from tests.jinwen import Jinwen

DEADLINE = 90  # seconds until a watching process must have said what it is waited for


@pytest.fixture
def jinwen(assembly: Assembly, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Jinwen:
    home = tmp_path / "home"
    shutil.copytree(assembly.config.home, home)
    return Jinwen(home, capsys)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of four texts, one below another folder, a broken file and one of another kind."""
    root = tmp_path / "files"
    (root / "下层").mkdir(parents=True)
    (root / "a.txt").write_text("新建滑冰馆9座。")
    (root / "b.txt").write_text("新建射箭馆4座。")
    (root / "下层" / "c.md").write_text("新建攀岩馆3座。")
    (root / "twin.txt").write_text("新建射箭馆4座。")
    (root / "bad.docx").write_bytes(b"PK\x03\x04 nothing")
    (root / "old.doc").write_bytes(b"\xd0\xcf\x11\xe0")
    return root


def test_one_bad_file_is_named_and_the_others_go_in(jinwen: Jinwen, folder: Path) -> None:
    status, out, err = jinwen("index", "add", str(folder))
    assert status == 1
    assert "已添加 3 份文档：a、b、c" in out
    assert "“twin.txt”与“b”内容相同，只保留一份" in err
    assert "另有 1 个文件的格式不支持：old.doc（请用 Word 或 WPS 另存为 docx）" in err
    assert "无法解析“bad.docx”（文件损坏或过大），请另存为 txt 后再添加" in err
    assert err.rstrip().endswith(
        "1 个文件没有读成，其余的已在索引里，请按上面的说明处理后再添加它们"
    )
    assert jinwen.json("ask", "新建了几座攀岩馆？")["short_answer"] == "3座"


def test_json_says_what_became_of_each_file(jinwen: Jinwen, folder: Path) -> None:
    status, out, _ = jinwen("index", "add", str(folder), "--json")
    said = json.loads(out)
    assert status == 1
    assert said["added"] == ["a", "b", "c"]
    assert said["repeated"] == [["twin.txt", "b"]]
    assert [Path(failed["path"]).name for failed in said["failed"]] == ["bad.docx"]
    assert [Path(path).name for path in said["unsupported"]] == ["old.doc"]


def test_what_has_not_changed_makes_no_version_and_what_has_is_replaced(
    jinwen: Jinwen, folder: Path
) -> None:
    pattern = str(folder / "**" / "*.[tm][xd]*")
    first = jinwen.json("index", "add", pattern)
    again = jinwen.json("index", "add", pattern)
    assert (again["version"], again["added"]) == (first["version"], [])
    assert set(again["unchanged"]) == {"a", "b", "c"}
    (folder / "a.txt").write_text("新建滑冰馆12座。")
    changed = jinwen.json("index", "add", pattern)
    assert (changed["added"], set(changed["unchanged"])) == (["a"], {"b", "c"})
    assert changed["version"] != first["version"]
    assert jinwen("show", "a")[1] == "新建滑冰馆12座。"
    read_again = jinwen.json("index", "add", pattern, "--again")
    assert (read_again["version"], read_again["added"]) == (changed["version"], [])


def test_a_dry_run_says_what_would_happen_and_changes_nothing(jinwen: Jinwen, folder: Path) -> None:
    jinwen("index", "add", str(folder / "a.txt"), str(folder / "b.txt"))
    (folder / "b.txt").write_text("新建射箭馆5座。")
    before = jinwen.json("index", "versions")
    status, out, _ = jinwen("index", "add", str(folder), "--dry-run", "--json")
    fates = {Path(record["path"]).name: record["what"] for record in json.loads(out)}
    assert status == 1  # as adding would
    assert fates == {"a.txt": "unchanged", "b.txt": "replaced", "c.md": "new", "twin.txt": "new",
                     "bad.docx": "failed"}  # fmt: skip
    assert jinwen.json("index", "versions") == before
    _, out, err = jinwen("index", "add", str(folder), "--dry-run")
    assert f"替换 {folder / 'b.txt'}：8 字" in out
    assert f"失败 {folder / 'bad.docx'}：无法解析“bad.docx”" in out
    assert "old.doc（请用 Word 或 WPS 另存为 docx）" in err


def test_what_a_file_has_that_is_not_read_is_said(jinwen: Jinwen, tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("新建滑冰馆9座。")
    Image.new("RGB", (60, 60), "red").save(tmp_path / "red.png")
    document.add_picture(str(tmp_path / "red.png"))
    document.save(str(tmp_path / "a.docx"))
    preview = jinwen.json("index", "add", str(tmp_path / "a.docx"), "--dry-run")
    assert preview[0]["left_out"] == ["1 张图片"]
    added = jinwen.json("index", "add", str(tmp_path / "a.docx"))
    assert added["left_out"] == {"a": ["1 张图片"]}


def test_only_folders_can_be_watched(jinwen: Jinwen, folder: Path) -> None:
    with pytest.raises(SystemExit) as told:
        jinwen("index", "add", str(folder / "a.txt"), "--watch")
    assert told.value.code == 2


@pytest.fixture
def watching(jinwen: Jinwen, folder: Path) -> Iterator[Popen[bytes]]:
    command = [sys.executable, "-c", "from ui.cli.main import main; raise SystemExit(main())",
               "--home", str(jinwen.home), "index", "add", str(folder), "--watch"]  # fmt: skip
    paths = {"PYTHONPATH": os.pathsep.join(sys.path)}
    child = Popen(command, stdout=PIPE, stderr=PIPE, env=os.environ | paths)
    yield child
    child.kill()
    child.communicate()


def _until(child: Popen[bytes], words: str) -> str:
    """Return what a process says until it has said some words; fails after the deadline."""
    streams = [stream for stream in (child.stdout, child.stderr) if stream]
    said, end = b"", monotonic() + DEADLINE
    while words.encode() not in said:
        ready, _, _ = select.select(streams, [], [], max(0, end - monotonic()))
        assert ready, f"{words} was not said: {said.decode(errors='replace')}"
        chunks = [os.read(stream.fileno(), 65536) for stream in ready]
        assert any(chunks), f"it ended: {said.decode(errors='replace')}"
        said += b"".join(chunks)
    return said.decode(errors="replace")


def test_new_and_changed_files_of_a_watched_folder_go_in(
    jinwen: Jinwen, folder: Path, watching: Popen[bytes]
) -> None:
    _until(watching, "已添加 3 份文档")
    (folder / "new.txt").write_text("新建马术馆2座。")
    _until(watching, "已添加 1 份文档：new")
    (folder / "a.txt").write_text("新建滑冰馆12座。")
    _until(watching, "已添加 1 份文档：a")
    (folder / "b.txt").unlink()
    _until(watching, "“b.txt”已删除，文档仍在索引里；不要了请运行 jinwen index remove b")
    watching.send_signal(signal.SIGTERM)
    _until(watching, "已结束监视")
    assert watching.wait(DEADLINE) == 0
    assert jinwen.json("search", "马术馆")[0]["document_id"] == "new"
    assert jinwen("show", "a")[1] == "新建滑冰馆12座。"
    assert "b" in [document["id"] for document in jinwen.json("index", "list")]
