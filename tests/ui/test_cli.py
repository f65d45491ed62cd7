"""The commands of the contract, in one process each call of `main`; a real index behind them."""

import json
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from index.bundled.folder import FOLDER
from rag.assembly import Assembly
from tests.jinwen import Jinwen

GAS = "今年要改造多少公里燃气管网？"


@pytest.fixture
def jinwen(assembly: Assembly, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Jinwen:
    home = tmp_path / "home"
    shutil.copytree(assembly.config.home, home)
    return Jinwen(home, capsys)


def test_ask_prints_the_answer_and_where_it_stands(jinwen: Jinwen) -> None:
    status, out, _ = jinwen("ask", GAS)
    assert status == 0
    assert "今年改造燃气管网623公里、供热管网150公里、供水管网30公里。[1]" in out
    assert "持续释放城市更新生产力 · 完善城市设施和服务功能" in out


def test_ask_json_has_the_fields_of_the_contract_and_true_offsets(jinwen: Jinwen) -> None:
    answer = jinwen.json("ask", GAS)
    _, text, _ = jinwen("show", "tianjin-2024")
    assert set(answer) >= {
        "question", "resolved_question", "answered", "answer", "short_answer", "refusal",
        "citations", "related", "mode", "warnings", "index_version", "timings_ms",
    }  # fmt: skip
    for citation in answer["citations"]:
        assert set(citation) >= {"n", "document_id", "title", "section", "start", "end", "quote"}
        assert text[citation["start"] : citation["end"]] == citation["quote"]


def test_a_refusal_is_done_not_failed(jinwen: Jinwen) -> None:
    answer = jinwen.json("ask", "红烧肉怎么做")
    assert (answer["answered"], answer["refusal"]) == (False, "off_topic")


def test_a_model_is_started_for_what_it_is_to_word_and_nothing_else(
    jinwen: Jinwen, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("JINWEN_LOCAL_MODEL", str(tmp_path / "none.gguf"))
    for arguments in (("红烧肉怎么做",), (GAS, "--extractive"), (GAS, "--explain")):
        status, _, err = jinwen("ask", *arguments)
        assert (status, err) == (0, "")
    status, out, err = jinwen("ask", GAS)
    assert "语言模型用不了" in err
    assert (status, out.splitlines()[0]) == (0, "623公里[1]")


def test_what_cannot_be_measured_is_not(
    jinwen: Jinwen, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for set_name, option in (("wording", "--generate"), ("targets", "--hints=reword")):
        status, _, err = jinwen("eval", "run", "--set", set_name, option, "--out", str(tmp_path))
        assert (status, "只在本机评测" in err) == (1, True)
    asked = ("eval", "run", "--set", "smoke", "--hints", "reword", "--out", str(tmp_path))
    assert "JINWEN_CHAT_HINTS" in jinwen(*asked, "--url", "http://127.0.0.1:9")[2]
    assert "没有设语言模型" in jinwen(*asked)[2]


def test_ask_batch_keeps_order_and_ids_and_turns_bad_questions_into_refusals(
    jinwen: Jinwen, tmp_path: Path
) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    questions: list[dict[str, Any]] = [
        {"id": "a", "question": GAS},
        {"id": 2, "question": ""},
        {"id": "c", "question": "\ud800口袋公园新建几个", "history": [["x", "y"], "bad"]},
        {"id": "d", "question": "长" * 100_000},
    ]
    source.write_text("".join(json.dumps(q) + "\n" for q in questions) + "\n")
    status, out, _ = jinwen("ask", "--batch", str(source), "--out", str(target))
    answers = [json.loads(line) for line in target.read_text().splitlines()]
    assert (status, out) == (0, "")
    assert [a["id"] for a in answers] == ["a", 2, "c", "d"]
    assert [a["answered"] for a in answers] == [True, False, True, False]
    assert [a["refusal"] for a in answers] == [None, "bad_question", None, "bad_question"]


def test_a_bad_batch_names_the_line_and_leaves_no_output(jinwen: Jinwen, tmp_path: Path) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text('{"id": 1, "question": "x"}\n{"id": 2}\n')
    status, _, err = jinwen("ask", "--batch", str(source), "--out", str(target))
    assert status == 1
    assert "第 2 行" in err
    assert sorted(p.name for p in tmp_path.iterdir()) == ["home", "in.jsonl"]


def test_search_gives_hits_that_are_slices(jinwen: Jinwen, tmp_path: Path) -> None:
    hits = jinwen.json("search", "口袋公园", "-k", "3")
    _, text, _ = jinwen("show", "tianjin-2024")
    assert [hit["rank"] for hit in hits] == [1, 2, 3]
    assert "口袋公园50个" in hits[0]["text"]
    for hit in hits:
        assert set(hit) >= {"rank", "score", "document_id", "title", "section", "start", "end"}
        assert text[hit["start"] : hit["end"]] == hit["text"]
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text('{"id": "q", "query": "口袋公园"}\n{"id": "e", "query": ""}\n')
    jinwen("search", "--batch", str(source), "--out", str(target), "-k", "3")
    first, empty = map(json.loads, target.read_text().splitlines())
    assert first == {"id": "q", "hits": hits}
    assert empty == {"id": "e", "hits": []}


def test_documents_are_added_listed_removed_and_brought_back(
    jinwen: Jinwen, tmp_path: Path
) -> None:
    first = jinwen.json("index", "versions")[0]["version"]
    (tmp_path / "more.jsonl").write_text(
        '{"id": "m1", "title": "补充", "text": "新建滑冰馆9座。"}\n'
    )
    assert jinwen.json("index", "add", str(tmp_path / "more.jsonl"))["added"] == ["m1"]
    assert [d["id"] for d in jinwen.json("index", "list")] == ["tianjin-2024", "m1"]
    assert jinwen("show", "m1")[1] == "新建滑冰馆9座。"
    assert jinwen.json("index", "remove", "m1")["removed"] == ["m1"]
    assert [d["id"] for d in jinwen.json("index", "list")] == ["tianjin-2024"]
    second = jinwen.json("index", "versions")[1]["version"]
    jinwen.json("index", "rollback", second)
    assert [d["id"] for d in jinwen.json("index", "list")] == ["tianjin-2024", "m1"]
    jinwen.json("index", "rollback", first)
    assert jinwen.json("index", "verify")["version"] == first


def test_an_empty_home_holds_only_what_is_added(jinwen: Jinwen, tmp_path: Path) -> None:
    jinwen.home = tmp_path / "other"
    jinwen.json("index", "build", "--empty")
    assert jinwen.json("index", "list") == []
    assert jinwen.json("ask", GAS)["refusal"] == "not_in_documents"
    (tmp_path / "a.txt").write_text("新建滑冰馆9座。")
    jinwen.json("index", "add", str(tmp_path / "a.txt"))
    assert jinwen.json("search", "滑冰馆")[0]["text"] == "新建滑冰馆9座。"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("ask", ""), "请输入一个问题"),
        (("ask", "长" * 100_000), "太长了，请缩短到 500 字以内"),
        (("show", "nothing"), "没有文档“nothing”，可用 jinwen index list 查看"),
        (("index", "remove", "nothing"), "没有文档“nothing”"),
        (("index", "rollback", "../../etc"), "没有版本"),
        (("index", "add", "/nowhere/a.txt"), "找不到“/nowhere/a.txt”，请检查路径"),
        (("index", "add", "/etc/hostname"), "不支持“hostname”的格式"),
        (("ask", "--batch", "/nowhere.jsonl", "--out", "/tmp/x.jsonl"), "读写失败“/nowhere.jsonl”"),
    ],
)
def test_what_fails_is_one_clear_line(
    jinwen: Jinwen, arguments: tuple[str, ...], said: str
) -> None:
    status, out, err = jinwen(*arguments)
    assert (status, out) == (1, "")
    assert said in err
    assert err.count("\n") == 1


@pytest.mark.parametrize("arguments", [(), ("ask",), ("nope",), ("search", "x", "-k", "0"),
                                       ("ask", "x", "--batch", "y")])  # fmt: skip
def test_wrong_usage_is_status_2(jinwen: Jinwen, arguments: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit) as stopped:
        jinwen(*arguments)
    assert stopped.value.code == 2


def test_a_missing_index_says_what_to_run(jinwen: Jinwen, tmp_path: Path) -> None:
    jinwen.home = tmp_path / "nothing"
    assert jinwen("ask", GAS)[::2] == (1, "jinwen: 还没有索引，请先运行 jinwen index build\n")


def test_a_damaged_index_names_the_file_and_the_way_out(jinwen: Jinwen) -> None:
    (vectors,) = jinwen.home.glob("index/versions/*/vectors.faiss")
    vectors.write_bytes(vectors.read_bytes()[:-1] + b"\xff")
    status, _, err = jinwen("ask", GAS)
    assert status == 1
    assert "vectors.faiss”已损坏，请运行 jinwen index build 重建" in err
    jinwen.json("index", "build")
    assert jinwen.json("ask", GAS)["answered"]


def test_an_index_of_another_model_is_refused_with_both_names(
    jinwen: Jinwen, monkeypatch: pytest.MonkeyPatch, models: Path
) -> None:
    folder = models / FOLDER
    monkeypatch.setenv("JINWEN_EMBEDDING_MODEL", str(folder))
    status, _, err = jinwen("ask", GAS)
    assert status == 1
    assert f"索引的嵌入模型是“{FOLDER}”，当前是“{folder}”" in err
    assert "jinwen index build" in err


def test_a_home_that_cannot_be_written_loses_nothing(jinwen: Jinwen, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    jinwen.home = tmp_path / "file"
    status, _, err = jinwen("index", "build")
    assert status == 1
    assert "读写失败" in err
    assert "请检查权限和磁盘空间" in err


@pytest.mark.parametrize(
    ("variable", "value"), [("JINWEN_PORT", "abc"), ("JINWEN_THREADS", "0"), ("JINWEN_PORT", "0")]
)
def test_a_setting_that_is_not_right_is_named(
    jinwen: Jinwen, monkeypatch: pytest.MonkeyPatch, variable: str, value: str
) -> None:
    monkeypatch.setenv(variable, value)
    status, _, err = jinwen("index", "list")
    assert (status, err) == (1, f"jinwen: 环境变量或 .env 里的 {variable} 取值不对，请改正后重试\n")


def test_versions_can_be_listed_and_taken_back_when_the_pointer_is_damaged(jinwen: Jinwen) -> None:
    (version,) = [v["version"] for v in jinwen.json("index", "versions")]
    (jinwen.home / "index" / "current").write_bytes(b"\xff garbage")
    assert jinwen.json("index", "versions") == [{"version": version, "current": False}]
    assert jinwen.json("index", "rollback", version)["version"] == version
    assert jinwen.json("ask", GAS)["answered"]


def test_batch_output_follows_links_and_leaves_neighbours_alone(
    jinwen: Jinwen, tmp_path: Path
) -> None:
    source, target, link = tmp_path / "in.jsonl", tmp_path / "real.jsonl", tmp_path / "link.jsonl"
    neighbour = tmp_path / "real.jsonl.partial"
    source.write_text('{"id": 1, "query": "口袋公园"}\n')
    target.write_text("old")
    neighbour.write_text("mine")
    link.symlink_to(target)
    assert jinwen("search", "--batch", str(source), "--out", str(link))[0] == 0
    assert link.is_symlink()
    assert json.loads(target.read_text())["id"] == 1
    assert neighbour.read_text() == "mine"
    assert jinwen("search", "--batch", str(source), "--out", os.devnull)[0] == 0
    assert Path(os.devnull).is_char_device()


def test_eval_runs_and_compares(jinwen: Jinwen, tmp_path: Path) -> None:
    out = str(tmp_path / "run")
    summary = jinwen.json("eval", "run", "--set", "smoke", "--out", out, "--gates")
    assert summary["questions"] == 30
    assert jinwen.json("eval", "compare", out, out)["changes"] == []
    status, _, err = jinwen("eval", "compare", out, str(tmp_path))
    assert status == 1
    assert "请先运行 jinwen eval run" in err


def test_a_port_in_use_is_said_before_anything_is_loaded(jinwen: Jinwen) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        status, _, err = jinwen("serve", "--port", port)
    assert status == 1
    assert f"无法在 127.0.0.1:{port} 上提供服务" in err
    assert "make run PORT=" in err


def test_doctor_tells_what_is_there_and_what_is_wrong(jinwen: Jinwen, tmp_path: Path) -> None:
    report = jinwen.json("doctor")
    assert report["problems"] == []
    assert report["packages"]["faiss-cpu"]
    assert "1 份文档" in report["index"]
    jinwen.home = tmp_path / "nothing"
    status, _, err = jinwen("doctor")
    assert status == 1
    assert "还没有索引" in err


def test_a_question_imports_neither_torch_nor_the_web(assembly: Assembly) -> None:
    program = (
        "import sys; from ui.cli.main import main\n"
        f"main(['--home', {str(assembly.config.home)!r}, 'ask', '口袋公园新建几个'])\n"
        "heavy = {'torch', 'transformers', 'sentence_transformers', 'gradio', 'langchain',"
        " 'langchain_core', 'sklearn', 'onnx'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    environment = {**os.environ, "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, env=environment, check=True
    )
    assert done.stdout.strip().endswith("[]")
