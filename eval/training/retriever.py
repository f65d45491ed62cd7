"""The retriever's training: a question's passage is to be nearer than all others of the batch."""

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from eval.training.arrays import Arrays, Integers
from eval.training.base import Base
from eval.training.batches import filled, shuffled
from eval.training.config import RetrieverRecipe
from eval.training.encoder import Encoder, pooled

_NEVER = -1e4


class Retriever:
    """Pairs and hard negatives, learnt by InfoNCE (van den Oord et al., 2018)."""

    name = "retriever"

    def __init__(self, base: Base, arrays: Arrays, recipe: RetrieverRecipe, device: str) -> None:
        self.recipe, self.arrays, self.device = recipe, arrays, device
        self.module = Encoder(base, recipe).to(device)

    def batches(self, rng: np.random.Generator) -> list[Integers]:
        """Return the batches of one epoch, numbers of pairs."""
        return shuffled(len(self.arrays.pairs), self.recipe.batch, rng)

    def loss(self, chosen: Integers, rng: np.random.Generator) -> Tensor:
        """Return the cross entropy of each question's own passage among all of the batch."""
        asked, answering = self.arrays.pairs[chosen].T
        shown = np.concatenate([answering, self._negatives(chosen, rng)]).astype(np.int64)
        questions = self.embed([self.arrays.questions[number] for number in asked])
        passages = self.embed([self.arrays.passages[number] for number in shown])
        near = questions @ passages.T / self.recipe.temperature
        hidden = torch.from_numpy(_answering_too(asked, answering, shown)).to(self.device)
        own = torch.arange(len(chosen), device=self.device)
        return functional.cross_entropy(near.masked_fill(hidden, _NEVER), own)

    def embed(self, rows: list[Integers]) -> Tensor:
        """Return the unit vectors of token rows, shape (n, hidden)."""
        ids, mask = (part.to(self.device) for part in filled(rows))
        return pooled(self.module(ids, mask), mask)

    def _negatives(self, chosen: Integers, rng: np.random.Generator) -> Integers:
        drawn = [np.empty(0, np.int64)]
        for number in chosen:
            hard = self.arrays.negatives[number]
            drawn.append(rng.permutation(hard)[: self.recipe.negatives].astype(np.int64))
        return np.concatenate(drawn)


def _answering_too(asked: Integers, answering: Integers, shown: Integers) -> NDArray[np.bool_]:
    """Tell which passages must not count against a question: they answer it, but are another's."""
    same: NDArray[np.bool_] = answering[:, None] == shown[None, :]
    same[:, : len(asked)] |= asked[:, None] == asked[None, :]
    np.fill_diagonal(same, False)
    return same
