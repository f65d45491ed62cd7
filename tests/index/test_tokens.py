import socket
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from corpus.errors import ModelError
from index import tokens


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", 0),
        ("你好", 1),
        ("天津市人民政府工作报告", 3),
        ("2024", 4),  # Qwen takes digits one by one
        ("今年改造燃气管网623公里、供热管网150公里、供水管网30公里。", 22),
        ("hello world", 2),
        ("it's", 2),
        ("\n\n", 1),
        ("\x00", 1),
        ("<|endoftext|>", 7),  # typed by a person, it is ordinary text
    ],
)
def test_tokens_are_counted_as_qwen_counts_them(text: str, expected: int) -> None:
    assert tokens.count(text) == expected


def test_the_vocabulary_is_read_without_a_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    tokens._encoding.cache_clear()
    assert tokens.count("改造燃气管网") == 3


@pytest.mark.parametrize("content", [None, b"5pS5 0\n"])
def test_a_vocabulary_that_is_missing_or_another_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes | None
) -> None:
    if content is not None:
        (tmp_path / "resources").mkdir()
        (tmp_path / "resources" / "qwen.tiktoken").write_bytes(content)
    spec = SimpleNamespace(submodule_search_locations=[str(tmp_path)])
    monkeypatch.setattr(tokens, "find_spec", lambda _: spec)
    with pytest.raises(ModelError, match=r"缺少 tiktoken 词表.*make install"):
        tokens._vocabulary()


def test_without_the_package_the_way_out_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokens, "find_spec", lambda _: None)
    with pytest.raises(ModelError, match="请重新安装（make install）"):
        tokens._vocabulary()
