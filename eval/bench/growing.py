"""Very many passages on one machine: `python -m eval.bench.growing FOLDER QUESTIONS [PASSAGES]`.

There are not so many reports: sentences of the text files in FOLDER are shuffled into new ones with
other figures, and each gets its own vector mixed with that of a neighbour and some noise. QUESTIONS
is a file with one a line; they are embedded as always. Prints one line of JSON.
"""

import json
import random
import re
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import psutil

from corpus.documents import Document
from index.build import build
from index.embedders import Embedder, Progress, Prompts, Vectors, unit
from index.folding import fold
from index.search import Searcher
from index.store import Store
from index.vectors import FaissIndex
from rag.assembly import Assembly
from ui.settings import Settings

_BASE = 6_000  # sentences that are embedded for real
_LINES = 400  # sentences of a report
_NEIGHBOURS, _NOISE = 30, 0.01
_TRUTH = 10
_DIGIT = re.compile(r"\d")


@dataclass(eq=False)
class Mixing:
    """An embedder of passages that mixes known vectors; questions are embedded for real."""

    inner: Embedder
    known: dict[str, int]
    base: Vectors
    near: np.ndarray
    name: str = "mixing"
    dimension: int = field(init=False)
    prompts: Prompts = field(init=False)

    def __post_init__(self) -> None:
        self.dimension, self.prompts = self.inner.dimension, self.inner.prompts
        self._random = np.random.default_rng(1)

    def embed_query(self, text: str) -> Vectors:
        """Return the vector of a question."""
        return self.inner.embed_query(text)

    def embed_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Return for each text the vector of the sentence it was made of, mixed; any for others."""
        rows = np.array([self.known.get(_plain(t), hash(t) % len(self.base)) for t in texts])
        beside = self.near[rows, self._random.integers(1, _NEIGHBOURS, len(rows))]
        share = self._random.random((len(rows), 1), np.float32)
        mixed = self.base[rows] * (1 - share) + self.base[beside] * share
        mixed += _NOISE * self._random.standard_normal(mixed.shape, np.float32)
        return unit(mixed)


def measure(folder: Path, questions: Sequence[str], passages: int) -> dict[str, Any]:
    """Build an index of at least so many passages, search it, and return what was seen."""
    lines = _sentences(folder)
    embedder = _mixing(Assembly(Settings().config()).embedder(), lines)
    queries = [embedder.embed_query(fold(question)) for question in questions]
    with TemporaryDirectory() as home:
        store, started = Store(Path(home)), time.monotonic()
        version = build(store, list(_reports(lines, passages)), embedder)
        built = time.monotonic() - started
        kept = sum(f.stat().st_size for f in (store.root / "versions" / version).iterdir())
        started = time.monotonic()
        searcher = Searcher(store.open(version), embedder)
        opened = time.monotonic() - started
    memory = psutil.Process().memory_info().rss
    contents = searcher.contents
    whole = [_seconds(lambda q=q: searcher.search(q)) for q in questions]
    embedding = [_seconds(lambda q=q: embedder.embed_query(q)) for q in questions]
    alone = [_seconds(lambda v=v: contents.vectors.nearest(v, 400)) for v in queries]
    return {
        "passages": len(contents.passages), "documents": len(contents.documents),
        "build_s": round(built), "open_s": round(opened), "disk_mb": kept // 10**6,
        "memory_mb": memory // 10**6, f"recall@{_TRUTH}": _recall(contents.vectors, queries),
        "search_ms": _percentiles(whole), "nearest_ms": _percentiles(alone),
        "embed_ms": _percentiles(embedding),
    }  # fmt: skip


def _recall(vectors: Any, queries: Sequence[Vectors]) -> float:
    """Return how many of the ten really nearest are found, all vectors compared."""
    rows = vectors.rows(np.arange(len(vectors)))
    exact = FaissIndex.of(rows, exact=len(rows))
    shares = [
        len({*exact.nearest(q, _TRUTH)[0]} & {*vectors.nearest(q, 400)[0][:_TRUTH]}) / _TRUTH
        for q in queries
    ]
    return round(float(np.mean(shares)), 4)


def _mixing(inner: Embedder, lines: Sequence[str]) -> Mixing:
    taken = lines[:_BASE]
    base = np.asarray(inner.embed_passages([fold(line) for line in taken]), np.float32)
    near = np.argsort(-(base @ base.T), axis=1)[:, : _NEIGHBOURS + 1]
    return Mixing(inner, {_plain(fold(line)): i for i, line in enumerate(taken)}, base, near)


def _reports(lines: Sequence[str], passages: int) -> Iterator[Document]:
    """Yield reports until there are sentences for so many passages, two a sentence or so."""
    drawn, count = random.Random(1), 0
    while count * 2 < passages:
        text = "\n".join(_refigured(drawn.choice(lines), drawn) for _ in range(_LINES))
        number = count // _LINES
        yield Document(f"made-{number}", f"第{number}份报告", text)
        count += _LINES


def _refigured(line: str, drawn: random.Random) -> str:
    return _DIGIT.sub(lambda _: str(drawn.randrange(1, 10)), line)


def _plain(text: str) -> str:
    """Return a text without the place before it, its figures alike."""
    return _DIGIT.sub("0", text.rpartition("：")[2])


def _sentences(folder: Path) -> list[str]:
    """Return the sentences of the text files of a folder, shuffled."""
    found = {
        line.strip()
        for path in sorted(folder.glob("*.txt"))
        for line in re.split(r"(?<=[。！？])|\n", path.read_text(encoding="utf-8"))
    }
    lines = sorted(line for line in found if 8 <= len(line) <= 160)
    random.Random(1).shuffle(lines)
    return lines


def _seconds(run: Any) -> float:
    started = time.perf_counter()
    run()
    return time.perf_counter() - started


def _percentiles(seconds: Sequence[float]) -> dict[str, float]:
    p50, p95 = np.percentile(np.array(seconds) * 1000, [50, 95])
    return {"p50": round(float(p50), 1), "p95": round(float(p95), 1)}


if __name__ == "__main__":
    where, asked, count = [*sys.argv[1:], "1000000"][:3]
    questions = Path(asked).read_text(encoding="utf-8").split()
    print(json.dumps(measure(Path(where), questions, int(count))))
