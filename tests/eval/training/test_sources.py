"""What is trained on: never a report held out, and nothing left out in silence."""

import json
import shutil
from pathlib import Path

import pytest

from corpus.errors import InputError
from eval.govqa import HELD_OUT
from eval.training.config import Config
from eval.training.examples import NO, SPAN, Report
from eval.training.sources import chosen, refuse_held_out, reports

NAME = "青海省"


@pytest.fixture
def own(data: Path, tmp_path: Path) -> Path:
    """A folder to change."""
    shutil.copytree(data, tmp_path / "govqa")
    return tmp_path / "govqa"


@pytest.mark.parametrize("report", HELD_OUT)
def test_a_report_held_out_is_refused_by_name_before_it_is_read(own: Path, report: str) -> None:
    (own / "reports" / f"{report}2026.txt").mkdir()  # what cannot even be opened
    with pytest.raises(InputError, match=f"“{report}2026.txt”属于留作评测的报告（{report}）"):
        refuse_held_out(own)


def test_nor_by_its_short_name(own: Path, config: Config) -> None:
    (own / "天津.jsonl").write_bytes(b"")
    with pytest.raises(InputError, match=r"“天津\.jsonl”属于留作评测的报告（天津市）"):
        reports(own, config.examples, print)


def test_bad_lines_are_told_and_left_out(own: Path, config: Config) -> None:
    path = own / f"{NAME}.jsonl"
    good = path.read_text(encoding="utf-8")
    bad = {"e": "新建口袋公园", "k": "figure", "a": ["51个"], "q": ["甲？", "乙？", "丙？"]}
    path.write_text(f"{good}{{\n{json.dumps(bad, ensure_ascii=False)}\n", encoding="utf-8")
    said: list[str] = []
    (found,) = reports(own, config.examples, said.append)
    assert said == [f"{NAME}.jsonl:13: 不是 JSON", f"{NAME}.jsonl:14: a“51个”不在 e 所在的句子里"]
    assert len(found.asked) == 12


def test_a_folder_of_bad_lines_is_refused(own: Path, config: Config) -> None:
    (own / f"{NAME}.jsonl").write_text("{\n", encoding="utf-8")
    said: list[str] = []
    with pytest.raises(InputError, match=r"没有一行可用的题目，请对照 eval/govqa\.py 改好后重试"):
        reports(own, config.examples, said.append)
    assert said == [f"{NAME}.jsonl:1: 不是 JSON"]


def test_answers_have_their_place_in_the_folded_sentence(made_up: Report) -> None:
    page = made_up.page
    texts = [[s.of(page.folded(a.sentence)[0]) for s in a.spans] for a in made_up.asked]
    assert texts[1] == ["50个"]
    assert texts[8] == ["西宁至成都铁路", "格尔木机场改扩建工程", "引黄济宁工程"]
    assert texts[11] == [page.folded(made_up.asked[11].sentence)[0]]  # no answer: the whole of it
    assert [made_up.asked[n].verdict for n in (1, 10)] == [SPAN, NO]
    assert made_up.document.title == "青海省2026年政府工作报告"


def test_reports_are_held_out_by_either_name(own: Path) -> None:
    shutil.copy(own / f"{NAME}.jsonl", own / "江苏省.b.jsonl")
    assert chosen(own, ("江苏",), None) == (["青海省"], ["江苏省"])
    assert chosen(own, (), 1) == (["江苏省"], [])
    with pytest.raises(InputError, match="没有报告“北京”，--hold-out 可用 江苏省、青海省"):
        chosen(own, ("北京",), None)
    with pytest.raises(InputError, match="没有可训练的"):
        chosen(own, ("江苏省", "青海"), None)
