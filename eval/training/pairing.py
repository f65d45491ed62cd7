"""What the retriever is shown of a report: sentence and clause that answer, and others near."""

from collections.abc import Iterator
from random import Random

from eval.training.config import Making
from eval.training.examples import Asked, Pair, Report
from eval.training.nearest import Nearest
from index.folding import fold


def pairs(
    report: Report, asked: Asked, near: Nearest, making: Making, rng: Random
) -> Iterator[Pair]:
    """Yield the pairs of one sentence's questions."""
    sentence, *clauses = report.passages[asked.sentence]
    answers = _answers(report, asked)
    folded = [fold(clause.text(report.document)) for clause in clauses]
    holding = [c for c, text in zip(clauses, folded, strict=True) if answers and answers[0] in text]
    other = [
        report.embedded(clause)
        for clause, text in zip(clauses, folded, strict=True)
        if not any(answer in text for answer in answers)
    ]
    for question in asked.questions:
        hard = near.misleading(question, asked, making.hard)
        whole = tuple(report.embedded(report.passages[number][0]) for number in hard)
        yield Pair(question, report.embedded(sentence), whole)
        if holding and len(clauses) > 1:
            beside = (report.embedded(rng.choice(report.passages[n][1:] or report.passages[n]))
                      for n in hard[: making.hard // 2])  # fmt: skip
            negatives = (*other[: making.clauses], *beside)
            yield Pair(question, report.embedded(holding[0]), negatives)


def _answers(report: Report, asked: Asked) -> list[str]:
    text = report.page.folded(asked.sentence)[0]
    return [span.of(text) for span in asked.spans]
