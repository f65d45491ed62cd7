"""`jinwen check`, on an index that a toy model made: the check needs no model at all."""

import io
import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from corpus.documents import Document
from index.embedders import Embedder
from index.store import Store
from index.upkeep import Upkeep
from rag.wording.checker import Checker
from ui.cli.checking import _plain
from ui.cli.main import main

GAS = "今年改造燃气管网623公里、供热管网150公里、供水管网30公里。"
PLACE = "天津市人民政府工作报告（2024年1月23日） · (二)全力促进科技创新、产业焕新、城市更新"


@pytest.fixture(scope="module")
def indexed(toy: Embedder, tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    Upkeep(Store(home / "index"), toy).rebuild()
    return home


@pytest.fixture
def jinwen(indexed: Path, home: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    shutil.copytree(indexed, home)

    def run(*arguments: str) -> tuple[int, str, str]:
        status = main(["--home", str(home), "check", *arguments])
        out, err = capsys.readouterr()
        return status, out, err

    return run


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (GAS, ["一字不差"]),
        (
            GAS.replace("、", "，"),
            ["仅标点空格不同", "  只有标点不同", f"    原文：{GAS}"],
        ),
        (
            GAS.replace("623", "632"),
            ["有出入", "    今年改造燃气管网【632公里，原文：623公里】‼、供热"],
        ),
        (GAS.replace("今年", "今年不再"), ["有出入", "    今年【多出：不再】‼改造燃气管网623公里"]),
        (
            "国家科技型中小企业新增1000家",
            ["有出入", "    国家科技型中小企业【少了：各】‼新增1000家"],
        ),
        ("新增养老床位3000张", ["查无此句", "  报告里没有这句话，下面是最接近的原句"]),
    ],
)
def test_the_verdict_and_the_difference_are_read_at_a_glance(
    jinwen: Any, text: str, lines: list[str]
) -> None:
    status, out, _ = jinwen(text)
    printed = out.splitlines()
    assert (status, printed[0]) == (0, lines[0])
    assert all(any(line.startswith(want) for line in printed) for want in lines)
    assert any("（第 " in line and line.startswith(f"  {PLACE[:10]}") for line in printed)
    assert ("‼ 表示" in out) == ("‼" in lines[-1])


def test_several_sentences_are_numbered_and_counted(jinwen: Any) -> None:
    text = "全市技术合同成交额突破2000亿元。明年新建提升口袋公园50个。新增养老床位3000张。"
    printed = jinwen(text)[1].splitlines()
    assert printed[0] == "有出入（共 3 句：1 句一字不差，1 句有出入，1 句查无此句）"
    assert "1. 一字不差：全市技术合同成交额突破2000亿元。" in printed
    assert "2. 有出入：明年新建提升口袋公园50个。" in printed
    assert sum(line.startswith("    原文：") for line in printed) == 1  # the nearest one alone


def test_places_of_the_same_words_are_counted_not_listed() -> None:
    texts = ["新建口袋公园六十座。", *["新建口袋公园五十座。"] * 3]
    checker = Checker([Document(str(k), f"报告{k}", text) for k, text in enumerate(texts)])
    assert list(_plain(checker.check("新建口袋公园五十座。", preferred=frozenset("0")))) == [
        "有出入",
        "  另一份报告里有一字不差的原文：报告1 · 第 1 段（第 1—10 字）",
        "  报告0 · 第 1 段（第 1—10 字）",
        "    新建口袋公园【五十座，原文：六十座】‼。",
        "  报告1 · 第 1 段（第 1—10 字）",
        "    另有 2 处相同（2 份报告）",
        "    原文：新建口袋公园五十座。",
        "（‼ 表示数字、单位、范围、否定或动词上的重要差别）",
    ]


def test_remarks_on_a_sentence_stand_under_it() -> None:
    documents = [Document("d", "标题", "改造旧楼三百栋，惠及十二万户居民。另有说明。")]
    found = Checker(documents).check("惠及十二万户居民，改造旧楼三百栋。新增养老床位三千张。")
    printed = list(_plain(found))
    assert printed[printed.index("1. 有出入：惠及十二万户居民，改造旧楼三百栋。") + 1] == (
        "  各项相同，只是顺序不同"
    )
    assert "2. 查无此句：新增养老床位三千张。" in printed


def test_json_has_the_fields_of_the_contract_and_true_offsets(jinwen: Any, indexed: Path) -> None:
    found = json.loads(jinwen(GAS.replace("623", "632"), "--json")[1])
    (match,) = found["matches"]
    shown = subprocess.run(
        [sys.executable, "-m", "ui.cli.main", "--home", str(indexed), "show", "tianjin-2024"],
        capture_output=True, check=True, cwd=Path(__file__).parents[2],
    ).stdout.decode()  # fmt: skip
    assert set(found) >= {"text", "verdict", "matches", "parts"}
    assert set(match) >= {
        "document_id", "title", "section", "start", "end", "quote", "similarity", "diff",
    }  # fmt: skip
    assert shown[match["start"] : match["end"]] == match["quote"] == GAS
    changed = {"op": "replace", "pasted": "632公里", "source": "623公里", "grave": True}
    assert changed in match["diff"]


def test_a_text_is_read_from_standard_input(jinwen: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"  {GAS}\n"))
    assert jinwen("-")[1].startswith("一字不差\n")


def test_a_batch_keeps_order_and_ids_and_calls_what_cannot_be_checked_absent(
    jinwen: Any, tmp_path: Path
) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    texts = [GAS, "", "公园", "\ud800新建提升口袋公园50个", "长" * 60_000]
    lines = [json.dumps({"id": k, "text": text}) for k, text in enumerate(texts)]
    source.write_text("\n".join(lines))
    assert jinwen("--batch", str(source), "--out", str(target))[:2] == (0, "")
    checks = [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]
    assert [check["id"] for check in checks] == [0, 1, 2, 3, 4]
    verdicts = [check["verdict"] for check in checks]
    assert verdicts == ["exact", "absent", "absent", "exact_ignoring_punctuation", "absent"]
    assert "文字太短" in checks[1]["notes"][0]
    assert "太长了" in checks[4]["notes"][0]


@pytest.mark.parametrize("text", ["", "公园", "，。、；"])
def test_a_text_too_short_is_one_clear_line(jinwen: Any, text: str) -> None:
    status, out, err = jinwen(text)
    assert (status, out) == (1, "")
    assert err == "jinwen: 文字太短，请给出至少 4 个字（标点和空格不算）\n"


@pytest.mark.parametrize("arguments", [(), ("x", "--batch", "y", "--out", "z"), ("--batch", "y")])
def test_wrong_usage_is_status_2(jinwen: Any, arguments: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit) as stopped:
        jinwen(*arguments)
    assert stopped.value.code == 2


def test_a_missing_index_says_what_to_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--home", str(tmp_path / "nothing"), "check", GAS]) == 1
    assert capsys.readouterr().err == "jinwen: 还没有索引，请先运行 jinwen index build\n"


def test_no_embedding_model_is_loaded(jinwen: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JINWEN_EMBEDDING_MODEL", "/nowhere/model")
    monkeypatch.setenv("JINWEN_MODELS", "/nowhere/models")
    assert jinwen(GAS)[0] == 0
