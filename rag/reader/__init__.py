"""The reader: is a question answered in a window of the report, yes or no, and by which words.

One seam: what reads windows is a `Reader`; the trained one is `rag/reader/trained`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from corpus.documents import Span


class Readable(Protocol):
    """What is read at once: sentences, what stands above them, and where they stand."""

    @property
    def heading(self) -> str:
        """Return what is read before the sentences, folded."""

    @property
    def texts(self) -> Sequence[str]:
        """Return the sentences, folded."""

    def span(self, start: int, end: int) -> Span:
        """Return where characters of the texts, put together, stand in the document."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A piece of a window, by its place in the document: how likely it is part of an answer.

    `begins` is how likely an answer begins with it.
    """

    span: Span
    inside: float
    begins: float


@dataclass(frozen=True, slots=True)
class Read:
    """What was read in one window.

    `answered` is the probability that the window answers, `polar` that the question is one of yes
    or no, `yes` that the answer is yes if it is; `marks` are in text order.
    """

    window: Readable
    answered: float
    polar: float
    yes: float
    marks: tuple[Mark, ...]


class Reader(Protocol):
    """Reads a question beside windows; `name` tells this reader from another."""

    name: str

    def read(self, question: str, windows: Sequence[Readable]) -> list[Read]:
        """Return what stands in each window, in their order."""
