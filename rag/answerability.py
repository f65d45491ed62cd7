"""Does the evidence answer the question? A calibrated probability and one documented threshold."""

import math
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from index.search import Hit

CALIBRATION = "answerability.toml"


@dataclass(frozen=True, slots=True)
class Features:
    """What is known about the best hit: its cosine, how far that stands out, words it holds."""

    cosine: float
    cosine_deviation: float
    coverage: float

    @classmethod
    def of(cls, hit: Hit, coverage: float) -> "Features":
        """Return the features of a hit; `coverage` is of the question's meaningful words."""
        return cls(hit.signals.cosine, hit.signals.cosine_deviation, coverage)

    def row(self) -> tuple[float, float, float]:
        """Return the features in the order of the calibration's weights."""
        return self.cosine, self.cosine_deviation, self.coverage


@dataclass(frozen=True, slots=True)
class Calibration:
    """A logistic model of "the best hit answers", and the probability to answer from."""

    weights: tuple[float, ...]
    bias: float
    threshold: float

    def probability(self, features: Features) -> float:
        """Return the probability, 0 to 1, that the best hit answers the question."""
        pairs = zip(self.weights, features.row(), strict=True)
        return 1 / (1 + math.exp(-(self.bias + sum(w * x for w, x in pairs))))


@cache
def calibration() -> Calibration:
    """Return the calibration in use, as `jinwen eval fit` wrote it."""
    text = files("rag").joinpath(CALIBRATION).read_text(encoding="utf-8")
    data = tomllib.loads(text)
    return Calibration(tuple(data["weights"]), data["bias"], data["threshold"])
