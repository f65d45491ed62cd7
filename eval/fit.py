"""Fits the answerability rule on our own questions and writes the file that `rag` reads.

    jinwen eval fit

The rule predicts "what was found answers the question": positives are questions whose answer and
headline are right, negatives all others, those the report does not answer among them. There are
two models, since a figure, date or name that was asked for is attached to something, and a passage
is not. Before them stands a model of "the documents speak of this", fitted on answerable and
far-off questions. The thresholds refuse 3 % and 2 % of the answerable questions under
cross-validation.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from eval.askers import local
from eval.cases import Case
from eval.measures import headline, right
from eval.sets import World, open_set
from index.embedders import Embedder
from rag.answerability import (
    CALIBRATION,
    Calibration,
    Features,
    Model,
    topic_row,
)
from rag.answers import Turn
from rag.assistant import Assistant, Reading
from rag.slots import DETAILS
from rag.understanding import Understanding, understanding

_FALSE_REFUSALS, _OFF_TOPIC = 0.03, 0.02
_FOLDS = 10
_SETS = ("tianjin", "binlan")
_TARGET = Path(__file__).parents[1] / "rag" / CALIBRATION
_ALWAYS = Model((0.0,) * len(fields(Features)), 9.0)
_EVERYTHING = Calibration(Model((0.0,) * 3, 9.0), _ALWAYS, _ALWAYS, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Example:
    """A question that something was found for, and whether that is right."""

    slotted: bool
    row: tuple[float, ...]
    right: bool
    answerable: bool


@dataclass(frozen=True, slots=True)
class Topical:
    """A question with the features of the topic model, and whether the documents answer it."""

    row: tuple[float, float, float]
    answerable: bool


def fit_all(embedder: Embedder) -> Iterator[tuple[Path, str]]:
    """Yield every data file of `rag/` that is fitted, and its new text."""
    worlds = [world for name in _SETS for world in open_set(name).worlds]
    examples: list[Example] = []
    topical: list[Topical] = []
    for world in worlds:
        for example, topic in _examples(world, embedder):
            examples += [example] if example else []
            topical += [topic] if topic else []
    source = f"{' and '.join(_SETS)}, {len(examples)} questions, {len(topical)} for the topic"
    yield _TARGET, fit(examples, topical, source)


def fit(examples: Sequence[Example], topical: Sequence[Topical], source: str) -> str:
    """Return the calibration file: weights for raw features, biases, threshold, and the figures."""
    held_out = np.zeros(len(examples))
    lines = ["# Written by `jinwen eval fit`; see there for how.", f'source = "{source}"']
    tables: list[str] = []
    right_ones = np.array([example.right for example in examples])
    spoken = np.array([topic.answerable for topic in topical])
    model, near = _model(np.array([topic.row for topic in topical]), spoken)
    topic_threshold = float(np.quantile(near[spoken], _OFF_TOPIC))
    tables += _table("topic", len(topical), model)
    for name, slotted in (("slotted", True), ("open", False)):
        rows = np.flatnonzero([example.slotted == slotted for example in examples])
        features = np.array([example.row for example in examples])[rows]
        model, predicted = _model(features, right_ones[rows])
        held_out[rows] = predicted
        tables += _table(name, len(rows), model)
    answerable = np.array([example.answerable for example in examples])
    threshold = float(np.quantile(held_out[answerable], _FALSE_REFUSALS))
    refused = held_out < threshold
    lines += [
        f"# {_FOLDS}-fold: AUROC of right against all others "
        f"{roc_auc_score(right_ones, held_out):.3f}, "
        f"of answerable {roc_auc_score(answerable, held_out):.3f};",
        f"# at the threshold answerable questions refused {refused[answerable].mean():.3f}, "
        f"unanswerable ones that a reader found something for answered "
        f"{(~refused[~answerable]).mean():.3f}",
        f"# weights: {', '.join(each.name for each in fields(Features))}",
        f"threshold = {threshold:.4f}",
        f"# far-off questions told by the topic alone "
        f"{(near[~spoken] < topic_threshold).mean():.3f},"
        f" AUROC {roc_auc_score(spoken, near):.3f}; weights: margin, place, foreign",
        f"topic_threshold = {topic_threshold:.4f}",
    ]
    return "\n".join([*lines, *tables, ""])


def _table(name: str, n: int, model: Model) -> list[str]:
    told = ", ".join(f"{w:.4f}" for w in model.weights)
    return [f"\n[{name}] # {n} questions", f"weights = [{told}]", f"bias = {model.bias:.4f}"]


def _model(
    rows: NDArray[np.float64], right: NDArray[np.bool_]
) -> tuple[Model, NDArray[np.float64]]:
    """Return the model of all rows, and what models of the other folds predict for each."""
    model = make_pipeline(StandardScaler(), LogisticRegression(class_weight="balanced"))
    folds = StratifiedKFold(_FOLDS, shuffle=True, random_state=0)
    predicted = cross_val_predict(model, rows, right, cv=folds, method="predict_proba")[:, 1]
    model.fit(rows, right)
    scaler, logistic = model[0], model[1]
    weights = logistic.coef_[0] / scaler.scale_
    bias = float(logistic.intercept_[0] - weights @ scaler.mean_)
    return Model(tuple(map(float, weights)), bias), predicted


def _examples(world: World, embedder: Embedder) -> Iterator[tuple[Example | None, Topical | None]]:
    """Yield for every question of one part what it is an example of."""
    texts = {document.id: document.text for document in world.documents}
    with local(world.documents, embedder) as asked:
        known = understanding(asked.searcher.contents)
        assistant = Assistant(lambda: asked.searcher, _EVERYTHING)
        for case in world.cases:
            turns = [Turn(*turn) for turn in case.history]
            readings = assistant.readings(case.question, turns)
            given = {**assistant.ask(case.question, turns).to_json(),
                     "spans": case.evidence_spans(texts)}  # fmt: skip
            if len(readings) == 1 and given["refusal"] != "unsafe":
                yield _example(case, readings[0], given), _topical(case, readings[0], known)


def _example(case: Case, reading: Reading, given: dict[str, Any]) -> Example | None:
    if reading.features is None:
        return None
    good = case.answerable and right.measure(case, given) == headline.measure(case, given) == 1.0
    slotted = reading.question.slot.kind in DETAILS
    return Example(slotted, reading.features.row(), good, case.answerable)


def _topical(case: Case, reading: Reading, known: Understanding) -> Topical | None:
    if not (case.answerable or case.kind == "far") or not reading.evidence:
        return None
    foreign = reading.wanted.share(known.foreign(reading.wanted))
    return Topical(topic_row(reading.evidence, foreign), case.answerable)
