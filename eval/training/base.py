"""The plain encoder's weights as training needs them: at their 4 bits, and only words that occur.

So the file takes a tenth of what it would in floats, and nothing is rounded.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from corpus.errors import InputError
from eval.training.writing import whole
from index.bundled.weights import Quantized, Shape, Weights

FILE = "base.npz"
MATRICES, NORMS = ("q", "k", "v", "ao", "fi", "fo"), ("aln", "oln")
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Base:
    """Tensors of the encoder by the names of the weights file, and its shape."""

    tensors: dict[str, NDArray[Any]]

    @property
    def layers(self) -> int:
        """Return how many layers it has."""
        return int(self.tensors["layers"])

    @property
    def heads(self) -> int:
        """Return how many heads a layer has."""
        return int(self.tensors["heads"])

    @property
    def epsilon(self) -> float:
        """Return what LayerNorms add to the variance."""
        return float(self.tensors["epsilon"])

    def matrix(self, name: str) -> Floats:
        """Return a matrix, shape (rows, columns), in floats."""
        scales = self.tensors[f"{name}.scales"].astype(np.float32)
        return Quantized(self.tensors[f"{name}.nibbles"], scales).dense()

    def floats(self, name: str) -> Floats:
        """Return a tensor that is kept in floats."""
        found: Floats = self.tensors[name]
        return found


def save(weights: Weights, vocabulary: NDArray[np.integer], path: Path) -> None:
    """Write the weights of an encoder that knows the words of `vocabulary` only."""
    shape = weights.shape
    words = weights.quantized("emb.word", shape.vocabulary, shape.hidden)
    tensors = _quantized("words", Quantized(words.nibbles[vocabulary], words.scales[vocabulary]))
    types = weights.floats("emb.type", weights.token_types, shape.hidden)
    tensors["positions"] = weights.floats("emb.pos", shape.positions, shape.hidden) + types[0]
    for name in ("layers", "heads", "epsilon"):
        tensors[name] = np.array(getattr(shape, name))
    tensors |= _affine(weights, "emb.ln")
    for layer in range(shape.layers):
        tensors |= _layer(weights, f"l{layer}.")
    with whole(path) as beside:
        np.savez_compressed(beside, allow_pickle=False, **tensors)


def load(path: Path) -> Base:
    """Return the weights of a file; raises InputError for one that is not there or is none."""
    remedy = "请运行 jinwen eval train --data 目录 --out 目录 --prepare"
    try:
        with np.load(path, allow_pickle=False) as found:
            return Base({name: found[name] for name in found.files})
    except FileNotFoundError as error:
        raise InputError(f"没有编码器权重“{path}”，{remedy}") from error
    except (ValueError, EOFError, BadZipFile) as error:
        raise InputError(f"编码器权重“{path}”已损坏，{remedy}重新生成") from error


def sizes(shape: Shape, name: str) -> tuple[int, int]:
    """Return rows and columns of a layer's matrix."""
    return (
        shape.feed_forward if name == "fi" else shape.hidden,
        shape.feed_forward if name == "fo" else shape.hidden,
    )


def _layer(weights: Weights, at: str) -> dict[str, NDArray[Any]]:
    tensors: dict[str, NDArray[Any]] = {}
    for name in MATRICES:
        rows, columns = sizes(weights.shape, name)
        tensors |= _quantized(at + name, weights.quantized(f"{at}{name}.w", rows, columns))
        tensors[f"{at}{name}.b"] = weights.floats(f"{at}{name}.b", rows)
    for name in NORMS:
        tensors |= _affine(weights, at + name)
    return tensors


def _quantized(name: str, matrix: Quantized) -> dict[str, NDArray[Any]]:
    return {f"{name}.nibbles": matrix.nibbles, f"{name}.scales": matrix.scales.astype(np.float16)}


def _affine(weights: Weights, name: str) -> dict[str, NDArray[Any]]:
    return {name + end: weights.floats(name + end, weights.shape.hidden) for end in (".w", ".b")}
