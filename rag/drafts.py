"""A draft: an extractive answer in its parts, and the passages a language model may write from."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from rag.answers import Answer, Citation


@dataclass(frozen=True, slots=True)
class Draft:
    """An answer by extraction, complete as it stands.

    `heads` are its lines before the quotes (headline, remarks), `quotes` the line of each citation
    by its number, `tails` what comes after. `passages` are the citations and, numbered on from
    them, further sentences that fit the question; none where part of the question is refused, for a
    model would have to be told of that part.
    """

    answer: Answer
    heads: tuple[str, ...] = ()
    quotes: Mapping[int, str] = field(default_factory=dict)
    tails: tuple[str, ...] = ()
    passages: tuple[Citation, ...] = ()


class Writing(Protocol):
    """Whoever words drafts: a language model under guard."""

    name: str

    def whole(self, draft: Draft) -> Answer:
        """Return the answer written in one reply."""

    def growing(self, draft: Draft) -> Iterator[Answer]:
        """Yield the answer as it grows, each time whole; the last one is the answer."""
