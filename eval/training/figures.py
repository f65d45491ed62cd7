"""Figures of what was trained, on reports that were held out for development."""

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from eval.training.arrays import NOT_READ, Arrays, Integers
from eval.training.batches import filled
from eval.training.reader import Reader
from eval.training.retriever import Retriever

_BATCH = 128
_DEPTHS = (1, 3, 5, 10)
_NONE, _SPAN, _YES, _NO = range(4)
Floats = NDArray[np.float64]


@torch.no_grad()
def retrieved(task: Retriever, arrays: Arrays) -> dict[str, float]:
    """Return hit@k: is an answering passage among the k nearest of all passages held out."""
    task.module.eval()
    asked = np.unique(arrays.pairs[:, 0])
    questions = _embedded(task, [arrays.questions[n] for n in asked])
    passages = _embedded(task, [arrays.passages[n] for n in range(len(arrays.passages))])
    deepest = min(_DEPTHS[-1], len(arrays.passages))
    nearest = (questions @ passages.T).topk(deepest).indices.cpu().numpy()
    answering = set(map(tuple, arrays.pairs.tolist()))
    found = zip(asked, nearest, strict=True)
    hits = np.array([[(question, p) in answering for p in row] for question, row in found])
    return {f"hit@{k}": float(hits[:, :k].any(axis=1).mean()) for k in _DEPTHS}


@torch.no_grad()
def read(task: Reader, arrays: Arrays) -> dict[str, float]:
    """Return what the reader has right in windows held out.

    `auroc` of windows that answer against those that do not; `verdict` the share at probability
    0.5; `polarity` of yes and no; `span_f1` of tokens marked, against those of the answer.
    """
    task.module.eval()
    order = np.argsort(arrays.rows.lengths, kind="stable")
    verdicts = np.zeros((len(order), 4))
    overlaps: list[float] = []
    for start in range(0, len(order), _BATCH):
        chosen = order[start : start + _BATCH]
        said, tags = _said(task, [arrays.rows[n] for n in chosen])
        verdicts[chosen] = said
        spans = ((n, tags[i]) for i, n in enumerate(chosen) if arrays.verdicts[n] == _SPAN)
        overlaps += [_overlap(arrays.labels[n], tag) for n, tag in spans]
    return {**_judged(verdicts, arrays.verdicts), "span_f1": _mean(overlaps)}


def _embedded(task: Retriever, rows: list[Integers]) -> Tensor:
    parts = [task.embed(rows[at : at + _BATCH]) for at in range(0, len(rows), _BATCH)]
    return torch.cat(parts)


def _said(task: Reader, rows: list[Integers]) -> tuple[Floats, Integers]:
    """Return the probabilities of the verdicts, and the best tag of every token."""
    verdicts, tags, _ = task.module.read(*(part.to(task.device) for part in filled(rows)))
    return verdicts.softmax(-1).double().cpu().numpy(), tags.argmax(-1).cpu().numpy()


def _judged(said: Floats, right: Integers) -> dict[str, float]:
    answers, polar = right > _NONE, right >= _YES
    answered = 1 - said[:, _NONE]
    yes = said[polar, _YES] > said[polar, _NO]
    return {
        "auroc": _auroc(answered[answers], answered[~answers]),
        "verdict": _mean((answered > 0.5) == answers),
        "polarity": _mean(yes == (right[polar] == _YES)),
    }


def _auroc(higher: Floats, lower: Floats) -> float:
    """Return how often one of the higher stands above one of the lower (Mann and Whitney, 1947)."""
    if not (len(higher) and len(lower)):
        return float("nan")
    below = np.searchsorted(np.sort(lower), higher, "left")
    level = np.searchsorted(np.sort(lower), higher, "right") - below
    return float((below + level / 2).mean() / len(lower))


def _overlap(labels: Integers, tags: Integers) -> float:
    seen = labels != NOT_READ
    inside, told = labels[seen] > 0, tags[: len(labels)][seen] > 0
    return float(2 * (inside & told).sum() / max(1, inside.sum() + told.sum()))


def _mean(values: "list[float] | NDArray[np.bool_]") -> float:
    return float(np.mean(values)) if len(values) else float("nan")
