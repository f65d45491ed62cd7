"""Which sentences of a report are near a question and do not answer it: what misleads."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from eval.training.examples import Asked, Report
from index.embedders import Embedder, Vectors

_THREADS = 2
_LOOKED_AT = 40


class Nearest:
    """The sentences of one report by their nearness to its questions, by the plain encoder."""

    def __init__(self, report: Report, embedder: Embedder) -> None:
        self._page = report.page
        self._numbers = [n for n, s in enumerate(report.page.sentences) if not s.is_heading]
        firsts = [report.embedded(report.passages[n][0]) for n in self._numbers]
        self._sentences = embedder.embed_passages(firsts)
        questions = [q for asked in report.asked for q in (*asked.questions, *asked.near_misses)]
        self._questions = dict(zip(questions, _embedded(questions, embedder), strict=True))

    def misleading(self, question: str, asked: Asked, count: int) -> list[int]:
        """Return the numbers of the nearest sentences that hold not all of the answer."""
        near = np.argsort(-(self._sentences @ self._questions[question]), kind="stable")
        answer = self._page.folded(asked.sentence)[0]
        answers = [span.of(answer) for span in asked.spans]
        return [
            number
            for number in (self._numbers[row] for row in near[:_LOOKED_AT])
            if number != asked.sentence and not self._holds(number, answers)
        ][:count]

    def _holds(self, number: int, answers: Sequence[str]) -> bool:
        text = self._page.folded(number)[0]
        return bool(answers) and all(answer in text for answer in answers)


def _embedded(questions: Sequence[str], embedder: Embedder) -> list[Vectors]:
    with ThreadPoolExecutor(_THREADS) as pool:
        return list(pool.map(embedder.embed_query, questions))
