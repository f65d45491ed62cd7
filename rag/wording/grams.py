"""An inverted index over the trigrams of one long stream of characters."""

from copy import copy

import numpy as np
from numpy.typing import NDArray

GRAM = 3
_BITS = 21  # of a code point

Integers = NDArray[np.int64]


class Grams:
    """The distinct trigrams of a stream, sorted, and for each the positions where it begins.

    Memory: four bytes a character and sixteen a distinct trigram.
    """

    def __init__(self, stream: str) -> None:
        keys = _keys(stream)
        self.positions = np.argsort(keys, kind="stable").astype(np.int32)
        ranked = keys[self.positions]
        first = np.flatnonzero(np.diff(ranked, prepend=-1))
        # A last trigram, greater than any, has no positions; searches may end there.
        self._grams = np.append(ranked[first], np.iinfo(np.int64).max)
        self._starts = np.append(first, [len(keys), len(keys)])

    def only(self, held: NDArray[np.bool_]) -> "Grams":
        """Return the same trigrams with only the positions that are held, one flag for each."""
        view = copy(self)
        kept = held[self.positions]
        view.positions = self.positions[kept]
        view._starts = np.append(0, np.cumsum(kept))[self._starts]
        return view

    def trigrams(self, words: str) -> tuple[Integers, Integers]:
        """Return where in `positions` those of each trigram of the words begin and end."""
        keys = _keys(words)[: 1 - GRAM]
        rows = np.searchsorted(self._grams, keys)
        known = self._grams[rows] == keys
        return self._starts[rows], self._starts[rows + known]

    def trigrams_or_bigrams(self, words: str) -> tuple[Integers, Integers]:
        """Return the same, for a trigram that nothing has of the bigram it begins with.

        The positions of a bigram are those of the trigrams that begin with it, side by side.
        """
        prefixes = _keys(words)[:-1] >> _BITS
        lows = self._starts[np.searchsorted(self._grams, prefixes << _BITS)]
        highs = self._starts[np.searchsorted(self._grams, (prefixes + 1) << _BITS)]
        three_lows, three_highs = self.trigrams(words)
        known = np.flatnonzero(three_highs > three_lows)
        lows[known], highs[known] = three_lows[known], three_highs[known]
        return lows, highs


def _keys(stream: str) -> Integers:
    """Return one number for every character and the two after it; noughts follow the last."""
    data = stream.encode("utf-32-le", "surrogatepass")
    codes = np.append(np.frombuffer(data, np.uint32).astype(np.int64), [0, 0])
    keys: Integers = (codes[:-2] << 2 * _BITS) | (codes[1:-1] << _BITS) | codes[2:]
    return keys
