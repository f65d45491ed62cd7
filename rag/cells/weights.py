"""How likely a cell answers: a weighted sum of what was matched and read, fitted on tables."""

import math
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

FILE = "weights.toml"


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights of what is known of a cell before it is read, and for what they are.

    `match` says which cells to read, `choose` which of those read is the one, `sure` whether that
    answers; the last two end with the weight of the reader's log-odds.
    """

    match: tuple[float, ...]
    choose: tuple[float, ...]
    sure: tuple[float, ...]
    bias: float

    def matches(self, known: Sequence[float]) -> float:
        """Return how well a cell fits before it is read, to be compared with others."""
        return _sum(self.match, known)

    def fits(self, known: Sequence[float], answered: float) -> float:
        """Return how well a cell fits that was read, to be compared with others."""
        return _sum(self.choose, (*known, odds(answered)))

    def answers(self, known: Sequence[float], answered: float) -> float:
        """Return the probability that the cell that fits best answers."""
        return 1 / (1 + math.exp(-self.bias - _sum(self.sure, (*known, odds(answered)))))


def _sum(by: Sequence[float], values: Sequence[float]) -> float:
    return sum(w * x for w, x in zip(by, values, strict=True))


def odds(p: float) -> float:
    """Return the log-odds of a probability."""
    p = min(max(p, 1e-4), 1 - 1e-4)
    return math.log(p / (1 - p))


@cache
def weights() -> Weights:
    """Return the weights in use."""
    told = tomllib.loads(files("rag.cells").joinpath(FILE).read_text(encoding="utf-8"))
    return Weights(tuple(told["match"]), tuple(told["choose"]), tuple(told["sure"]), told["bias"])
