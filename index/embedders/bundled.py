"""The default embedder: the bundled e5 on ONNX Runtime, without importing torch.

Each run uses one thread; many passages run on several at once. A question split over two threads is
a fifth faster on an idle machine, and 40 % slower with a 95th percentile 2.6 times as long when
another program takes a core (measured on two cores).
"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path

import numpy as np

from index.bundled import folder as bundled
from index.bundled.session import open_graph, run
from index.embedders import Progress, Prompts, Vectors, unit

_BATCH = 8
_QUESTIONS = 1_000  # asked lately: their vectors are kept


class BundledEmbedder:
    """multilingual-e5-small, trained for reports or plain; safe to share between threads."""

    prompts = Prompts(bundled.QUERY_PROMPT, bundled.PASSAGE_PROMPT)

    def __init__(self, models: Path, threads: int = 2, plain: bool = False) -> None:
        self.name = bundled.NAME if plain else bundled.FOLDER
        graph = bundled.PLAIN_GRAPH if plain else bundled.RETRIEVER_GRAPH
        self._session, self._tokenizer = open_graph(models, graph)
        self._threads = max(1, threads)
        self._asked = lru_cache(_QUESTIONS)(self._embed)
        self.dimension = int(self._session.get_outputs()[0].shape[1])

    def embed_query(self, text: str) -> Vectors:
        """Return the unit vector of a question; what is over 512 tokens is not read."""
        return self._asked(text)

    def embed_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Return unit vectors of the passages, embedded in batches of similar length."""
        encoded = [self._tokenizer.encode(self.prompts.passage + text) for text in texts]
        order = sorted(range(len(texts)), key=lambda i: len(encoded[i]))
        vectors = np.empty((len(texts), self.dimension), np.float32)
        batches = [order[start : start + _BATCH] for start in range(0, len(order), _BATCH)]
        with ThreadPoolExecutor(self._threads) as pool:
            done = pool.map(lambda rows: self._run([encoded[i] for i in rows]), batches)
            for rows, batch in zip(batches, done, strict=True):
                vectors[rows] = batch
                if progress:
                    progress(len(rows))
        return vectors

    def _embed(self, text: str) -> Vectors:
        vector: Vectors = self._run([self._tokenizer.encode(self.prompts.query + text)])[0]
        vector.flags.writeable = False  # it is handed out again
        return vector

    def _run(self, encoded: list[list[int]]) -> Vectors:
        (vectors,) = run(self._session, encoded)
        return unit(np.asarray(vectors, np.float32))
