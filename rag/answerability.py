"""Does what was found answer the question? A calibrated probability against a threshold."""

import math
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files

from index.folding import fold
from rag.evidence import Evidence
from rag.language.matching import Wanted
from rag.readers import Finding
from rag.slots import DETAILS, Kind

CALIBRATION = "answerability.toml"


@dataclass(frozen=True, slots=True)
class Features:
    """What is known about an answer before it is given; shares are 0 to 1.

    `margin` by how much the passage is nearer than what is asked elsewhere, `deviation` how far
    its cosine stands out, `said` and `held` how much of the question is said beside the answer
    and in its sentence, `place` in its headings too, `foreign` the share of the question's weight
    in words that stand in no document, `sure` whether the reader found just what was asked.
    """

    margin: float
    deviation: float
    said: float
    held: float
    place: float
    foreign: float
    sure: float

    def row(self) -> tuple[float, ...]:
        """Return the features in the order of the calibration's weights."""
        return tuple(getattr(self, each.name) for each in fields(self))


def features(wanted: Wanted, found: Finding, foreign: frozenset[str]) -> Features:
    """Return the features of a finding; `foreign` are the words that stand in no document."""
    evidence = found.evidence
    here = f"{evidence.folded} {fold(' '.join(evidence.section))}"
    return Features(
        evidence.margin, evidence.deviation, found.said, evidence.coverage, evidence.place,
        wanted.share(foreign & wanted.missing(here)), float(found.sure),
    )  # fmt: skip


def topic_row(evidence: Sequence[Evidence], foreign: float) -> tuple[float, float, float]:
    """Return what tells whether the documents speak of a question: margin, place, foreign."""
    margin = max((e.margin for e in evidence), default=-1.0)
    return margin, max((e.place for e in evidence), default=0.0), foreign


@dataclass(frozen=True, slots=True)
class Model:
    """A logistic model: weights for raw features, and a bias."""

    weights: tuple[float, ...]
    bias: float

    def probability(self, row: Sequence[float]) -> float:
        """Return the probability, 0 to 1, for the features in `row`."""
        pairs = zip(self.weights, row, strict=True)
        return 1 / (1 + math.exp(-(self.bias + sum(w * x for w, x in pairs))))


@dataclass(frozen=True, slots=True)
class Calibration:
    """Models and thresholds: is the question about the documents, does the finding answer it.

    Questions that ask for a figure, date or name have a model of their own.
    """

    topic: Model
    slotted: Model
    open: Model
    threshold: float
    topic_threshold: float

    def on_topic(self, evidence: Sequence[Evidence], foreign: float) -> bool:
        """Tell whether the documents speak of a question; `foreign` as in `Features`."""
        return self.topic.probability(topic_row(evidence, foreign)) >= self.topic_threshold

    def probability(self, kind: Kind, features: Features) -> float:
        """Return the probability that a finding answers a question of this kind."""
        return (self.slotted if kind in DETAILS else self.open).probability(features.row())


@cache
def calibration() -> Calibration:
    """Return the calibration in use, as `jinwen eval fit` wrote it."""
    text = files("rag").joinpath(CALIBRATION).read_text(encoding="utf-8")
    data = tomllib.loads(text)
    models = {
        group: Model(tuple(data[group]["weights"]), data[group]["bias"])
        for group in ("topic", "slotted", "open")
    }
    return Calibration(
        **models, threshold=data["threshold"], topic_threshold=data["topic_threshold"]
    )
