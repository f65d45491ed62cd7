"""Batches: which examples are looked at together, and their rows filled up to one length."""

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor

from eval.training.arrays import PAD, Integers

_STEP = 8  # lengths are rounded up to it: tensor cores want that
_ALIKE = 20  # batches whose examples are sorted by length together


def shuffled(count: int, size: int, rng: np.random.Generator) -> list[Integers]:
    """Return the numbers of all examples in batches of a size; fewer than that are left over."""
    order = rng.permutation(count)
    last = count - count % size or count
    return [order[start : start + size] for start in range(0, last, size)]


def alike(lengths: Integers, size: int, rng: np.random.Generator) -> list[Integers]:
    """Return the numbers of all examples in batches of similar length, in random order."""
    order = rng.permutation(len(lengths))
    batches: list[Integers] = []
    for start in range(0, len(order), size * _ALIKE):
        group = order[start : start + size * _ALIKE]
        group = group[np.argsort(lengths[group], kind="stable")]
        batches += [group[at : at + size] for at in range(0, len(group), size)]
    return [batches[number] for number in rng.permutation(len(batches))]


def filled(rows: Sequence[Integers], filler: int = PAD) -> tuple[Tensor, Tensor]:
    """Return rows as one tensor (B, L), short ones filled up, and the mask of what is theirs."""
    longest = -(-max(map(len, rows)) // _STEP) * _STEP
    values = np.full((len(rows), longest), filler, np.int64)
    mask = np.zeros_like(values)
    for number, row in enumerate(rows):
        values[number, : len(row)] = row
        mask[number, : len(row)] = 1
    return torch.from_numpy(values), torch.from_numpy(mask)
