"""How an answer came about, as plain values: for the terminal and for the desk."""

from collections.abc import Sequence
from dataclasses import dataclass

from rag.answerability import Calibration
from rag.answers import Answer, Refusal
from rag.guard import unsupported
from rag.inquiry import Reading

SENTENCES = 5  # of those that were found, the best


@dataclass(frozen=True, slots=True)
class Found:
    """A sentence the search led to: its score, its cosine, the year it speaks of, its document."""

    score: float
    cosine: float
    year: int | None
    text: str
    title: str


@dataclass(frozen=True, slots=True)
class Looked:
    """A window that was read, for a sentence; three probabilities.

    `answered` that the answer stands in it, `polar` that the question is one of yes or no, `yes`
    that the answer is yes if it is.
    """

    answered: float
    polar: float
    yes: float
    text: str


@dataclass(frozen=True, slots=True)
class Part:
    """One question of those a text asks: what was found, read and chosen for it.

    `short` is the headline, None for a passage or for nothing; `chosen` are the words it rests on.
    """

    plain: str
    found: tuple[Found, ...]
    looked: tuple[Looked, ...]
    answers: bool
    short: str | None
    chosen: tuple[str, ...]
    confidence: float
    refusal: Refusal | None


@dataclass(frozen=True, slots=True)
class Explained:
    """The way from a question to its answer.

    `threshold` is the least probability that is answered; `unborne` are figures of the headline
    that stand in nothing that is cited.
    """

    answer: Answer
    parts: tuple[Part, ...]
    threshold: float
    unborne: tuple[str, ...]


def explain(readings: Sequence[Reading], answer: Answer, rule: Calibration) -> Explained:
    """Return the steps from a question to its answer."""
    quotes = [citation.quote for citation in answer.citations]
    said = [r.found.said for r in readings if r.found]
    unborne = unsupported(answer.short_answer or "", [*quotes, *said])
    return Explained(answer, tuple(map(_part, readings)), rule.threshold, tuple(unborne))


def _part(reading: Reading) -> Part:
    found = reading.found
    return Part(
        reading.question.plain,
        tuple(
            Found(e.score, e.cosine, e.year, e.text, e.document.title)
            for e in reading.evidence[:SENTENCES]
        ),
        tuple(
            Looked(s.read.answered, s.read.polar, s.read.yes, s.evidence.text)
            for s in reading.sights
        ),
        found is not None,
        found.short if found else None,
        tuple(q.span.of(q.document.text) for q in found.quotes) if found else (),
        reading.confidence,
        reading.refusal,
    )  # fmt: skip
