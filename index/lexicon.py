"""Lexical search for Chinese: words and character bigrams, built once and kept with the index.

Two measures over the same vocabulary: BM25 of blocks (Robertson & Zaragoza, 2009, with the idf
that is never negative), and for passages the share of the question's idf weight they contain.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from io import BytesIO
from itertools import pairwise
from typing import Any, Self

import numpy as np
import rjieba
from numpy.typing import NDArray

from index.folding import fold
from index.postings import FIELDS, Counts, Floats, HeldPostings, Postings, Rows, add_up

ANALYZER = "rjieba-words+bigrams/1"
_K1, _B = 0.9, 0.4  # the defaults of Anserini; on CMRC trial better than 1.2, 0.75
_HAN = re.compile(r"[\u3400-\u9fff]+")
_WORD = re.compile(r"\w")


def words(text: str) -> list[str]:
    """Return the words of a text and their parts, folded, with repeats, marks left out."""
    return [word for word in rjieba.cut_for_search(fold(text)) if _WORD.search(word)]


def terms(text: str) -> list[str]:
    """Return the search terms of a text, with repeats: its words and its character bigrams."""
    bigrams = [a + b for run in _HAN.findall(fold(text)) for a, b in pairwise(run)]
    return words(text) + bigrams


class Lexicon:
    """Postings of blocks and passages over one vocabulary."""

    def __init__(
        self, vocabulary: list[str], idf: Floats, blocks: Postings, passages: Postings
    ) -> None:
        self._numbers = {term: number for number, term in enumerate(vocabulary)}
        self.idf, self.blocks, self.passages = idf, blocks, passages

    @classmethod
    def of(cls, blocks: Sequence[str], passages: Sequence[str]) -> Self:
        """Return the lexicon of the texts of blocks and passages, in their order."""
        numbers: dict[str, int] = {}
        in_blocks, in_passages = (
            Counts.of((Counter(terms(text)) for text in texts), numbers)
            for texts in (blocks, passages)
        )
        vocabulary = sorted(numbers)
        order = np.empty(len(vocabulary), np.int64)
        order[[numbers[term] for term in vocabulary]] = np.arange(len(vocabulary))
        in_blocks, in_passages = in_blocks.renumbered(order), in_passages.renumbered(order)
        holding = np.bincount(in_blocks.terms, minlength=len(vocabulary))
        idf = np.log(1 + (len(blocks) - holding + 0.5) / (holding + 0.5)).astype(np.float32)
        present = np.ones(len(in_passages.rows), np.float32)
        return cls(
            vocabulary, idf,
            in_blocks.weighed(_bm25(in_blocks), len(vocabulary)),
            in_passages.weighed(present, len(vocabulary)),
        )  # fmt: skip

    @property
    def vocabulary(self) -> Iterable[str]:
        """Return all terms."""
        return self._numbers.keys()

    def weight(self, term: str) -> float:
        """Return the idf of a term; one found nowhere weighs as much as the rarest."""
        number = self._numbers.get(term)
        return float(self.idf.max(initial=0.0) if number is None else self.idf[number])

    def __contains__(self, term: str) -> bool:
        """Tell whether a term stands anywhere."""
        return term in self._numbers

    def bm25(self, query: Sequence[str]) -> Floats:
        """Return the BM25 score of every block; repeated query terms count as often."""
        return add_up(self.blocks, self._known(query), self.idf)

    def coverage(self, query: Sequence[str]) -> Floats:
        """Return for every passage the share, 0 to 1, of the query's idf weight that it holds.

        A term found nowhere weighs as much as the rarest term.
        """
        distinct = set(query)
        known = self._known(distinct)
        missing = (len(distinct) - len(known)) * float(self.idf.max(initial=0.0))
        total = sum(float(self.idf[term]) for term in known) + missing
        return add_up(self.passages, known, self.idf) / np.float32(total or 1.0)

    def rows(self, term: str) -> Rows:
        """Return the passages that hold a term; none for one found nowhere."""
        number = self._numbers.get(term)
        if number is None:
            return np.empty(0, np.int32)
        return self.passages.of([number])[0][0]

    def to_bytes(self) -> bytes:
        """Return the lexicon as an .npz of plain arrays; nothing in it is pickled."""
        vocabulary = "\n".join(self._numbers).encode()
        out = BytesIO()
        arrays: dict[str, Any] = {
            "vocabulary": np.frombuffer(vocabulary, np.uint8),
            "idf": self.idf,
            **self._arrays("block", self.blocks),
            **self._arrays("passage", self.passages),
        }
        np.savez(out, **arrays)
        return out.getvalue()

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Return the lexicon `to_bytes` wrote."""
        with np.load(BytesIO(data), allow_pickle=False) as arrays:
            text = arrays["vocabulary"].tobytes().decode()
            vocabulary = text.split("\n") if text else []
            blocks, passages = (
                HeldPostings(*(arrays[f"{name}_{field}"] for field in FIELDS))
                for name in ("block", "passage")
            )
            return cls(vocabulary, arrays["idf"], blocks, passages)

    def _known(self, query: Iterable[str]) -> list[int]:
        return [self._numbers[term] for term in query if term in self._numbers]

    def _arrays(self, name: str, postings: Postings) -> dict[str, NDArray[np.generic]]:
        held = HeldPostings.of_lists(postings.of(range(len(self._numbers))), postings.size)
        return {f"{name}_{field}": np.asarray(getattr(held, field)) for field in FIELDS}


def _bm25(counts: Counts) -> Floats:
    """Return the weight of each term in each text."""
    lengths = np.bincount(counts.rows, counts.counts, minlength=counts.size)
    around = 1 - _B + _B * lengths / (float(lengths.mean()) if len(counts.rows) else 1.0)
    found = counts.counts
    weights = found * (_K1 + 1) / (found + _K1 * around[counts.rows])
    return weights.astype(np.float32)
