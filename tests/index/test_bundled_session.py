"""Opening a graph: what runs it is checked, and what has changed is named."""

from pathlib import Path

import numpy as np
import pytest

from corpus.errors import ModelError
from index.bundled.crossencoder import CrossEncoder
from index.bundled.folder import (
    FOLDER,
    PIECES,
    PLAIN_GRAPH,
    READER_GRAPH,
    RETRIEVER_GRAPH,
    WORDS,
)
from index.bundled.session import open_graph, padded


def test_short_rows_are_filled_up_and_masked() -> None:
    given = padded([[0, 5, 2], [0, 2]])
    assert given["input_ids"].tolist() == [[0, 5, 2], [0, 2, 1]]
    assert given["attention_mask"].tolist() == [[1, 1, 1], [1, 1, 0]]
    assert {array.dtype for array in given.values()} == {np.dtype(np.int64)}


@pytest.mark.parametrize(
    ("graph", "outputs"),
    [
        (PLAIN_GRAPH, {"embedding": ["batch", 384]}),
        (RETRIEVER_GRAPH, {"embedding": ["batch", 384]}),
        (READER_GRAPH, {"verdict": ["batch", 4], "tags": ["batch", "length", 3]}),
    ],
)
def test_a_graph_opens_with_the_tokenizer_of_its_ids(
    models: Path, graph: Path, outputs: dict[str, list[str | int]]
) -> None:
    session, tokenizer = open_graph(models, graph)
    assert [given.name for given in session.get_inputs()] == ["input_ids", "attention_mask"]
    assert {given.name: given.shape for given in session.get_outputs()} == outputs
    found = session.run(None, padded([tokenizer.encode("改造燃气管网"), tokenizer.encode("改")]))
    assert [len(each) for each in found] == [2] * len(outputs)


@pytest.mark.parametrize("damaged", [READER_GRAPH, WORDS, PIECES])
def test_a_damaged_file_is_an_error_that_names_the_folder_and_is_caused_by_the_file(
    models: Path, tmp_path: Path, damaged: Path
) -> None:
    folder = tmp_path / FOLDER
    (folder / "onnx").mkdir(parents=True)
    for file in (PIECES, WORDS, READER_GRAPH, Path("hashes.json")):
        (folder / file).symlink_to((models / FOLDER / file).resolve())
    (folder / damaged).unlink()
    (folder / damaged).write_bytes(b"damaged")
    (folder / "prepared.json").write_text("{}")
    with pytest.raises(ModelError) as caught:
        CrossEncoder(tmp_path)
    assert str(caught.value) == f"内置模型已损坏，请删除“{folder}”后重试（会自动重新生成）"
    assert str(caught.value.__cause__) == f"{damaged} has changed since it was prepared"
