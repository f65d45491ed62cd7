"""The training loop of both adapters: what comes in which batch depends on seed and step alone."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Protocol

import numpy as np
import torch
from torch import Tensor, nn

from eval.training import checkpoint
from eval.training.arrays import Integers
from eval.training.config import Recipe
from eval.training.progress import Progress, rate, share

_TOLD_EVERY, _TOLD_SECONDS = 20, 10.0
_LONGEST_GRADIENT = 1.0


class Task(Protocol):
    """What is trained: a module, its batches, and the loss of one."""

    @property
    def module(self) -> nn.Module:
        """Return what learns."""

    @property
    def name(self) -> str:
        """Return the adapter's name."""

    @property
    def recipe(self) -> Recipe:
        """Return how it is trained."""

    @property
    def device(self) -> str:
        """Return where it is trained."""

    def batches(self, rng: np.random.Generator) -> list[Integers]:
        """Return the batches of one epoch, numbers of examples."""

    def loss(self, chosen: Integers, rng: np.random.Generator) -> Tensor:
        """Return the loss of one batch, a number."""


@dataclass(frozen=True, slots=True)
class Run:
    """One training: its seed and limit, where it is saved, what it belongs to, who is told."""

    seed: int
    file: Path
    made: str
    seconds: float | None
    tell: Callable[[str], None]


class _Order:
    """The batches of all epochs in their order, one epoch made at a time."""

    def __init__(self, task: Task, seed: int) -> None:
        self._task, self._seed = task, seed
        self._number, self._epoch = 0, self._made(0)
        whole = task.recipe.epochs * len(self._epoch)
        self.steps = min(whole, task.recipe.steps or whole)

    def batch(self, step: int) -> Integers:
        number, place = divmod(step, len(self._epoch))
        if number != self._number:
            self._number, self._epoch = number, self._made(number)
        return self._epoch[place]

    def _made(self, number: int) -> list[Integers]:
        return self._task.batches(np.random.default_rng((self._seed, number)))


def train(task: Task, run: Run) -> Progress:
    """Train until the epochs, the steps or the seconds are over, from where it was saved last.

    Raises InputError for a checkpoint that does not fit, ModelError when the loss is no number.
    """
    optimizer = _optimizer(task)
    progress = checkpoint.restore(run.file, task.module, optimizer, run.made)
    task.module.train()
    order = _Order(task, run.seed)
    told, since = progress.seconds, monotonic() - progress.seconds
    unread: list[Tensor] = []  # losses still on the device: to read one waits for it
    while progress.step < order.steps and not _late(progress, run):
        over = share(progress, order.steps, run.seconds)
        unread.append(_step(task, optimizer, order.batch(progress.step), over, run, progress.step))
        progress.step += 1
        progress.seconds = monotonic() - since
        ends = progress.step == order.steps or _late(progress, run)
        saves = ends or progress.step % task.recipe.save_every == 0
        if saves or len(unread) == _TOLD_EVERY or progress.seconds - told > _TOLD_SECONDS:
            told = progress.seconds
            progress.add(torch.stack(unread).tolist())
            unread.clear()
            run.tell(progress.line(task.name, order.steps))
        if saves:
            checkpoint.save(run.file, task.module, optimizer, progress, run.made)
    return progress


def _late(progress: Progress, run: Run) -> bool:
    return run.seconds is not None and progress.seconds >= run.seconds


def _optimizer(task: Task) -> torch.optim.Optimizer:
    """Return AdamW; what is no matrix does not decay."""
    learnt = [value for value in task.module.parameters() if value.requires_grad]
    groups = [
        {"params": [p for p in learnt if p.ndim > 1], "weight_decay": task.recipe.decay},
        {"params": [p for p in learnt if p.ndim < 2], "weight_decay": 0.0},
    ]
    return torch.optim.AdamW(groups, lr=task.recipe.rate, fused=task.device == "cuda")


def _step(
    task: Task, optimizer: torch.optim.Optimizer, chosen: Integers, over: float, run: Run, step: int
) -> Tensor:
    """Learn from one batch and return its loss."""
    recipe = task.recipe
    for group in optimizer.param_groups:
        group["lr"] = rate(recipe.rate, over, recipe.warm_up, recipe.rest)
    loss = task.loss(chosen, np.random.default_rng((run.seed, step, 1)))
    optimizer.zero_grad()
    loss.backward()  # type: ignore[no-untyped-call]
    nn.utils.clip_grad_norm_(task.module.parameters(), _LONGEST_GRADIENT)
    optimizer.step()
    return loss.detach()
