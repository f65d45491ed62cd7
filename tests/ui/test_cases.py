import json
from pathlib import Path

import pytest

from corpus.errors import InputError
from corpus.library import shipped
from eval.cases import Case, load
from tests.jinwen import Jinwen
from ui.cases import CaseFile, Expected, expected

GAS = {"question": "今年改造多少公里燃气管网？", "accept": "623公里\n\n 623 公里 \n",
       "evidence": "今年改造燃气管网623公里", "note": " 老问题 "}  # fmt: skip


def test_what_is_typed_makes_a_case() -> None:
    made = expected(GAS, shipped())
    assert made == Expected(
        GAS["question"], ("623公里", "623 公里"), "今年改造燃气管网623公里", None, "老问题"
    )
    assert expected({"question": "红烧肉", "refusal": "off_topic"}, []).refusal == "off_topic"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"question": " "}, "没有看到问题"),
        ({"accept": " \n"}, "请写出应当回答什么"),
        ({"evidence": "今年改造燃气管网632公里"}, "一字不差地找不到"),
        ({"refusal": "off_topic"}, "应当拒答的问题没有答案和原文"),
        ({"refusal": "whatever", "accept": "", "evidence": ""}, "请选应当怎样拒答"),
        ({"note": "长" * 301}, "备注有 301 个字"),
        ({"accept": "\n".join("一二三四五六七八九十甲")}, "答案最多 10 种说法"),
    ],
)
def test_what_makes_no_case_is_told(changed: dict[str, str], said: str) -> None:
    with pytest.raises(InputError, match=said):
        expected({**GAS, **changed}, shipped())


def test_the_evaluation_reads_what_is_kept(tmp_path: Path) -> None:
    file = CaseFile(tmp_path)
    assert file.questions() == []
    first = file.append(expected(GAS, shipped()))
    file.path.open("ab").write(b'{"broken')  # a line cut off in a crash
    second = file.append(Expected("红烧肉怎么做", refusal="off_topic"))
    assert file.questions() == [GAS["question"], "红烧肉怎么做"]
    lines = [line for line in file.path.read_text(encoding="utf-8").splitlines() if "}" in line]
    file.path.write_text("\n".join(lines), encoding="utf-8")
    assert load(file.path) == [
        Case(first, GAS["question"], "desk", True, ["623公里", "623 公里"],
             ["今年改造燃气管网623公里"], note="老问题"),
        Case(second, "红烧肉怎么做", "desk", False, refusal="off_topic"),
    ]  # fmt: skip


def test_the_name_of_a_case_that_was_deleted_is_not_given_again(tmp_path: Path) -> None:
    """Two runs are compared by it."""
    file, case = CaseFile(tmp_path), Expected("红烧肉怎么做", refusal="off_topic")
    given = [file.append(case), file.append(case)]
    for left in (1, 0):
        lines = file.path.read_text(encoding="utf-8").splitlines(keepends=True)
        file.path.write_text("".join(lines[:left]), encoding="utf-8")
        given.append(file.append(case))
    assert len(set(given)) == 4


def test_jinwen_eval_runs_them(
    tmp_path: Path, models: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = CaseFile(tmp_path)
    ids = [
        file.append(expected(GAS, shipped())),
        file.append(Expected("红烧肉怎么做", refusal="off_topic")),
    ]
    out = tmp_path / "out"
    status, _, err = Jinwen(tmp_path, capsys)(
        "eval", "run", "--set", str(file.path), "--out", str(out)
    )
    assert status == 0, err
    records = [json.loads(line) for line in (out / "records.jsonl").read_text().splitlines()]
    assert [record["case"]["id"] for record in records] == ids
    assert [record["given"]["answered"] for record in records] == [True, False]
