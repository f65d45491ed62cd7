"""Scopes and facts on the command line, over several reports."""

import json
import shutil
from pathlib import Path

import pytest

from rag.assembly import Assembly
from tests.jinwen import Jinwen


@pytest.fixture
def jinwen(provinces: Assembly, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Jinwen:
    home = tmp_path / "home"
    shutil.copytree(provinces.config.home, home)
    return Jinwen(home, capsys)


def test_the_list_says_what_each_document_is(jinwen: Jinwen) -> None:
    found = {d["id"]: d for d in jinwen.json("index", "list")}
    assert found["hubei"]["place"] == "湖北省"
    assert (found["hubei"]["year"], found["hubei"]["date"]) == (2026, "2026-01-24")
    assert found["hubei"]["kind"] == "work_report"
    assert found["hubei"]["read_from"].startswith("类别：正文；会议：正文")
    _, out, _ = jinwen("index", "list")
    assert "hubei\t湖北省2026年政府工作报告\t湖北省\t2026\t2026-01-24\twork_report\t" in out


def test_questions_searches_checks_and_targets_keep_to_a_scope(jinwen: Jinwen) -> None:
    answer = jinwen.json("ask", "今年GDP增长目标是多少", "--place", "陕西")
    assert answer["short_answer"] == "增长5.5%—6%"
    assert answer["citations"][0]["place"] == "陕西省"
    assert answer["citations"][0]["year"] == 2026
    hits = jinwen.json("search", "城镇新增就业", "--place", "鄂", "--year", "2025")
    assert {hit["document_id"] for hit in hits} == {"hubei-2025"}
    check = jinwen.json("check", "城镇新增就业70万人", "--document", "hubei")
    assert [match["document_id"] for match in check["matches"]] == ["hubei"]
    targets = jinwen.json("targets", "--place", "湖南", "--place", "山西")
    assert {target["document_id"] for target in targets} == {"hunan", "shanxi"}


def test_a_scope_without_documents_is_a_refusal_or_a_clear_line(jinwen: Jinwen) -> None:
    answer = jinwen.json("ask", "今年GDP增长目标是多少", "--place", "广东")
    assert (answer["answered"], answer["refusal"]) == (False, "out_of_scope")
    for command in (("targets",), ("check", "城镇新增就业70万人")):
        status, _, err = jinwen(*command, "--place", "广东")
        assert status == 1
        assert "所选的范围里没有报告，收录的有：山西省2026年政府工作报告" in err


def test_lines_of_a_batch_may_have_a_scope_of_their_own(jinwen: Jinwen, tmp_path: Path) -> None:
    lines = [
        {"id": 1, "question": "今年GDP增长目标是多少", "places": ["湖南"]},
        {"id": 2, "question": "今年GDP增长目标是多少"},
        {"id": 3, "question": "今年GDP增长目标是多少", "places": "湖南"},
        {"id": 4, "question": "经济增长目标是多少", "places": ["湖北"], "years": [2025]},
    ]
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text("\n".join(json.dumps(line) for line in lines))
    status, _, err = jinwen("ask", "--batch", str(source), "--out", str(out), "--place", "陕西")
    assert status == 0, err
    told = [json.loads(line) for line in out.read_text().splitlines()]
    assert [line["short_answer"] for line in told] == [
        "增长6%以上", "增长5.5%—6%", None, "增长6%左右",
    ]  # fmt: skip
    assert "places 应是文字的列表" in told[2]["answer"]


def test_doctor_names_documents_of_which_place_or_year_are_not_known(
    jinwen: Jinwen, tmp_path: Path
) -> None:
    assert jinwen.json("doctor")["unplaced"] == []
    file = tmp_path / "note.txt"
    file.write_text("新建口袋公园50个。")
    jinwen("index", "add", str(file))
    assert jinwen.json("doctor")["unplaced"] == ["note"]
    _, out, _ = jinwen("doctor")
    assert "1 份文档没有读出地区或年份：note，可用 jinwen index set 补上" in out


def test_facts_can_be_set_and_given_on_adding(jinwen: Jinwen, tmp_path: Path) -> None:
    file = tmp_path / "note.txt"
    file.write_text("新建口袋公园50个。")
    added = jinwen.json(
        "index",
        "add",
        str(file),
        "--place",
        "澜溪市",
        "--year",
        "2026",
        "--title",
        "澜溪市公园计划",
    )
    assert added["added"] == ["note"]
    jinwen.json("index", "set", "note", "--date", "2026-03-01", "--kind", "plan")
    (note,) = (d for d in jinwen.json("index", "list") if d["id"] == "note")
    assert (note["title"], note["place"], note["year"]) == ("澜溪市公园计划", "澜溪市", 2026)
    assert (note["date"], note["kind"]) == ("2026-03-01", "plan")
    again = jinwen.json("index", "add", str(_copy(file, "同名", "note2.txt")))
    assert (again["added"], again["repeated"]) == ([], [["note2.txt", "note"]])


@pytest.mark.parametrize(
    "arguments",
    [
        ("index", "set", "hubei"), ("index", "set", "hubei", "--date", "明天"),
        ("index", "set", "hubei", "--kind", "x"), ("ask", "甲", "--year", "今年"),
    ],
)  # fmt: skip
def test_wrong_facts_are_wrong_usage(jinwen: Jinwen, arguments: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit) as caught:
        jinwen(*arguments)
    assert caught.value.code == 2


def _copy(file: Path, folder: str, name: str) -> Path:
    copy = file.parent / folder / name
    copy.parent.mkdir()
    copy.write_text(file.read_text())
    return copy
