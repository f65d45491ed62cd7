"""Trained adapters of the bundled encoder, carried as .safetensors; `docs/models.md` is the card.

An adapter says by how much each matrix changes, W + B A (LoRA, Hu et al., 2021), and gives the
LayerNorms anew; the reader's has its heads beside. They are merged into the encoder's matrices when
the model folder is prepared, so that they cost nothing when a question is read.
"""

from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from corpus.errors import ModelError

RETRIEVER, READER = "retriever", "reader"
# What was trained, and on what: changes with every new training, and with it the index's manifest.
TRAINING = "gov1"
_SHA256 = {
    RETRIEVER: "45700c595c1b1928d5736a5d6146af3058908a47cdbf01ddfd984b91044ba1ca",
    READER: "c3a4b0c7f628a79430ce666ebaef28da555d4d923c29b231aee51117b08442b4",
}
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Adapter:
    """The tensors of one adapter by name, such as `l0.q.a`, `l0.q.b`, `l0.aln.w` and `tag.w`."""

    tensors: dict[str, Floats]

    def merged(self, name: str, matrix: Floats) -> Floats:
        """Return the encoder's matrix `name`, shape (rows, columns), with what was learnt."""
        down, up = self.tensors[f"{name}.a"], self.tensors[f"{name}.b"]
        return np.asarray(matrix + up @ down, np.float32)

    def __getitem__(self, name: str) -> Floats:
        """Return a tensor; raises KeyError for a name the adapter does not have."""
        return self.tensors[name]

    def get(self, name: str, otherwise: Floats) -> Floats:
        """Return a tensor the adapter has anew, or the encoder's own."""
        return self.tensors.get(name, otherwise)


@cache
def load_adapter(name: str) -> Adapter:
    """Return an adapter of the package, checked by SHA-256 before it is parsed.

    Raises ModelError when the file is not there or is not the one that was trained.
    """
    from safetensors.numpy import load

    mend = "请运行 pip install --force-reinstall jinwen，或取回仓库里的这个文件"
    try:
        data = files("index.bundled.adapters").joinpath(f"{name}.safetensors").read_bytes()
    except OSError as error:
        raise ModelError(f"缺少内置模型的训练权重 {name}.safetensors，{mend}") from error
    if sha256(data).hexdigest() != _SHA256[name]:
        raise ModelError(f"内置模型的训练权重 {name}.safetensors 已损坏，{mend}")
    return Adapter({key: value.astype(np.float32) for key, value in load(data).items()})
