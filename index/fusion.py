"""One score from three: meaning, words of the surroundings, words of the passage itself."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
_PIECES = 8  # for each value that is looked for


@dataclass(frozen=True, slots=True)
class Mix:
    """How much each signal counts; the first two are in standard deviations, the third 0 to 1.

    Chosen for the trained retriever. Words count for little: on two real reports that nothing was
    trained on the gold sentence comes first for 92 and 84 % of the questions, with the weights
    chosen for the plain encoder (.75, .25, 3) for 85 and 77 %, paraphrases 83 and 72 against 65
    and 53 %.
    """

    cosine: float = 1.0
    bm25: float = 0.1
    coverage: float = 1.0


def standardized(values: Floats, mean: float, deviation: float) -> Floats:
    """Return how many standard deviations each value lies above the mean."""
    return np.asarray((values - mean) / (deviation or 1.0), dtype=np.float32)


def fuse(cosine: Floats, bm25: Floats, coverage: Floats, mix: Mix) -> Floats:
    """Return the fused scores of passages; all arrays are in the same order."""
    total = mix.cosine * cosine + mix.bm25 * bm25 + mix.coverage * coverage
    return np.asarray(total, dtype=np.float32)


def largest(values: np.ndarray, k: int) -> np.ndarray:
    """Return where the k largest values stand, largest first, of equal ones the first.

    As `argsort` would, without sorting half a million for fifty: of equal pieces k have a top at
    least as large as the k-th largest top, so what is less is none of those looked for.
    """
    piece = len(values) // (_PIECES * k)
    if piece > 1:
        tops = values[: len(values) // piece * piece].reshape(-1, piece).max(axis=1)
        there = np.flatnonzero(values >= np.partition(tops, -k)[-k])
    else:
        there = np.arange(len(values))
    return there[np.argsort(-values[there], kind="stable")[:k]]
