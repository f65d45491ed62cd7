"""Postings of one version: the words of a question are fetched, and kept for the next."""

from collections import OrderedDict
from collections.abc import Sequence
from threading import Lock
from typing import Literal, NamedTuple

import numpy as np

from index.postgres.server import Server
from index.postings import Floats, Rows
from index.remote import require_all

_KEPT_BYTES = 64 * 2**20


class Posting(NamedTuple):
    """Where one word stands: rows and weights, of blocks and of passages."""

    blocks: tuple[Rows, Floats]
    passages: tuple[Rows, Floats]

    @property
    def bytes(self) -> int:
        """Return how much memory it takes."""
        return sum(part.nbytes for side in self for part in side)


class Words:
    """The postings of words by number, the ones asked for lately in memory."""

    def __init__(self, server: Server, version: str) -> None:
        self._server, self._version = server, version
        self._kept: OrderedDict[int, Posting] = OrderedDict()
        self._bytes, self._lock = 0, Lock()

    def of(self, numbers: Sequence[int]) -> dict[int, Posting]:
        """Return the postings of words; raises StoreError when one is missing."""
        with self._lock:
            known = {n: self._kept[n] for n in numbers if n in self._kept}
            for number in known:
                self._kept.move_to_end(number)
        if missing := sorted(set(numbers) - known.keys()):
            known |= (fetched := self._fetched(missing))
            with self._lock:
                self._keep(fetched)
        return known

    def _fetched(self, numbers: list[int]) -> dict[int, Posting]:
        rows = self._server.rows(
            "SELECT number, block_rows, block_weights, passage_rows, passage_weights FROM words"
            " WHERE version = %s AND number = ANY(%s)",
            (self._version, numbers),
        )
        require_all(f"版本“{self._version}”", len(rows), len(numbers))
        return {number: _posting(parts) for number, *parts in rows}

    def _keep(self, fetched: dict[int, Posting]) -> None:
        for number, posting in fetched.items():
            if number not in self._kept:
                self._kept[number] = posting
                self._bytes += posting.bytes
        while self._bytes > _KEPT_BYTES:
            self._bytes -= self._kept.popitem(last=False)[1].bytes


class FetchedPostings:
    """Which blocks, or which passages, hold a word."""

    def __init__(self, words: Words, side: Literal["blocks", "passages"], size: int) -> None:
        self._words, self._side, self.size = words, side, size

    def of(self, terms: Sequence[int]) -> list[tuple[Rows, Floats]]:
        """Return for each term its rows, ascending, and their weights."""
        found = self._words.of(terms)
        return [getattr(found[term], self._side) for term in terms]


def _posting(parts: Sequence[bytes]) -> Posting:
    block_rows, block_weights, passage_rows, passage_weights = parts
    return Posting(_side(block_rows, block_weights), _side(passage_rows, passage_weights))


def _side(rows: bytes, weights: bytes) -> tuple[Rows, Floats]:
    return np.frombuffer(rows, "<i4"), np.frombuffer(weights, "<f4")
