"""Which cell of a table answers: the weights of `rag/cells`, fitted on questions on tables.

To each question that names its row one is added that names a row which is not there, in words
made up but for the last. Three regressions: over all cells of the rows that were found, which is
the right one; over those that are read, the same with the reader's log-odds; over the best one of
each question, whether it answers, answers and refusals counting alike.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from sklearn.linear_model import LogisticRegression

from corpus.rows import rows
from eval.askers import searcher_of
from eval.cases import Case
from eval.measures.texts import bare
from eval.sets import World
from index.embedders import Embedder
from rag.cells.candidates import Candidate, with_named
from rag.cells.choosing import READ, known
from rag.cells.weights import odds
from rag.evidence import PASSAGES, gather
from rag.questions import Question, understand
from rag.reader import Reader

_FOUND = 30
_LEFT_OUT = ("prose", "most")  # kinds that no one cell answers
_MADE_UP = "恒岳沅泽霁"
_NAME_CHARS = range(2, 7)


@dataclass(frozen=True, slots=True)
class Cells:
    """The cells that a question may ask for: what is known of each, and which are right."""

    question: Question
    cells: Sequence[Candidate]
    features: Sequence[tuple[float, ...]]
    right: Sequence[bool]


def fit(world: World, embedder: Embedder, reader: Reader, source: str) -> str:
    """Return the file of weights, fitted on the cases of a world."""
    asked = list(_asked(world, embedder))
    match = _fitted([x for a in asked for x in a.features], [r for a in asked for r in a.right],
                    balanced=True)  # fmt: skip
    read = [_read(a, match.coef_[0], reader) for a in asked if a.cells]
    choose = _fitted([x for xs, _ in read for x in xs], [r for _, rs in read for r in rs])
    best = [
        (xs[at], rs[at]) for xs, rs in read for at in [int(np.argmax(choose.decision_function(xs)))]
    ]
    sure = _fitted([x for x, _ in best], [r for _, r in best], balanced=True)
    told = f"# Written by `jinwen eval fit` from {source}: {len(asked)} questions.\n"
    for name, model in (("match", match), ("choose", choose), ("sure", sure)):
        told += f"{name} = [{', '.join(f'{w:.3f}' for w in model.coef_[0])}]\n"
    return f"{told}bias = {sure.intercept_[0]:.3f}\n"


def _fitted(
    known: Sequence[Sequence[float]], right: Sequence[bool], *, balanced: bool = False
) -> LogisticRegression:
    model = LogisticRegression(class_weight="balanced" if balanced else None, max_iter=1000)
    return model.fit(np.array(known), np.array(right))


def _asked(world: World, embedder: Embedder) -> Iterator[Cells]:
    """Yield the cells of each question that one cell answers, or none does."""
    with TemporaryDirectory() as folder:
        searcher = searcher_of(world.documents, embedder, Path(folder))
        documents = searcher.contents.documents
        for case in _with_rivals(world):
            question = understand(case.question)
            ranked = islice(searcher.ranked(question.plain, list(documents)), PASSAGES)
            found = [e for e in gather(ranked, documents, most=_FOUND) if e.row]
            pairs = known(question, with_named(question, found, documents.values()))
            if not case.answerable:  # an empty cell may be what is asked, and refuses rightly
                pairs = [pair for pair in pairs if not pair[0].lent]
            yield Cells(question, [c for c, _ in pairs], [x for _, x in pairs],
                        [_is_right(c, case) for c, _ in pairs])  # fmt: skip


def _with_rivals(world: World) -> Iterator[Case]:
    """Yield the cases that cells answer, each with one of a row that is not there."""
    labels = {x.text for d in world.documents for r in rows(d).values() if r for x in r.labels[-1:]}
    for case in world.cases:
        if case.kind in _LEFT_OUT:
            continue
        yield case
        named = [x for x in labels if x in case.question and len(x) in _NAME_CHARS]
        if case.answerable and named:
            name = max(named, key=len)
            other = f"{_MADE_UP[: len(name) - 1]}{name[-1]}"
            yield replace(case, question=case.question.replace(name, other), answerable=False)


def _is_right(cell: Candidate, case: Case) -> bool:
    """Tell whether a cell is the one that a case asks for: an accepted answer of its document."""
    if cell.lent or not case.answerable:
        return False
    row, text = cell.row, cell.evidence.document.text
    stands = not case.evidence or text[row.start : row.end] in case.evidence
    told = {bare(cell.field.told), bare(cell.field.text)}
    return stands and not told.isdisjoint(map(bare, case.accept))


def _read(
    asked: Cells, match: Sequence[float], reader: Reader
) -> tuple[list[tuple[float, ...]], list[bool]]:
    """Return the cells of a question that are read, with the reader's log-odds, and the right."""
    order = np.argsort(-np.array(asked.features) @ np.array(match), kind="stable")[:READ]
    reads = reader.read(asked.question.plain, [asked.cells[i].told for i in order])
    features = [(*asked.features[i], odds(r.answered)) for i, r in zip(order, reads, strict=True)]
    return features, [asked.right[i] for i in order]
