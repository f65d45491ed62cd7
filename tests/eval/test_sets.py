import json
from pathlib import Path

import pytest

from corpus.errors import InputError
from corpus.library import shipped
from eval.sets import open_set


def write(path: Path, *records: dict[str, object]) -> str:
    path.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records))
    return str(path)


def test_our_own_sets_are_asked_of_the_shipped_report() -> None:
    for name, size in (("tianjin", 389), ("smoke", 30)):
        (world,) = open_set(name).worlds
        assert len(world.cases) == size
        assert list(world.documents) == shipped()


def test_a_reading_set_knows_where_its_answers_stand(tmp_path: Path) -> None:
    write(tmp_path / "x_passages.jsonl", {"id": "p1", "title": "园", "text": "甲园建于1990年。"})
    questions = write(
        tmp_path / "x_questions.jsonl",
        {"id": "q1", "question": "何时建？", "answers": ["1990年"], "answer_starts": [4],
         "passage_id": "p1", "title": "园", "also_correct_passage_ids": []},
    )  # fmt: skip
    (world,) = open_set(questions).worlds
    (case,) = world.cases
    assert case.accept == ["1990年"]
    assert [(d.id, d.text) for d in world.documents] == [("p1", "甲园建于1990年。")]
    assert case.evidence_spans({"p1": "甲园建于1990年。"}) == [("p1", 4, 9)]


def test_rgb_is_asked_with_and_without_passages_that_answer(tmp_path: Path) -> None:
    record = {
        "id": 7,
        "query": "谁赢了？",
        "answer": ["甲队", ["乙队", "乙"]],
        "positive": ["甲队和乙队赢了。"] * 6,
        "negative": [f"第{i}段" for i in range(6)],
    }
    opened = open_set(write(tmp_path / "rgb.jsonl", record))  # fmt: skip
    clean, noisy, none = opened.worlds
    assert [case.id for world in opened.worlds for case in world.cases] == [
        "7@0.0",
        "7@0.8",
        "7@1.0",
    ]
    assert clean.cases[0].accept == ["甲队、乙队", "甲队、乙"]
    assert [d.text for d in noisy.documents] == [
        "甲队和乙队赢了。",
        *(f"第{i}段" for i in range(4)),
    ]
    assert not noisy.cases[0].evident
    assert len(clean.documents) == len(none.documents) == 5
    assert (none.cases[0].answerable, none.cases[0].accept) == (False, [])


def test_a_file_of_cases_is_asked_of_the_text_beside_it(tmp_path: Path) -> None:
    case = {"id": "1", "question": "建于何时？", "kind": "figure", "answerable": True}
    path = write(tmp_path / "own.jsonl", case)
    assert list(open_set(path).worlds[0].documents) == shipped()
    (tmp_path / "own.txt").write_text("甲园建于1990年。")
    assert [d.text for d in open_set(path).worlds[0].documents] == ["甲园建于1990年。"]


def test_what_is_no_set_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="没有题集“nothing”"):
        open_set("nothing")
    with pytest.raises(InputError, match=r"bad\.jsonl"):
        open_set(write(tmp_path / "bad.jsonl", {"a": 1}))
