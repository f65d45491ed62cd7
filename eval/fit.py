"""Fits the answerability rule on our own questions and writes the file that `rag` reads.

    jinwen eval fit

The rule predicts "the best hit answers". Positives are answerable questions whose best hit
overlaps the evidence; negatives are far-off questions, injections, and answerable questions whose
best hit is wrong. Near misses (topic there, detail not) are left out: these features cannot tell
them, that takes the asked slot. The threshold keeps false refusals at 5 % under cross-validation.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from corpus.library import shipped
from eval.askers import local
from eval.cases import DATASETS, Case, load
from eval.measures.spans import overlap
from index.embedders import Embedder
from index.search import Searcher
from rag.answerability import CALIBRATION, Features
from rag.questions import understand

_FALSE_REFUSALS = 0.05
_SET = DATASETS / "tianjin.jsonl"
_NEGATIVE_KINDS = {"far", "injection"}
_TARGET = Path(__file__).parents[1] / "rag" / CALIBRATION


def fit_all(embedder: Embedder) -> Iterator[tuple[Path, str]]:
    """Yield every data file of `rag/` that is fitted, and its new text."""
    cases = [c for c in load(_SET) if c.answerable or c.kind in _NEGATIVE_KINDS]
    with local(shipped(), embedder) as asked:
        rows, right = _rows(cases, asked.searcher)
    yield _TARGET, fit(rows, right, f"{_SET.name}, {len(cases)} questions")


def fit(rows: NDArray[np.float64], right: NDArray[np.bool_], source: str) -> str:
    """Return the calibration file: weights for raw features, bias, threshold, and the figures."""
    model = make_pipeline(StandardScaler(), LogisticRegression(class_weight="balanced"))
    folds = StratifiedKFold(10, shuffle=True, random_state=0)
    held_out = cross_val_predict(model, rows, right, cv=folds, method="predict_proba")[:, 1]
    threshold = float(np.quantile(held_out[right], _FALSE_REFUSALS))
    model.fit(rows, right)
    scaler, logistic = model[0], model[1]
    weights = logistic.coef_[0] / scaler.scale_
    bias = float(logistic.intercept_[0] - weights @ scaler.mean_)
    refused = held_out < threshold
    return "\n".join((
        "# Written by `jinwen eval fit`; see there for how.",
        f'source = "{source}"',
        f"# ten-fold: AUROC {roc_auc_score(right, held_out):.3f}, "
        f"right evidence refused {refused[right].mean():.3f}, "
        f"no or wrong evidence answered {(~refused[~right]).mean():.3f}",
        f"weights = [{', '.join(f'{w:.4f}' for w in weights)}] "
        "# cosine, cosine_deviation, coverage",
        f"bias = {bias:.4f}",
        f"threshold = {threshold:.4f}",
        "",
    ))  # fmt: skip


def _rows(
    cases: Sequence[Case], searcher: Searcher
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    texts = {document.id: document.text for document in searcher.contents.documents.values()}
    rows: list[tuple[float, ...]] = []
    right: list[bool] = []
    for case in cases:
        before = case.history[-1][0] if case.history else ""
        question = understand(before + case.question)
        best = searcher.search(question.resolved, 1)[0]
        coverage = searcher.coverage(question.words, best)
        rows.append(Features.of(best, coverage).row())
        right.append(any(overlap(span, best.to_json()) for span in case.evidence_spans(texts)))
    return np.array(rows), np.array(right)
