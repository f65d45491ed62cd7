"""Adapters as the product carries them: safetensors in half precision, by `Adapter`'s names.

`l0.q.a` and `l0.q.b` with the scale in b, so that a matrix becomes W + b a; `l0.aln.w`, `tag.w`.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import save_file
from torch import Tensor

from eval.training.base import NORMS, Base
from eval.training.encoder import Adapted, Encoder
from eval.training.writing import whole


@torch.no_grad()
def settle(module: Encoder, base: Base, kept: float) -> None:
    """Leave in the module only a share of what it learnt; heads stay as they are.

    Between the plain encoder (0) and the trained one (1) there is one that knows reports almost as
    well as the trained one, and other texts as well as the plain one.
    """
    for name, part in module.named_modules():
        if isinstance(part, Adapted):
            part.b.mul_(kept)
        elif name.rpartition(".")[2] in NORMS:
            for end in ("weight", "bias"):
                before = torch.from_numpy(base.floats(f"{name}.{end[0]}").copy())
                learnt = part.get_parameter(end)
                learnt.lerp_(before.to(learnt.device), 1 - kept)


@torch.no_grad()
def begin(module: Encoder, tensors: Mapping[str, NDArray[np.float32]]) -> None:
    """Put into the module what an adapter carries, so that it learns on from there."""
    for name, value, factor in _named(module):
        value.copy_(torch.from_numpy(tensors[name]).to(value.device) / factor)


def save(module: Encoder, path: Path) -> None:
    """Write what the module learnt."""
    halved = {
        name: (value.detach() * factor).half().cpu().contiguous()
        for name, value, factor in _named(module)
    }
    with whole(path) as beside:
        save_file(halved, beside)


def _named(module: Encoder) -> Iterator[tuple[str, Tensor, float]]:
    """Yield what an adapter carries by its name there, and by what it is multiplied there."""
    scales = {name: m.scale for name, m in module.named_modules() if isinstance(m, Adapted)}
    for name, value in module.named_parameters():
        owner, _, own = name.rpartition(".")
        if owner in scales:
            yield name, value, scales[owner] if own == "b" else 1.0
        elif owner != "start":  # the encoder's own, which is not learnt
            yield f"{owner}.{own[0]}", value, 1.0
