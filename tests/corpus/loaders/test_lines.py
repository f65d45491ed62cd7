from pathlib import Path

import pytest

from corpus.documents import Document
from corpus.errors import CorpusError
from corpus.loaders import load


def test_each_line_of_a_jsonl_file_is_a_document(tmp_path: Path) -> None:
    content = (
        '\ufeff{"id": "a", "title": "题", "text": "甲\\n乙", "more": 1}\r\n\r\n'
        '  {"id": "b", "text": "首页\u2028乙"}\n{"id": "c", "title": null, "text": "7"}'
    )
    (tmp_path / "x.jsonl").write_text(content, encoding="utf-8", newline="")
    assert load([tmp_path / "x.jsonl"]) == [
        Document("a", "题", "甲\n乙", "jsonl", "x.jsonl"),
        Document("b", "b", "首页\u2028乙", "jsonl", "x.jsonl"),
        Document("c", "c", "7", "jsonl", "x.jsonl"),
    ]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "不是 JSON"), ("[" * 200_000, "不是 JSON"), ("文字", "不是 JSON"),
        ("1" * 5_000, "不是 JSON"), ("[]", "缺少非空的 id 或 text"), ("null", "缺少"),
        ('{"id": "b"}', "缺少"), ('{"text": "乙"}', "缺少"), ('{"id": "", "text": "乙"}', "缺少"),
        ('{"id": "b", "text": " \\n"}', "缺少"),
        ('{"id": 2, "text": "乙"}', "缺少"), ('{"id": "b", "text": ["乙"]}', "缺少"),
        ('{"id": "b", "text": "\\ud800"}', "半个代理字符"),
        ('{"id": "\\udfff", "text": "乙"}', "半个代理字符"),
        ('{"id": "b", "text": "乙", "title": "\\ud800"}', "半个代理字符"),
        ('{"id": "a", "text": "乙"}', "id 与前面重复"),
    ],
)  # fmt: skip
def test_the_first_bad_line_of_a_jsonl_file_is_named(
    tmp_path: Path, line: str, message: str
) -> None:
    content = f'{{"id": "a", "text": "甲"}}\n\n{line}\n'
    (tmp_path / "x.jsonl").write_text(content, encoding="utf-8")
    with pytest.raises(CorpusError, match=rf"“x\.jsonl”第 3 行.*{message}"):
        load([tmp_path / "x.jsonl"])
