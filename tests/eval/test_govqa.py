import json
from pathlib import Path
from typing import Any

import pytest

from eval.govqa import HELD_OUT, TRAINED_ON, Item, read_items, trained_on
from tests.eval.govqa_lines import GOOD, HARVEST, PLACES, TEXT, asked, write


def test_a_line_is_parsed_into_an_item(tmp_path: Path) -> None:
    path = write(tmp_path / "甲省.jsonl", GOOD, "", HARVEST)
    items, bad = read_items(path, TEXT)
    assert bad == []
    assert items[0] == Item(1, "生产总值增长", "figure", ("5.2%",), None, tuple(GOOD["q"]),
                            ("财政收入增长多少？",))  # fmt: skip
    assert (items[1].line, items[1].kind, items[1].yes, items[1].near) == (3, "yesno", False, ())


def test_a_byte_order_mark_and_windows_line_ends_do_not_matter(tmp_path: Path) -> None:
    path = tmp_path / "甲省.jsonl"
    lines = "\r\n".join(json.dumps(line, ensure_ascii=False) for line in (GOOD, HARVEST))
    path.write_bytes(b"\xef\xbb\xbf" + lines.encode() + b"\r\n")
    items, bad = read_items(path, TEXT)
    assert ([item.line for item in items], bad) == ([1, 2], [])


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("{", "不是 JSON"),
        ("[1]", "不是 JSON 对象"),
        ({**HARVEST, "e": "粮食产量"}, "e“粮食产量”在报告里出现 2 次，须恰好一次"),
        ({**HARVEST, "e": "小麦"}, "e“小麦”在报告里出现 0 次，须恰好一次"),
        ({**HARVEST, "e": "没有下降。粮食"}, "e“没有下降。粮食”不在报告的一个句子里"),
        ({**HARVEST, "e": None}, "e 缺少、是空的或不是文字"),
        ({**HARVEST, "a": ["全国领先"]}, "a“全国领先”不在 e 所在的句子里"),
        ({**HARVEST, "a": "没有下降"}, "a 缺少、是空的或不是文字"),
        ({**HARVEST, "a": ["，"]}, "a 缺少、是空的或不是文字"),
        ({**HARVEST, "q": ["少了吗？", "减了吗？"]}, "q 有 2 个问题，须有三个"),
        ({**HARVEST, "q": ["少了吗？", " ", "减了吗？"]}, "q 缺少、是空的或不是文字"),
        ({**HARVEST, "q": ["少了吗？", "减了吗？", "少了吗？"]}, "“少了吗？”与第 2 行重复"),
        ({**HARVEST, "n": ["GDP增速"]}, "“GDP增速”与第 1 行重复"),
        ({**HARVEST, "k": "poem"}, "k“poem”不是 figure、yesno、name、list、what、how、compare、"),
        ({**HARVEST, "y": "maybe"}, "y 须是 yes 或 no，且只用于 yesno"),
        ({**HARVEST, "y": None}, "y 须是 yes 或 no，且只用于 yesno"),
        ({**PLACES, "y": "yes"}, "y 须是 yes 或 no，且只用于 yesno"),
    ],
)
def test_a_bad_line_is_named_and_the_others_are_kept(tmp_path: Path, line: Any, fault: str) -> None:
    path = write(tmp_path / "甲省.jsonl", GOOD, line, asked(GOOD, "？？"))
    items, (message,) = read_items(path, TEXT)
    assert message.startswith(f"甲省.jsonl:2: {fault}")
    assert [item.line for item in items] == [1, 3]


def test_reports_that_were_trained_on_are_told() -> None:
    assert len(set(TRAINED_ON)) == 24
    assert trained_on(HELD_OUT) == trained_on(["lanxi_city", "江苏"]) == []
    assert trained_on(["青海省2026", "江苏省.b-001-plain"]) == ["江苏省", "青海省"]
