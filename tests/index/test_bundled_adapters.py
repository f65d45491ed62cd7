"""What was trained: the file as it was, and how it changes the encoder."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import numpy_helper

from corpus.errors import ModelError
from index.bundled import adapters
from index.bundled.adapters import READER, RETRIEVER, Adapter, load_adapter
from index.bundled.folder import FOLDER, PLAIN_GRAPH, READER_GRAPH, RETRIEVER_GRAPH
from index.bundled.weights import Weights, read_weights
from index.embedders import EmbedderChoice, load_embedder

MEND = "请运行 pip install --force-reinstall jinwen，或取回仓库里的这个文件"
GRAPHS = {RETRIEVER: RETRIEVER_GRAPH, READER: READER_GRAPH}


@pytest.fixture(scope="module")
def weights() -> Weights:
    return read_weights()


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder to take the place of the one that adapters are read from."""
    monkeypatch.setattr(adapters, "files", lambda _: tmp_path)
    load_adapter.cache_clear()
    yield tmp_path
    load_adapter.cache_clear()


def test_a_matrix_is_merged_with_the_product_of_what_was_learnt() -> None:
    up = np.array([[1.0, 0.0], [2.0, -1.0], [0.0, 0.5]], np.float32)
    down = np.array([[1.0, 2.0, 3.0, 4.0], [0.0, 1.0, 0.0, -2.0]], np.float32)
    matrix = np.full((3, 4), 10, np.float32)
    merged = Adapter({"l0.q.a": down, "l0.q.b": up}).merged("l0.q", matrix)
    assert merged.tolist() == [
        [11.0, 12.0, 13.0, 14.0], [12.0, 13.0, 16.0, 20.0], [10.0, 10.5, 10.0, 9.0],
    ]  # fmt: skip
    assert merged.dtype == np.float32
    assert matrix.tolist() == [[10.0] * 4] * 3


def test_a_tensor_is_the_adapters_own_or_the_encoders() -> None:
    own, learnt = np.zeros(2, np.float32), np.ones(2, np.float32)
    adapter = Adapter({"l0.aln.w": learnt})
    assert adapter["l0.aln.w"] is adapter.get("l0.aln.w", own) is learnt
    assert adapter.get("l0.aln.b", own) is own
    with pytest.raises(KeyError):
        adapter["l0.aln.b"]


@pytest.mark.parametrize("name", [RETRIEVER, READER])
def test_every_matrix_of_the_encoder_has_its_change(name: str, weights: Weights) -> None:
    adapter, hidden, wide = load_adapter(name), weights.shape.hidden, weights.shape.feed_forward
    shapes = {"q": (hidden, hidden), "fi": (wide, hidden), "fo": (hidden, wide)}
    for layer in range(weights.shape.layers):
        for part, (rows, columns) in shapes.items():
            down, up = adapter[f"l{layer}.{part}.a"], adapter[f"l{layer}.{part}.b"]
            assert (up.shape[0], down.shape[1]) == (rows, columns)
            assert up.shape[1] == down.shape[0]
            assert np.abs(up @ down).max() > 0
            assert up.dtype == down.dtype == np.float32


@pytest.mark.parametrize("name", [RETRIEVER, READER])
def test_the_graph_holds_the_merged_matrices_and_the_norms_that_were_learnt(
    name: str, weights: Weights, models: Path
) -> None:
    adapter, hidden, wide = load_adapter(name), weights.shape.hidden, weights.shape.feed_forward
    held = _constants(models / FOLDER / GRAPHS[name])
    for at, rows, columns in (("l0.q", hidden, hidden), ("l11.fo", hidden, wide)):
        matrix = weights.quantized(f"{at}.w", rows, columns).dense()
        expected = matrix + adapter[f"{at}.b"] @ adapter[f"{at}.a"]
        np.testing.assert_array_equal(held[f"{at}.matrix"], expected.T)
        assert not np.array_equal(held[f"{at}.matrix"], matrix.T)
    norm = "l5.oln.w"
    np.testing.assert_array_equal(held[norm], adapter.get(norm, weights.floats(norm, hidden)))


def test_the_reader_has_its_heads(models: Path) -> None:
    adapter, held = load_adapter(READER), _constants(models / FOLDER / READER_GRAPH)
    for head, output, size in (("c2", "verdict", 4), ("tag", "tags", 3)):
        assert held[f"{output}.bias"].shape == (size,)
        np.testing.assert_array_equal(held[f"{output}.matrix"], adapter[f"{head}.w"].T)
        np.testing.assert_array_equal(held[f"{output}.bias"], adapter[f"{head}.b"])


def test_the_plain_graph_keeps_its_4_bits(weights: Weights, models: Path) -> None:
    held, hidden = _constants(models / FOLDER / PLAIN_GRAPH), weights.shape.hidden
    nibbles = weights.quantized("l0.q.w", hidden, hidden).nibbles
    packed = held["l0.q.w"].reshape(hidden, hidden // 2)
    assert "l0.q.matrix" not in held
    np.testing.assert_array_equal(packed & 15, nibbles[:, 0::2])
    np.testing.assert_array_equal(packed >> 4, nibbles[:, 1::2])


@pytest.mark.parametrize("name", [RETRIEVER, READER])
def test_a_missing_file_is_an_error_with_the_way_out(package: Path, name: str) -> None:
    with pytest.raises(ModelError) as caught:
        load_adapter(name)
    assert str(caught.value) == f"缺少内置模型的训练权重 {name}.safetensors，{MEND}"


@pytest.mark.parametrize("content", [b"", b"not tensors"])
def test_a_damaged_file_is_refused_before_it_is_parsed(package: Path, content: bytes) -> None:
    (package / "reader.safetensors").write_bytes(content)
    with pytest.raises(ModelError) as caught:
        load_adapter(READER)
    assert str(caught.value) == f"内置模型的训练权重 reader.safetensors 已损坏，{MEND}"


def test_a_sound_file_that_is_not_the_one_that_was_trained_is_refused(
    package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(adapters._SHA256, RETRIEVER, "0" * 64)
    own = Path(adapters.__file__).with_name("retriever.safetensors")
    (package / own.name).symlink_to(own)
    with pytest.raises(ModelError, match=r"retriever\.safetensors 已损坏"):
        load_adapter(RETRIEVER)


def test_without_its_adapters_no_model_is_prepared(package: Path, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"缺少内置模型的训练权重 retriever\.safetensors"):
        load_embedder(EmbedderChoice(models=tmp_path / "models"))
    assert list((tmp_path / "models").iterdir()) == []


def _constants(graph: Path) -> dict[str, np.ndarray]:
    """Return the tensors of a graph by name, without the table of words beside it."""
    model = onnx.load(str(graph), load_external_data=False)
    return {
        tensor.name: numpy_helper.to_array(tensor)
        for tensor in model.graph.initializer
        if tensor.data_location != onnx.TensorProto.EXTERNAL
    }
