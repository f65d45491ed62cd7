"""The encoder as an ONNX graph that keeps the 4-bit weights exactly as they are.

ONNX Runtime multiplies with 4-bit blocks directly (MatMulNBits) and reads embedding rows at 4 bits
(GatherBlockQuantized), so nothing is quantized a second time: against the same weights in floats
only the activations are rounded, to 8 bits a block. Measured: cosine >= 0.9999, 3x the speed of
torch, a file of 74 MB instead of 470 MB.

With an adapter the matrices are merged with what was learnt and stay floats: quantized again to 4
bits the reader's outputs move (cosine .98), at 8 bits it takes 1.7 times as long on AVX2, and the
adapter's own products beside the 4-bit ones 1.6 times (window of 100 tokens, one thread: 66 ms).
The table of words stays at 4 bits, in a file of its own that the graphs map into memory together.
"""

from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from onnx.external_data_helper import set_external_data

from index.bundled.adapters import Adapter
from index.bundled.weights import BLOCK, Weights

_WORDS, _SCALES = _TABLES = ("words", "words.scales")
_PAGE = 4096
_CONTRIB = "com.microsoft"
_INT8_ACTIVATIONS = 4  # MatMulNBits accuracy level; level 1 computes in floats, 25 % slower


def build_encoder(weights: Weights, adapter: Adapter | None = None) -> onnx.ModelProto:
    """Return the model: input_ids and attention_mask (B, L) in, unit embeddings (B, hidden) out."""
    made = _Graph(weights, adapter)
    made.mean_pool(made.hidden())
    return made.model({"embedding": ["batch", weights.shape.hidden]})


def build_reader(weights: Weights, adapter: Adapter) -> onnx.ModelProto:
    """Return the cross-encoder: ids and mask (B, L) in, what its heads say out, as logits.

    `verdict` (B, 4) scores none, span, yes, no; `tags` (B, L, 3) outside, begin, inside of an
    answer.
    """
    made = _Graph(weights, adapter)
    made.heads(made.hidden())
    return made.model({"verdict": ["batch", 4], "tags": ["batch", "length", 3]})


def save(model: onnx.ModelProto, path: Path, words: Path) -> None:
    """Write a model; the table of words goes to a file beside it, the same for every model."""
    with words.open("wb") as file:
        for tensor in model.graph.initializer:
            if tensor.name in _TABLES:
                file.seek(-(-file.tell() // _PAGE) * _PAGE)
                data = tensor.raw_data
                set_external_data(tensor, words.name, file.tell(), len(data))
                tensor.ClearField("raw_data")
                file.write(data)
    onnx.save(model, str(path))


class _Graph:
    def __init__(self, weights: Weights, adapter: Adapter | None) -> None:
        self.weights, self.shape, self.adapter = weights, weights.shape, adapter
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def hidden(self) -> str:
        self._node("Cast", ["attention_mask"], "key_mask", to=TensorProto.INT32)
        x = self._embeddings()
        for layer in range(self.shape.layers):
            x = self._layer(x, f"l{layer}.")
        return x

    def model(self, outputs: dict[str, list[str | int]]) -> onnx.ModelProto:
        ids, mask = (
            helper.make_tensor_value_info(name, TensorProto.INT64, ["batch", "length"])
            for name in ("input_ids", "attention_mask")
        )
        outs = [
            helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)
            for name, shape in outputs.items()
        ]
        graph = helper.make_graph(self.nodes, "encoder", [ids, mask], outs, self.constants)
        opsets = [helper.make_opsetid("", 17), helper.make_opsetid(_CONTRIB, 1)]
        return helper.make_model(graph, opset_imports=opsets, ir_version=9)

    def _embeddings(self) -> str:
        hidden, weights = self.shape.hidden, self.weights
        words = weights.quantized("emb.word", self.shape.vocabulary, hidden)
        table = self._constant(_WORDS, _packed(words.nibbles))
        scales = self._constant(_SCALES, words.scales)
        self._node("GatherBlockQuantized", [table, "input_ids", scales], "word", _CONTRIB,
                   bits=4, block_size=BLOCK, gather_axis=0, quantize_axis=1)  # fmt: skip
        positions = weights.floats("emb.pos", self.shape.positions, hidden)
        types = weights.floats("emb.type", weights.token_types, hidden)
        first = self._constant("first", np.array([0], np.int64))
        self._node("Shape", ["input_ids"], "length", start=1, end=2)
        table = self._constant("positions", positions + types[0])
        self._node("Slice", [table, first, "length", first], "position")
        self._node("Add", ["word", "position"], "word+position")
        scale, bias = self._norm("emb.ln")
        return self._node("LayerNormalization", ["word+position", scale, bias], "embedded",
                          epsilon=self.shape.epsilon, axis=-1)  # fmt: skip

    def _layer(self, x: str, at: str) -> str:
        hidden, wide = self.shape.hidden, self.shape.feed_forward
        qkv = [self._linear(x, at + name, hidden, hidden) for name in "qkv"]
        heads = self._node("MultiHeadAttention", [*qkv, "", "key_mask"], at + "heads", _CONTRIB,
                           num_heads=self.shape.heads)  # fmt: skip
        x = self._add_norm(self._linear(heads, at + "ao", hidden, hidden), x, at + "aln")
        inner = self._linear(x, at + "fi", wide, hidden)
        inner = self._node("Gelu", [inner], at + "gelu", _CONTRIB)
        return self._add_norm(self._linear(inner, at + "fo", hidden, wide), x, at + "oln")

    def heads(self, x: str) -> None:
        first = self._constant("first token", np.array(0, np.int64))
        self._node("Gather", [x, first], "whole", axis=1)
        self._head("whole", "c1", "c1.linear")
        self._node("Tanh", ["c1.linear"], "c1.tanh")
        self._head("c1.tanh", "c2", "verdict")
        self._head(x, "tag", "tags")

    def mean_pool(self, x: str) -> None:
        last = self._constant("last", np.array([2], np.int64))
        along = self._constant("along", np.array([1], np.int64))
        self._node("Cast", ["attention_mask"], "mask", to=TensorProto.FLOAT)
        self._node("Unsqueeze", ["mask", last], "mask3")
        self._node("Mul", [x, "mask3"], "masked")
        self._node("ReduceSum", ["masked", along], "sum", keepdims=0)
        self._node("LpNormalization", ["sum"], "embedding", axis=1, p=2)

    def _head(self, x: str, name: str, output: str) -> str:
        """Return `output`: x by a head of the adapter."""
        assert self.adapter is not None
        return self._product(x, self.adapter[f"{name}.w"], self.adapter[f"{name}.b"], output)

    def _product(self, x: str, matrix: NDArray[Any], bias: NDArray[Any], output: str) -> str:
        table = self._constant(f"{output}.matrix", matrix.T)
        added = self._constant(f"{output}.bias", bias)
        self._node("MatMul", [x, table], f"{output}.product")
        return self._node("Add", [f"{output}.product", added], output)

    def _linear(self, x: str, name: str, rows: int, columns: int) -> str:
        matrix = self.weights.quantized(name + ".w", rows, columns)
        if self.adapter:
            learnt = self.adapter.merged(name, matrix.dense())
            return self._product(x, learnt, self.weights.floats(name + ".b", rows), name)
        packed = _packed(matrix.nibbles).reshape(rows, columns // BLOCK, BLOCK // 2)
        table = self._constant(name + ".w", packed)
        scales = self._constant(name + ".scales", matrix.scales.reshape(-1))
        bias = self._constant(name + ".b", self.weights.floats(name + ".b", rows))
        return self._node("MatMulNBits", [x, table, scales, "", "", bias], name, _CONTRIB,
                          K=columns, N=rows, bits=4, block_size=BLOCK,
                          accuracy_level=_INT8_ACTIVATIONS)  # fmt: skip

    def _add_norm(self, x: str, residual: str, name: str) -> str:
        return self._node("SkipLayerNormalization", [x, residual, *self._norm(name)],
                          name, _CONTRIB, epsilon=self.shape.epsilon)  # fmt: skip

    def _norm(self, name: str) -> tuple[str, str]:
        scale, bias = (self._norm_part(name + end) for end in (".w", ".b"))
        return self._constant(name + ".w", scale), self._constant(name + ".b", bias)

    def _norm_part(self, name: str) -> NDArray[np.float32]:
        own = self.weights.floats(name, self.shape.hidden)
        return self.adapter.get(name, own) if self.adapter else own

    def _constant(self, name: str, value: NDArray[Any]) -> str:
        self.constants.append(numpy_helper.from_array(np.array(value, order="C"), name))
        return name

    def _node(self, kind: str, inputs: list[str], output: str, domain: str = "", **how: Any) -> str:
        self.nodes.append(helper.make_node(kind, inputs, [output], domain=domain, **how))
        return output


def _packed(nibbles: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return two columns a byte, the even column in the low nibble, as ONNX Runtime wants them."""
    low, high = nibbles[:, 0::2], nibbles[:, 1::2]
    return (low | (high << 4)).astype(np.uint8)
