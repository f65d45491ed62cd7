"""Calibration: when is what was read an answer, and when is it a yes? `jinwen eval fit` writes it.

Fitted on whole reports that nothing was trained on, not on those that the code was written beside.
The threshold with the fewest errors is taken, an answerable question refused and an unanswerable
one answered counting alike as shares (Youden, 1950).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.errors import InputError
from eval import fitcells
from eval.askers import local
from eval.cases import Case
from eval.measures.texts import sign
from eval.sets import OFFICES, World, office, open_set
from index.embedders import Embedder
from rag.answerability import CALIBRATION
from rag.cells.weights import FILE
from rag.reader import Reader

SET = "unseen"
_TARGET = Path(__file__).parents[1] / "rag" / CALIBRATION


@dataclass(frozen=True, slots=True)
class Example:
    """What was read for a question: `yes` is meant by the case where it expects a yes or a no."""

    answered: float
    answerable: bool
    read_yes: float
    yes: bool | None


def fit_all(embedder: Embedder, reader: Reader) -> Iterator[tuple[Path, str]]:
    """Yield every data file of `rag/` that is fitted, and its new text."""
    worlds = open_set(SET).worlds
    yield _TARGET, fit([e for w in worlds for e in _read(w, embedder, reader)], SET)
    name = OFFICES[0]
    yield _TARGET.parent / "cells" / FILE, fitcells.fit(office(name), embedder, reader, name)


def fit(examples: Sequence[Example], source: str) -> str:
    """Return the calibration file: both thresholds, and what each loses."""
    told = np.array([e.answered for e in examples])
    known = np.array([e.answerable for e in examples])
    decided = [e for e in examples if e.yes is not None]
    read, yes = np.array([e.read_yes for e in decided]), np.array([e.yes for e in decided])
    return "\n".join((
        f"# Written by `jinwen eval fit` from {source}.",
        _line("threshold", told, known, ("answerable refused", "unanswerable answered")),
        _line("yes", read, yes, ("yes taken for no", "no for yes")),
        "",
    ))  # fmt: skip


def best_threshold(told: NDArray[np.float64], known: NDArray[np.bool_]) -> float:
    """Return the threshold that loses the smallest shares of both sides, halfway to the next.

    Raises InputError where one of the sides has no example.
    """
    if known.all() or not known.any():
        raise InputError("题集里要有能回答的，也要有不能回答的，请补上后再运行 jinwen eval fit")
    values = np.unique(told)
    tried = np.concatenate([values[:1], (values[1:] + values[:-1]) / 2])
    lost = [(told[known] < t).mean() + (told[~known] >= t).mean() for t in tried]
    return float(tried[int(np.argmin(lost))])


def _line(
    name: str, told: NDArray[np.float64], known: NDArray[np.bool_], shares: tuple[str, str]
) -> str:
    at = best_threshold(told, known)
    lost = (told[known] < at).mean(), (told[~known] >= at).mean()
    said = ", ".join(f"{share} {x:.3f}" for share, x in zip(shares, lost, strict=True))
    return f"{name} = {at:.4f} # {len(told)} questions: {said}"


def _read(world: World, embedder: Embedder, reader: Reader) -> Iterator[Example]:
    """Yield what is read for every question of one part."""
    with local(world.documents, embedder, reader) as asked:
        for case in world.cases:
            readings = asked.assistant.readings(case.question)
            if len(readings) == 1 and readings[0].sights:
                best = readings[0].sights[0].read
                yield Example(best.answered, case.answerable, best.yes, _yes(case))


def _yes(case: Case) -> bool | None:
    return sign(case.accept[0]) if case.polar else None
