"""The reader's training: verdict, tags and ends of an answer, learnt at once from one window."""

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from eval.training.arrays import NOT_READ, Arrays, Integers
from eval.training.base import Base
from eval.training.batches import alike, filled
from eval.training.config import ReaderRecipe
from eval.training.encoder import Encoder

VERDICTS, TAGS, ENDS = 4, 3, 2
_NEVER = -1e4


class CrossEncoder(Encoder):
    """The encoder with the heads of `index/bundled/graph.build_reader`, and one more.

    The ends of an answer (`ptr`) are learnt beside the tags; the product
    reads verdicts and tags alone.
    """

    def __init__(self, base: Base, recipe: ReaderRecipe) -> None:
        super().__init__(base, recipe)
        hidden = self.words.shape[1]
        self.tag, self.ptr = nn.Linear(hidden, TAGS), nn.Linear(hidden, ENDS)
        self.c1, self.c2 = nn.Linear(hidden, hidden), nn.Linear(hidden, VERDICTS)

    def read(self, ids: Tensor, mask: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Return logits: verdicts (B, 4), tags (B, L, 3), ends (B, L, 2)."""
        x = self(ids, mask)
        whole = self.drop(torch.tanh(self.c1(x[:, 0])))
        ends = self.ptr(self.drop(x)).masked_fill(mask[..., None] == 0, _NEVER)
        return self.c2(whole), self.tag(self.drop(x)), ends


class Reader:
    """Windows with verdicts and labels, learnt by three cross entropies."""

    name = "reader"

    def __init__(self, base: Base, arrays: Arrays, recipe: ReaderRecipe, device: str) -> None:
        self.recipe, self.arrays, self.device = recipe, arrays, device
        self.module = CrossEncoder(base, recipe).to(device)
        self._verdict_weights, self._tag_weights = (
            torch.tensor(weights, device=device)
            for weights in (recipe.verdict_weights, recipe.tag_weights)
        )

    def batches(self, rng: np.random.Generator) -> list[Integers]:
        """Return the batches of one epoch, numbers of windows."""
        return alike(self.arrays.rows.lengths, self.recipe.batch, rng)

    def loss(self, chosen: Integers, rng: np.random.Generator) -> Tensor:
        """Return the sum of what the three heads have wrong."""
        ids, mask = (t.to(self.device) for t in filled([self.arrays.rows[n] for n in chosen]))
        verdicts, tags, ends = self.module.read(ids, mask)
        right = torch.from_numpy(self.arrays.verdicts[chosen].astype(np.int64)).to(self.device)
        loss = functional.cross_entropy(
            verdicts, right, self._verdict_weights, label_smoothing=self.recipe.smoothing
        )
        return loss + self._tag_loss(tags, chosen, rng) + self._end_loss(ends, chosen)

    def _tag_loss(self, tags: Tensor, chosen: Integers, rng: np.random.Generator) -> Tensor:
        """Return the loss of the tags; of windows without an answer only some are looked at."""
        looked = (self.arrays.verdicts[chosen] > 0) | (rng.random(len(chosen)) < self.recipe.silent)
        if not looked.any():
            return tags.sum() * 0
        labels, _ = filled([self.arrays.labels[n] for n in chosen], NOT_READ)
        labels[torch.from_numpy(~looked)] = NOT_READ
        return functional.cross_entropy(
            tags.flatten(0, 1), labels.flatten().to(self.device), self._tag_weights,
            ignore_index=NOT_READ,
        )  # fmt: skip

    def _end_loss(self, ends: Tensor, chosen: Integers) -> Tensor:
        right = self.arrays.ends[chosen].astype(np.int64)
        if (right == NOT_READ).all():
            return ends.sum() * 0
        both = functional.cross_entropy(
            ends, torch.from_numpy(right).to(self.device), ignore_index=NOT_READ
        )
        return 2 * self.recipe.pointer * both  # the mean over both ends, of which each counts
