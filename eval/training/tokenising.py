"""Examples become arrays: rows of tokens, labels at the very tokens of an answer."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from corpus.documents import Span
from eval.training.arrays import NOT_READ, SPECIAL, Arrays, Rows
from eval.training.config import RetrieverRecipe
from eval.training.examples import NONE, Examples, Shown
from eval.training.layout import Layout
from index.bundled.tokenizer import Token

_OUTSIDE, _BEGIN, _INSIDE = range(3)


class _Numbered:
    """Texts in the order in which they were first seen."""

    def __init__(self) -> None:
        self.texts: dict[str, int] = {}

    def __call__(self, text: str) -> int:
        return self.texts.setdefault(text, len(self.texts))


def arrays(examples: Examples, layout: Layout, recipe: RetrieverRecipe) -> Arrays:
    """Return the arrays of examples; their tokens are still those of the whole vocabulary.

    A window whose answer is beyond what the reader reads is left out.
    """
    questions, passages = _Numbered(), _Numbered()
    pairs = [(questions(pair.question), passages(pair.passage)) for pair in examples.pairs]
    negatives = [[passages(text) for text in pair.negatives] for pair in examples.pairs]
    for text in examples.pool:
        passages(text)
    rows, labels, verdicts, ends = _windows(examples.shown, layout)
    asked = (layout.question(text, recipe.question_tokens) for text in questions.texts)
    kept = (layout.passage(text, recipe.passage_tokens) for text in passages.texts)
    return Arrays(
        vocabulary=np.empty(0, np.int32),
        questions=Rows.of(asked, np.int32),
        passages=Rows.of(kept, np.int32),
        pairs=np.array(pairs, np.int32).reshape(-1, 2),
        negatives=Rows.of(negatives, np.int32),
        rows=Rows.of(rows, np.int32),
        labels=Rows.of(labels, np.int8),
        verdicts=np.array(verdicts, np.int8),
        ends=np.array(ends, np.int16).reshape(-1, 2),
    )


def pruned(several: Sequence[Arrays]) -> list[Arrays]:
    """Return arrays with one vocabulary, of the pieces that occur in any of them."""
    values = [rows.values for a in several for rows in (a.questions, a.passages, a.rows)]
    vocabulary = np.unique(np.concatenate([np.array(SPECIAL), *values])).astype(np.int32)

    kind = np.min_scalar_type(len(vocabulary))

    def mapped(rows: Rows) -> Rows:
        return Rows(np.searchsorted(vocabulary, rows.values).astype(kind), rows.ends)

    return [
        replace(a, vocabulary=vocabulary, questions=mapped(a.questions),
                passages=mapped(a.passages), rows=mapped(a.rows))
        for a in several
    ]  # fmt: skip


def _windows(
    shown: Iterable[Shown], layout: Layout
) -> tuple[list[list[int]], list[list[int]], list[int], list[tuple[int, int]]]:
    rows, labels, verdicts, ends = [], [], [], []
    for example in shown:
        window = example.window
        row, at, body = layout.row(example.question, window.heading, window.texts)
        tags = _tags(body, example.spans)
        if example.verdict != NONE and _BEGIN not in tags:
            continue
        rows.append(row)
        labels.append([*[NOT_READ] * at, *tags, NOT_READ])
        verdicts.append(example.verdict)
        ends.append(_ends(tags, at))
    return rows, labels, verdicts, ends


def _tags(body: Sequence[Token], spans: Iterable[Span]) -> list[int]:
    """Return the tag of every token: the first that an answer touches begins it."""
    tags = [_OUTSIDE] * len(body)
    for span in spans:
        touched = [n for n, t in enumerate(body) if t.start < span.end and span.start < t.end]
        for number in touched:
            tags[number] = _BEGIN if number == touched[0] else _INSIDE
    return tags


def _ends(tags: Sequence[int], at: int) -> tuple[int, int]:
    """Return the first and last token of an answer in one piece, by their place in the row."""
    if tags.count(_BEGIN) != 1:
        return NOT_READ, NOT_READ
    first = tags.index(_BEGIN)
    return at + first, at + first + tags.count(_INSIDE)
