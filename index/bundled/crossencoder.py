"""The trained reader: one question beside each of several windows, what its heads say of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.bundled import folder as bundled
from index.bundled.session import open_graph, run
from index.bundled.tokenizer import BOS, EOS, Token

MAX_TOKENS, QUESTION_TOKENS, HEAD_TOKENS = 256, 60, 40
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """What the heads say of one window.

    `verdict` are the probabilities of none, span, yes, no; `inside` and `begins` for each token
    how likely it is part of an answer, and its first. `tokens` have the characters of the
    window's text.
    """

    verdict: Floats
    tokens: tuple[Token, ...]
    inside: Floats
    begins: Floats


class CrossEncoder:
    """The bundled encoder with the reader's adapter and heads; safe to share between threads."""

    def __init__(self, models: Path) -> None:
        self._session, self._tokenizer = open_graph(models, bundled.READER_GRAPH)
        self._query, self._passage = (
            self._tokenizer.encode(prompt)[1:-1]
            for prompt in (bundled.QUERY_PROMPT, bundled.PASSAGE_PROMPT)
        )
        self._located = lru_cache(maxsize=4_000)(self._tokenizer.located)

    def read(self, question: str, windows: Sequence[tuple[str, Sequence[str]]]) -> list[Reading]:
        """Return what is said of each window, a heading and sentences, all folded.

        A question is read up to 60 tokens, a heading up to 40, all together up to 256; what is
        beyond is not read. Offsets are those of the sentences put together.
        """
        if not windows:
            return []
        rows, bodies = [], []
        for heading, sentences in windows:
            opening = self._opening(question, heading)
            body = self._body(sentences)[: MAX_TOKENS - len(opening) - 1]
            rows.append([*opening, *(token.id for token in body), EOS])
            bodies.append((len(opening), body))
        verdict, tags = run(self._session, rows)
        return [
            _reading(verdict[i], tags[i, at : at + len(body)], body)
            for i, (at, body) in enumerate(bodies)
        ]

    def _opening(self, question: str, heading: str) -> list[int]:
        asked = [token.id for token in self._located(question)[:QUESTION_TOKENS]]
        place = self._tokenizer.encode(heading)[1:-1][:HEAD_TOKENS]
        return [BOS, *self._query, *asked, EOS, EOS, *self._passage, *place, EOS]

    def _body(self, sentences: Sequence[str]) -> list[Token]:
        body: list[Token] = []
        at = 0
        for text in sentences:
            body += [Token(t.id, at + t.start, at + t.end) for t in self._located(text)]
            at += len(text)
        return body


def _softmax(values: Floats) -> Floats:
    raised = np.exp(values - values.max(axis=-1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=-1, keepdims=True), np.float32)


def _reading(verdict: Floats, tags: Floats, body: list[Token]) -> Reading:
    told = _softmax(tags)
    return Reading(_softmax(verdict), tuple(body), 1 - told[:, 0], told[:, 1])
