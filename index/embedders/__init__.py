"""The one seam to embedding models: what an embedder is, and how to get one by name."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.errors import ModelError

Vectors = NDArray[np.float32]
Progress = Callable[[int], None]
BUNDLED, PLAIN = "bundled", "e5"  # the bundled encoder as trained here, and as it came


@dataclass(frozen=True, slots=True)
class Prompts:
    """What is put before a question and before a passage; models are trained with both."""

    query: str = ""
    passage: str = ""


class Embedder(Hashable, Protocol):
    """Turns texts into unit vectors; questions and passages are different calls on purpose."""

    @property
    def name(self) -> str:
        """Return what tells this model from another, as kept in the manifest."""

    @property
    def dimension(self) -> int:
        """Return the number of components of a vector."""

    @property
    def prompts(self) -> Prompts:
        """Return the prompts in use."""

    def embed_query(self, text: str) -> Vectors:
        """Return the unit vector of a question, shape (dimension,)."""

    def embed_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Return unit vectors, shape (n, dimension); `progress` gets the number just done."""


@dataclass(frozen=True, slots=True)
class EmbedderChoice:
    """Which embedder to load; prompts left None are the model's own.

    `model` is "bundled", "e5" (the same encoder, not trained on reports), a LangChain
    `provider:model`, or what sentence-transformers takes: a folder or a hub name.
    """

    model: str = BUNDLED
    models: Path = Path("var/models")
    query_prompt: str | None = None
    passage_prompt: str | None = None
    threads: int = 2


def load_embedder(choice: EmbedderChoice) -> Embedder:
    """Return the chosen embedder; only the chosen one's libraries are imported.

    Raises ModelError when it cannot be had; the message names the way out.
    """
    if not choice.model:
        raise ModelError("没有指定嵌入模型，请设置 JINWEN_EMBEDDING_MODEL，或去掉它以使用内置模型")
    given = Prompts(choice.query_prompt or "", choice.passage_prompt or "")
    if choice.model in (BUNDLED, PLAIN):
        from index.embedders.bundled import BundledEmbedder

        return BundledEmbedder(choice.models, choice.threads, plain=choice.model == PLAIN)
    if ":" in choice.model and not Path(choice.model).exists():
        from index.embedders.provider import ProviderEmbedder

        return ProviderEmbedder(choice.model, given)
    from index.embedders.sentence import SentenceEmbedder

    return SentenceEmbedder(choice.model, choice.query_prompt, choice.passage_prompt)


def unit(vectors: NDArray[np.floating]) -> Vectors:
    """Return the rows scaled to length 1, refusing what is not a number.

    Raises ModelError when a row holds NaN or infinity, or nothing but zeros.
    """
    rows = np.ascontiguousarray(vectors, dtype=np.float32)
    lengths = np.linalg.norm(rows, axis=-1, keepdims=True)
    if not np.isfinite(lengths).all() or (lengths == 0).any():
        raise ModelError(
            "嵌入模型返回了无效向量，请检查模型文件或换一个模型（JINWEN_EMBEDDING_MODEL）"
        )
    return np.asarray(rows / lengths, dtype=np.float32)
