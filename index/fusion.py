"""One score from three: meaning, words of the surroundings, words of the passage itself."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Mix:
    """How much each signal counts; the first two are in standard deviations, the third 0 to 1.

    Chosen on CMRC trial and DRCD dev together: hit@1 is flat around these values (99.3 and 97.2),
    and above either signal alone (98.0 and 92.1 dense; 98.0 and 94.4 BM25).
    """

    cosine: float = 0.75
    bm25: float = 0.25
    coverage: float = 3.0


def standardized(values: Floats, mean: float, deviation: float) -> Floats:
    """Return how many standard deviations each value lies above the mean."""
    return np.asarray((values - mean) / (deviation or 1.0), dtype=np.float32)


def fuse(cosine: Floats, bm25: Floats, coverage: Floats, mix: Mix) -> Floats:
    """Return the fused scores of passages; all arrays are in the same order."""
    total = mix.cosine * cosine + mix.bm25 * bm25 + mix.coverage * coverage
    return np.asarray(total, dtype=np.float32)
