import json
from dataclasses import dataclass, replace
from typing import Any

import pytest

from corpus.errors import NewerError, StoreError
from index.embedders import Embedder
from index.lexicon import ANALYZER
from index.manifest import FORMAT, METRIC, Manifest, digest
from index.passages import CHUNKING

MADE = Manifest(
    created="2024-01-23T00:00:00+00:00",
    embedder="toy",
    dimension=64,
    query_prompt="问：",
    passage_prompt="文：",
    passages=81,
    documents={"tianjin-2024": "3a"},
    files={"passages.jsonl": "7f"},
)


def test_a_digest_is_the_sha256_in_hex() -> None:
    assert digest(b"abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_a_manifest_comes_back_as_it_was() -> None:
    assert Manifest.from_bytes(MADE.to_bytes()) == MADE
    assert (MADE.format, MADE.chunking, MADE.analyzer, MADE.metric) == (
        FORMAT, CHUNKING, ANALYZER, METRIC,
    )  # fmt: skip


def test_the_embedder_it_was_made_with_fits(toy: Embedder) -> None:
    MADE.require(toy)


@pytest.mark.parametrize(
    ("field", "built", "what", "wanted"),
    [
        ("embedder", "bge-small-zh", "嵌入模型", "toy"),
        ("dimension", 384, "向量维数", "64"),
        ("query_prompt", "query: ", "问题提示词", "问："),
        ("passage_prompt", "", "段落提示词", "文："),
        ("chunking", "lines/9", "切分方式", CHUNKING),
        ("analyzer", "jieba/0", "分词方式", ANALYZER),
        ("metric", "l2", "距离", METRIC),
    ],
)
def test_each_thing_that_differs_is_refused_with_both_values(
    toy: Embedder, field: str, built: str | int, what: str, wanted: str
) -> None:
    change: dict[str, Any] = {field: built}
    with pytest.raises(StoreError) as caught:
        replace(MADE, **change).require(toy)
    assert str(caught.value) == (
        f"索引的{what}是“{built}”，当前是“{wanted}”，请运行 jinwen index build 重建"
    )


@dataclass(frozen=True)
class _Changed:
    """An embedder that says one thing else of itself."""

    name: str
    dimension: int
    prompts: Any


def test_a_model_of_the_same_size_is_still_another_model(toy: Embedder) -> None:
    other: Any = _Changed("toy-2", toy.dimension, toy.prompts)
    with pytest.raises(StoreError, match="嵌入模型是“toy”，当前是“toy-2”"):
        MADE.require(other)


@pytest.mark.parametrize("number", [0, 1, 2, None, "3"])
def test_another_format_is_refused_with_both_numbers(number: object) -> None:
    fields = json.loads(MADE.to_bytes()) | {"format": number, "unheard-of": 1}
    with pytest.raises(StoreError, match=rf"索引格式是 {number}，本程序需要 {FORMAT}，请运行"):
        Manifest.from_bytes(json.dumps(fields).encode())


def test_a_format_of_a_newer_program_is_not_to_be_built_over() -> None:
    fields = json.loads(MADE.to_bytes()) | {"format": FORMAT + 1, "unheard-of": 1}
    with pytest.raises(
        NewerError, match=rf"（格式 {FORMAT + 1}，本程序到 {FORMAT}），请升级本程序"
    ):
        Manifest.from_bytes(json.dumps(fields).encode())


@pytest.mark.parametrize(
    "data",
    [
        b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"format": 3}',
        MADE.to_bytes()[:-2] + b',"more":1}',
    ],
)  # fmt: skip
def test_what_is_not_a_manifest_is_refused(data: bytes) -> None:
    with pytest.raises(StoreError, match="索引清单无法识别，请运行 jinwen index build 重建"):
        Manifest.from_bytes(data)
