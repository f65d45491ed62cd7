"""Query to hits: meaning and words, fused, the best passages first."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from threading import Lock
from typing import Any

import numpy as np

from corpus.documents import Document
from index.contents import Contents
from index.embedders import Embedder, Vectors
from index.folding import fold
from index.fusion import Mix, fuse, largest, standardized
from index.lexicon import terms
from index.passages import Block, Kind
from index.scope import Scope
from index.vectors import Ids, serve_on_one_thread

_CANDIDATES = 400
_BLOCK_CANDIDATES = 50
_KNOWN_NAMES = 5_000
_RARE = 0.2
_SHOWN = ("rank", "score", "document_id", "title", "section", "start", "end", "text")


@dataclass(frozen=True, slots=True)
class Signals:
    """Why a hit stands where it stands: raw cosine, its deviation, BM25's, and coverage."""

    cosine: float
    cosine_deviation: float
    bm25_deviation: float
    coverage: float


@dataclass(frozen=True, slots=True)
class Hit:
    """A found passage: a slice of its document, best rank 1; `number` is its row in the index."""

    rank: int
    number: int
    score: float
    document_id: str
    title: str
    section: tuple[str, ...]
    start: int
    end: int
    text: str
    kind: Kind
    block: Block
    signals: Signals

    def to_json(self) -> dict[str, Any]:
        """Return the hit as the plain values of the public contract."""
        return {name: getattr(self, name) for name in _SHOWN}


class Searcher:
    """Searches one opened version; safe to share between threads."""

    def __init__(self, contents: Contents, embedder: Embedder, mix: Mix | None = None) -> None:
        contents.manifest.require(embedder)
        serve_on_one_thread()
        self.contents, self._embedder, self._mix = contents, embedder, mix or Mix()
        self._block_of = np.array([p.block for p in contents.passages], np.int64)
        self._rows_of = _rows_of(contents)
        self._document_of = np.zeros(len(contents.passages), np.int64)
        for number, rows in enumerate(self._rows_of.values()):
            self._document_of[rows] = number
        self._names: dict[str, Vectors] = {}
        self._lock = Lock()

    def document(self, document_id: str) -> Document:
        """Return a document of this version; raises KeyError when it is not there."""
        return self.contents.documents[document_id]

    def within(self, scope: Scope) -> list[str] | None:
        """Return the ids of the documents in a scope, None where none is set."""
        return [d.id for d in scope.of(self.contents.documents.values())] if scope else None

    def coverage(self, words: Sequence[str], hit: "Hit") -> float:
        """Return the share, 0 to 1, of the words' idf weight that the hit and its place hold."""
        return float(self.contents.lexicon.coverage(words)[hit.number])

    def search(self, query: str, k: int = 10, within: Collection[str] | None = None) -> list[Hit]:
        """Return at most k hits, no two of them overlapping, best first."""
        return list(apart(self.ranked(query, within), k))

    def ranked(self, query: str, within: Collection[str] | None = None) -> Iterator[Hit]:
        """Yield passages, best first, sentences beside their own clauses.

        `within` are the ids of the documents that count, all of them for None: what is found in one
        among many is what would be found in it alone.
        """
        folded = fold(query)
        among = None if within is None else self._among(within)
        counted = len(self.contents.passages) if among is None else len(among)
        if not (counted and folded.strip()):
            return
        ids, scores, signals = self._score(folded, among)
        for rank, i in enumerate(np.argsort(-scores, kind="stable"), start=1):
            yield self._hit(rank, int(ids[i]), float(scores[i]), signals[i])

    def only_in(self, query: str, within: Collection[str]) -> str | None:
        """Return the one document that alone holds rare words of a question, None without them.

        Names do that: 平陆运河 stands in one report of thirty-one. They have to be a fifth of the
        weight of the words that any document holds.
        """
        weights: dict[str, float] = defaultdict(float)
        total = 0.0
        lexicon, names = self.contents.lexicon, list(self._rows_of)
        for term in set(terms(fold(query))):
            holding = np.unique(self._document_of[lexicon.rows(term)])
            total += lexicon.weight(term) * bool(len(holding))
            if len(holding) == 1:
                weights[names[holding[0]]] += lexicon.weight(term)
        best = max(weights, key=lambda name: weights[name], default="")
        return best if best in within and weights[best] >= _RARE * total else None

    def best_of_each(self, query: str, within: Collection[str], k: int) -> dict[str, list[Hit]]:
        """Return the k best passages of each document, best first, by the ids of the documents."""
        folded = fold(query)
        vector, words = self._embedder.embed_query(folded), terms(folded)
        covered = self.contents.lexicon.coverage(words)
        found: dict[str, list[Hit]] = {}
        for name in (name for name in self._rows_of if name in within):
            rows = self._rows_of[name]
            cosine = self.contents.vectors.cosines(rows, vector)
            above = standardized(cosine, float(cosine.mean()), float(cosine.std()))
            none = np.zeros_like(cosine)
            scores = fuse(above, none, covered[rows], self._mix)
            best = np.argsort(-scores, kind="stable")[:k]
            found[name] = [
                self._hit(rank, int(rows[i]), float(scores[i]),
                          np.array([cosine[i], above[i], 0.0, covered[rows[i]]]))
                for rank, i in enumerate(best, start=1)
            ]  # fmt: skip
        return found

    def names(self, names: Sequence[str]) -> Vectors:
        """Return the unit vectors of short texts, as passages', shape (n, dimension).

        Those asked lately are known; the others are embedded together.
        """
        with self._lock:
            known = {name: self._names[name] for name in names if name in self._names}
        if fresh := [name for name in dict.fromkeys(names) if name not in known]:
            known |= dict(zip(fresh, self._embedder.embed_passages(fresh), strict=True))
            with self._lock:
                if len(self._names) > _KNOWN_NAMES:
                    self._names.clear()
                self._names |= known
        return np.array([known[name] for name in names], np.float32)

    def _among(self, within: Collection[str]) -> Ids | None:
        """Return the passages of some documents, None where those are all there are."""
        if set(within) >= self._rows_of.keys():
            return None
        rows = [self._rows_of[name] for name in self._rows_of if name in within]
        return np.concatenate(rows) if rows else np.empty(0, np.int64)

    def _score(self, query: str, among: Ids | None) -> tuple[Ids, np.ndarray, np.ndarray]:
        """Return candidate passages, their fused scores, and their signals, shape (n, 4)."""
        vector, words = self._embedder.embed_query(query), terms(query)
        vectors, lexicon = self.contents.vectors, self.contents.lexicon
        bm25 = lexicon.bm25(words)
        blocks = slice(None) if among is None else np.unique(self._block_of[among])
        bm25 = standardized(bm25, float(bm25[blocks].mean()), float(bm25[blocks].std()))
        ids = self._candidates(vectors.nearest(vector, _CANDIDATES, among)[0], bm25, among)
        cosine = vectors.cosines(ids, vector)
        above = standardized(cosine, *vectors.spread(vector, among))
        around, covered = bm25[self._block_of[ids]], lexicon.coverage(words)[ids]
        scores = fuse(above, around, covered, self._mix)
        return ids, scores, np.stack([cosine, above, around, covered], axis=1)

    def _candidates(self, nearest: Ids, bm25: np.ndarray, among: Ids | None) -> Ids:
        """Return the nearest passages and all passages of the lexically best blocks."""
        if among is None:
            best = largest(bm25, _BLOCK_CANDIDATES)
            return np.union1d(nearest, self._rows_of_blocks(best))
        counted = np.unique(self._block_of[among])
        best = counted[largest(bm25[counted], _BLOCK_CANDIDATES)]
        return np.union1d(nearest, among[np.isin(self._block_of[among], best)])

    def _rows_of_blocks(self, blocks: Ids) -> Ids:
        """Return the passages of some blocks; those of a block follow each other."""
        first = np.searchsorted(self._block_of, blocks)
        behind = np.searchsorted(self._block_of, blocks, side="right")
        spans = [np.arange(*span) for span in zip(first, behind, strict=True)]
        return np.concatenate([np.empty(0, np.int64), *spans])

    def _hit(self, rank: int, number: int, score: float, signals: np.ndarray) -> Hit:
        passage = self.contents.passages[number]
        document = self.document(passage.document_id)
        return Hit(
            rank, number, score, document.id, document.title, passage.section,
            passage.start, passage.end, passage.text(document), passage.kind,
            self.contents.blocks[passage.block], Signals(*map(float, signals)),
        )  # fmt: skip


def _rows_of(contents: Contents) -> dict[str, Ids]:
    """Return the rows of each document's passages."""
    rows: dict[str, list[int]] = {name: [] for name in contents.documents}
    for row, passage in enumerate(contents.passages):
        rows[passage.document_id].append(row)
    return {name: np.array(found, np.int64) for name, found in rows.items()}


def apart(hits: Iterable[Hit], k: int) -> Iterator[Hit]:
    """Yield the first k hits that overlap none before them, ranked anew."""
    kept: list[Hit] = []
    for hit in hits:
        if len(kept) >= k:
            return
        if not any(_overlap(hit, other) for other in kept):
            kept.append(replace(hit, rank=len(kept) + 1))
            yield kept[-1]


def _overlap(a: Hit, b: Hit) -> bool:
    return a.document_id == b.document_id and a.start < b.end and b.start < a.end
