"""Hints from outside on how to look for an answer; they change what is looked at, never a quote."""

from collections.abc import Sequence
from typing import Literal, Protocol

from rag.evidence import Evidence

HintKind = Literal["reword", "expand", "rerank"]


class Hinting(Protocol):
    """Whoever gives hints; without one to give, a method returns what it was given, or nothing.

    `name` says who gives which kinds.
    """

    name: str

    def begin(self) -> "Hinting":
        """Return who gives the hints for one question, all of them within one time limit."""

    def reworded(self, question: str) -> str:
        """Return a refused question in words that a report would use, "" for none."""

    def expanded(self, query: str) -> str:
        """Return a query with words that the passage sought may have."""

    def reranked(self, question: str, evidence: Sequence[Evidence]) -> list[Evidence]:
        """Return the evidence with the sentence first that answers best."""
