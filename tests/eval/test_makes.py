from pathlib import Path

import pytest

from corpus.errors import CorpusError, InputError
from eval.cases import Case, dump, load
from eval.sets import open_set
from tests.eval.govqa_lines import GOOD, HARVEST, PARKS, PLACES, TEXT, asked, two_reports, write


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return two_reports(tmp_path)


def test_evaluation_stops_at_bad_lines_and_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "甲省.txt").write_text(TEXT, encoding="utf-8")
    bad = [{**asked(GOOD, str(n)), "e": "小麦"} for n in range(5)]
    path = write(tmp_path / "甲省.jsonl", "{", *bad)
    with pytest.raises(InputError) as raised:
        open_set(str(path))
    told = str(raised.value)
    assert told.startswith("甲省.jsonl:1: 不是 JSON；甲省.jsonl:2: e“小麦”在报告里出现 0 次")
    assert told.endswith("；还有 3 行不对。请对照 eval/govqa.py 改好后重试")
    write(path, "")
    with pytest.raises(InputError, match="不是认得的题目文件"):
        open_set(str(path))
    with pytest.raises(InputError, match=r"“甲省\.jsonl”里没有题目"):
        open_set(str(tmp_path))


def test_a_missing_report_and_an_empty_folder_are_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"里没有 \.jsonl 题目文件"):
        open_set(str(tmp_path))
    path = write(tmp_path / "甲省.b.jsonl", GOOD)
    with pytest.raises(InputError, match=r"找不到“甲省\.b\.jsonl”的报告，请把 甲省\.txt 放在"):
        open_set(str(path))
    (tmp_path / "甲省.txt").write_text("", encoding="utf-8")
    with pytest.raises(CorpusError, match="没有文字"):
        open_set(str(path))


def test_a_folder_gives_a_world_a_report_in_name_order(folder: Path) -> None:
    chosen = open_set(str(folder))
    assert chosen.name == folder.name
    assert [[(d.id, d.text) for d in world.documents] for world in chosen.worlds] == [
        [("广东省", TEXT)], [("江苏省", TEXT)],
    ]  # fmt: skip
    ids = [case.id for case in chosen.worlds[1].cases]
    assert ids == [
        "江苏省-001-plain", "江苏省-001-paraphrase", "江苏省-001-third", "江苏省-001-near-1",
        "江苏省-002-plain", "江苏省-002-paraphrase", "江苏省-002-third", "江苏省-002-near-1",
        "江苏省-002-near-2",
        "江苏省.b-001-plain", "江苏省.b-001-paraphrase", "江苏省.b-001-third",
    ]  # fmt: skip


def test_a_file_alone_is_asked_of_its_report(folder: Path) -> None:
    chosen = open_set(str(folder / "江苏省.b.jsonl"))
    (world,) = chosen.worlds
    assert chosen.name == "江苏省.b"
    assert [d.id for d in world.documents] == ["江苏省"]
    assert [case.question for case in world.cases] == HARVEST["q"]


def test_a_line_makes_a_case_a_make_with_its_gold_sentence(folder: Path) -> None:
    figure, places = open_set(str(folder / "江苏省.jsonl")).worlds[0].cases[0::4][:2]
    start = TEXT.index(PARKS)
    assert figure == Case(
        "江苏省-001-plain", "生产总值增长多少？", "figure", True, ["5.2%"],
        spans=[("江苏省", TEXT.index("全省"), start)], make="plain",
    )  # fmt: skip
    assert (places.items, places.accept) == (["公园12个", "书房3座"], [])
    assert places.evidence_spans({"江苏省": TEXT}) == [("江苏省", start, start + len(PARKS))]


def test_several_spans_that_are_no_list_must_all_be_said(tmp_path: Path) -> None:
    (tmp_path / "甲省.txt").write_text(TEXT, encoding="utf-8")
    both = {**asked(PLACES, "甲"), "k": "compare"}
    one = {**asked(PLACES, "乙"), "a": ["书房3座"]}
    none = {**asked(PLACES, "丙"), "k": "how", "a": []}
    path = write(tmp_path / "甲省.jsonl", both, one, none)
    cases = open_set(str(path)).worlds[0].cases[::3]
    assert [(case.accept, case.items) for case in cases] == [
        (["公园12个、书房3座"], []), (["书房3座"], []), ([], []),
    ]  # fmt: skip


@pytest.mark.parametrize(("pole", "accepted"), [("yes", "是"), ("no", "否")])
def test_yes_and_no_are_accepted_as_such(tmp_path: Path, pole: str, accepted: str) -> None:
    (tmp_path / "甲省.txt").write_text(TEXT, encoding="utf-8")
    path = write(tmp_path / "甲省.jsonl", {**HARVEST, "y": pole})
    for case in open_set(str(path)).worlds[0].cases:
        assert (case.kind, case.accept, case.polar) == ("yesno", [accepted], True)


def test_near_misses_are_to_be_refused(folder: Path) -> None:
    near = open_set(str(folder / "广东省.jsonl")).worlds[0].cases[3]
    assert near == Case("广东省-001-near-1", "财政收入增长多少？", "near_miss", False, make="near")
    assert (near.refusal, near.evident) == (None, False)


def test_a_make_is_written_only_where_there_is_one(tmp_path: Path) -> None:
    cases = [Case("1", "问？", "figure", True), Case("2", "", "figure", True, make="third")]
    text = dump(cases)
    assert ["make" in line for line in text.splitlines()] == [False, True]
    (tmp_path / "cases.jsonl").write_text(text, encoding="utf-8")
    assert load(tmp_path / "cases.jsonl") == cases


def test_the_unseen_set_is_asked_of_two_made_up_cities() -> None:
    chosen = open_set("unseen")
    assert chosen.name == "unseen"
    assert [[d.id for d in world.documents] for world in chosen.worlds] == [
        ["lanxi_city"], ["lanzhou_city"],
    ]  # fmt: skip
    for world, name in zip(chosen.worlds, ("lanxi", "lanzhou"), strict=True):
        makes = [case.make for case in world.cases]
        assert makes.count("plain") == makes.count("paraphrase") == makes.count("third") > 0
        assert makes.count("near") > 0
        assert all(case.id.startswith(f"{name}-") for case in world.cases)
