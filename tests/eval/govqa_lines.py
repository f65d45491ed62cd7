"""A tiny report and lines of the form "govqa" on it."""

import json
from pathlib import Path
from typing import Any

TEXT = """甲省政府工作报告
一、工作回顾
全省生产总值增长5.2%。新建公园12个、书房3座，口袋公园惠及千家。
粮食产量连续三年稳定，产量没有下降。粮食产量全国领先。
"""
PARKS = "新建公园12个、书房3座，口袋公园惠及千家。"
GOOD: dict[str, Any] = {
    "e": "生产总值增长", "k": "figure", "a": ["5.2%"],
    "q": ["生产总值增长多少？", "全省一年多挣了几成？", "GDP增速"], "n": ["财政收入增长多少？"],
}  # fmt: skip
PLACES = {
    "e": "新建公园", "k": "list", "a": ["公园12个", "书房3座"],
    "q": ["新建了什么？", "添了哪些去处？", "新建啥"], "n": ["新建了几座桥？", "新建几所学校？"],
}  # fmt: skip
HARVEST = {
    "e": "连续三年稳定", "k": "yesno", "a": ["没有下降"], "y": "no",
    "q": ["粮食产量下降了吗？", "地里收成少了没？", "糧食減產了嗎"],
}  # fmt: skip


def write(path: Path, *lines: Any) -> Path:
    told = (
        line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines
    )
    path.write_text("".join(f"{line}\n" for line in told), encoding="utf-8")
    return path


def asked(line: dict[str, Any], mark: str) -> dict[str, Any]:
    """Return the line with other questions, so that nothing is asked twice."""
    return {**line, "q": [question + mark for question in line["q"]], "n": []}


def two_reports(tmp_path: Path) -> Path:
    """Two reports, one of them with two rounds; one text beside its questions, one in reports."""
    (tmp_path / "reports").mkdir()
    (tmp_path / "江苏省.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "reports" / "广东省.txt").write_text(TEXT, encoding="utf-8")
    write(tmp_path / "江苏省.b.jsonl", HARVEST)
    write(tmp_path / "江苏省.jsonl", GOOD, PLACES)
    write(tmp_path / "广东省.jsonl", GOOD)
    return tmp_path
