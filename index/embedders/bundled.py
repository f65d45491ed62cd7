"""The default embedder: the bundled e5 on ONNX Runtime, without importing torch.

Each run uses one thread; many passages run on several at once. A question split over two threads is
a fifth faster on an idle machine, and 40 % slower with a 95th percentile 2.6 times as long when
another program takes a core (measured on two cores).
"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import onnxruntime

from corpus.errors import ModelError
from index.bundled import folder as bundled
from index.bundled.tokenizer import PAD, PieceTokenizer
from index.embedders import Progress, Prompts, Vectors, unit

_BATCH = 8


class BundledEmbedder:
    """multilingual-e5-small at 4 bits; safe to share between threads."""

    name = bundled.NAME
    prompts = Prompts(bundled.QUERY_PROMPT, bundled.PASSAGE_PROMPT)

    def __init__(self, models: Path, threads: int = 2) -> None:
        folder = bundled.model_folder(models)
        try:
            bundled.require_whole(folder)
            pieces = (folder / bundled.PIECES).read_bytes()
            self._tokenizer = PieceTokenizer(pieces, bundled.MAX_TOKENS)
            self._session = onnxruntime.InferenceSession(
                str(folder / bundled.GRAPH), _options(), providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # both libraries raise bare Exceptions
            raise ModelError(f"内置模型已损坏，请删除“{folder}”后重试（会自动重新生成）") from error
        self._threads = max(1, threads)
        self.dimension = int(self._session.get_outputs()[0].shape[1])

    def embed_query(self, text: str) -> Vectors:
        """Return the unit vector of a question; what is over 512 tokens is not read."""
        vector: Vectors = self._run([self._tokenizer.encode(self.prompts.query + text)])[0]
        return vector

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

    def _run(self, encoded: list[list[int]]) -> Vectors:
        ids = np.full((len(encoded), max(map(len, encoded))), PAD, np.int64)
        mask = np.zeros_like(ids)
        for row, tokens in enumerate(encoded):
            ids[row, : len(tokens)] = tokens
            mask[row, : len(tokens)] = 1
        (vectors,) = self._session.run(None, {"input_ids": ids, "attention_mask": mask})
        return unit(np.asarray(vectors, np.float32))


def _options() -> onnxruntime.SessionOptions:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    return options
