"""What is trained on, as numbers: token rows of both adapters in one .npz, no texts.

Token numbers are places in `vocabulary`, the pieces that occur; the first four (<s>, <pad>, </s>,
<unk>) always do, so that they keep their numbers.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from corpus.errors import InputError
from eval.training.writing import whole

FILE, DEVELOPMENT = "arrays.npz", "development.npz"
PAD = 1
SPECIAL = range(4)
NOT_READ = -1  # the label of a token that no loss looks at
Integers = NDArray[np.integer]


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Rows of unequal length, put end to end."""

    values: Integers
    ends: Integers

    @classmethod
    def of(cls, rows: Iterable[Sequence[int]], kind: type[np.integer]) -> "Rows":
        """Return rows kept as integers of a kind."""
        kept = [np.asarray(row, kind) for row in rows]
        values = np.concatenate([np.empty(0, kind), *kept])
        return cls(values, np.cumsum([len(row) for row in kept], dtype=np.int64))

    def __len__(self) -> int:
        return len(self.ends)

    def __getitem__(self, number: int) -> Integers:
        """Return one row."""
        start = self.ends[number - 1] if number else 0
        return self.values[start : self.ends[number]]

    @property
    def lengths(self) -> NDArray[np.int64]:
        """Return the length of each row."""
        return np.diff(self.ends, prepend=0)


@dataclass(frozen=True, slots=True, eq=False)
class Arrays:
    """The examples of both adapters.

    `pairs` (n, 2) are a question and the passage that answers it, by number, `negatives` the
    numbers of passages that do not. `rows` are what the reader reads, `labels` 0, 1, 2 for a token
    outside an answer, its first, a later one, or NOT_READ; `verdicts` none, span, yes, no; `ends`
    (n, 2) the first and last token of an answer in one piece, else NOT_READ.
    """

    vocabulary: Integers
    questions: Rows
    passages: Rows
    pairs: Integers
    negatives: Rows
    rows: Rows
    labels: Rows
    verdicts: Integers
    ends: Integers


def save(arrays: Arrays, path: Path) -> None:
    """Write arrays; the file is there only when it is whole."""
    flat: dict[str, Integers] = {}
    for name, value in _parts(arrays).items():
        if isinstance(value, Rows):
            flat |= {f"{name}.values": value.values, f"{name}.ends": value.ends}
        else:
            flat[name] = value
    with whole(path) as beside:
        np.savez_compressed(beside, allow_pickle=False, **flat)


def load(path: Path) -> Arrays:
    """Return the arrays of a file; raises InputError for one that is not there or is none."""
    remedy = "请运行 jinwen eval train --data 目录 --out 目录 --prepare"
    try:
        with np.load(path, allow_pickle=False) as found:
            flat = {name: found[name] for name in found.files}
        parts: dict[str, Any] = {f.name: _part(flat, f.name) for f in fields(Arrays)}
        return Arrays(**parts)
    except FileNotFoundError as error:
        raise InputError(f"没有训练数据“{path}”，{remedy}") from error
    except (ValueError, KeyError, EOFError, BadZipFile) as error:
        raise InputError(f"训练数据“{path}”已损坏，{remedy}重新生成") from error


def _parts(arrays: Arrays) -> dict[str, Rows | Integers]:
    return {field.name: getattr(arrays, field.name) for field in fields(Arrays)}


def _part(flat: dict[str, Integers], name: str) -> Rows | Integers:
    if name in flat:
        return flat[name]
    return Rows(flat[f"{name}.values"], flat[f"{name}.ends"])
