"""The encoder in PyTorch, what is learnt beside what stays: the maths of `index/bundled/graph`.

Parameters have the names that adapters carry: `l0.q.a` and `l0.q.b` (LoRA, Hu et al., 2021:
W x + scale * B A x), `l0.aln.weight`; the encoder's own numbers are buffers.
"""

from math import sqrt

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from eval.training.base import MATRICES, NORMS, Base
from eval.training.config import Recipe


class Adapted(nn.Module):
    """A linear map that stays as it is, and a change of low rank that is learnt."""

    weight: Tensor
    bias: Tensor

    def __init__(self, base: Base, name: str, recipe: Recipe) -> None:
        super().__init__()
        weight = _tensor(base.matrix(name))
        self.register_buffer("weight", weight, persistent=False)
        self.register_buffer("bias", _tensor(base.floats(f"{name}.b")), persistent=False)
        rows, columns = weight.shape
        self.scale = recipe.scale
        self.a = nn.Parameter(torch.randn(recipe.rank, columns) / sqrt(columns))
        self.b = nn.Parameter(torch.zeros(rows, recipe.rank))

    def forward(self, x: Tensor) -> Tensor:
        """Return the mapped x, shape (..., rows)."""
        changed = self.weight + self.scale * self.b @ self.a  # small beside the texts of a batch
        return functional.linear(x, changed, self.bias)


class Layer(nn.Module):
    """Attention and feed-forward, each followed by a LayerNorm."""

    def __init__(self, base: Base, at: str, recipe: Recipe) -> None:
        super().__init__()
        self.heads = base.heads
        self.q, self.k, self.v, self.ao, self.fi, self.fo = (
            Adapted(base, at + name, recipe) for name in MATRICES
        )
        self.aln, self.oln = (_norm(base, at + name) for name in NORMS)
        self.drop = nn.Dropout(recipe.dropout)

    def forward(self, x: Tensor, seen: Tensor) -> Tensor:
        """Return x read further; `seen` (B, 1, 1, L) tells tokens from padding."""
        q, k, v = (self._split(linear(x)) for linear in (self.q, self.k, self.v))
        heads = functional.scaled_dot_product_attention(q, k, v, attn_mask=seen)
        x = self.aln(x + self.drop(self.ao(heads.transpose(1, 2).flatten(2))))
        inner = functional.gelu(self.fi(x))
        whole: Tensor = self.oln(x + self.drop(self.fo(inner)))
        return whole

    def _split(self, x: Tensor) -> Tensor:
        batch, length, hidden = x.shape
        return x.view(batch, length, self.heads, hidden // self.heads).transpose(1, 2)


class Encoder(nn.Module):
    """Token numbers and mask (B, L) in, a vector a token (B, L, hidden) out."""

    words: Tensor
    positions: Tensor

    def __init__(self, base: Base, recipe: Recipe) -> None:
        super().__init__()
        self.register_buffer("words", _tensor(base.matrix("words")), persistent=False)
        self.register_buffer("positions", _tensor(base.floats("positions")), persistent=False)
        self.start = _norm(base, "emb.ln").requires_grad_(False)
        self.drop = nn.Dropout(recipe.dropout)
        self.depth = base.layers
        for number in range(base.layers):
            self.add_module(f"l{number}", Layer(base, f"l{number}.", recipe))
            if number < recipe.frozen:
                self.get_submodule(f"l{number}").requires_grad_(False)

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        """Return the last layer's vectors; on a GPU they are computed in 16 bits."""
        with torch.autocast(ids.device.type, torch.bfloat16, enabled=ids.is_cuda):
            return self._layers(ids, mask).float()

    def _layers(self, ids: Tensor, mask: Tensor) -> Tensor:
        x = functional.embedding(ids, self.words) + self.positions[: ids.shape[1]]
        x = self.drop(self.start(x))
        seen = mask[:, None, None, :].bool()
        for number in range(self.depth):
            x = self.get_submodule(f"l{number}")(x, seen)
        last: Tensor = x
        return last


def pooled(x: Tensor, mask: Tensor) -> Tensor:
    """Return the unit vector of each text, shape (B, hidden): the mean of its tokens, scaled."""
    shown = mask[..., None].float()
    return functional.normalize((x * shown).sum(1) / shown.sum(1), dim=-1)


def _norm(base: Base, name: str) -> nn.LayerNorm:
    weight, bias = (_tensor(base.floats(name + end)) for end in (".w", ".b"))
    norm = nn.LayerNorm(len(weight), eps=base.epsilon)
    norm.load_state_dict({"weight": weight, "bias": bias})
    return norm


def _tensor(values: NDArray[np.float32]) -> Tensor:
    return torch.from_numpy(np.array(values, np.float32))
