"""Any sentence-transformers model, by hub name or local folder."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from corpus.errors import ModelError
from index.embedders import Progress, Prompts, Vectors, unit

_BATCH = 32
# Families whose published instructions are not in the model's own configuration.
_KNOWN = (
    ("bge-small-zh", Prompts("为这个句子生成表示以用于检索相关文章：")),
    ("bge-base-zh", Prompts("为这个句子生成表示以用于检索相关文章：")),
    ("bge-large-zh", Prompts("为这个句子生成表示以用于检索相关文章：")),
    ("e5-", Prompts("query: ", "passage: ")),
)


class SentenceEmbedder:
    """A sentence-transformers model on the CPU or whatever device torch finds."""

    def __init__(self, model: str, query_prompt: str | None, passage_prompt: str | None) -> None:
        from sentence_transformers import SentenceTransformer

        try:
            self._model = SentenceTransformer(model)
        except (OSError, ValueError, RuntimeError, KeyError) as error:
            raise ModelError(
                f"无法加载嵌入模型“{model}”，请检查名称或目录（JINWEN_EMBEDDING_MODEL），"
                "离线时请指向本地目录，或去掉该变量以使用内置模型"
            ) from error
        own = _own_prompts(model, self._model.prompts)
        self.name = model.rstrip("/")
        self.prompts = Prompts(
            own.query if query_prompt is None else query_prompt,
            own.passage if passage_prompt is None else passage_prompt,
        )
        self.dimension = int(self._model.get_embedding_dimension() or 0)

    def embed_query(self, text: str) -> Vectors:
        """Return the unit vector of a question."""
        vector: Vectors = self._encode([self.prompts.query + text])[0]
        return vector

    def embed_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Return unit vectors of the passages; the library batches by length itself."""
        vectors = self._encode([self.prompts.passage + text for text in texts])
        if progress:
            progress(len(texts))
        return vectors

    def _encode(self, texts: list[str]) -> Vectors:
        if not texts:
            return np.empty((0, self.dimension), np.float32)
        # The prompts are in the texts already; prompt="" keeps the library from adding its own.
        vectors = self._model.encode(texts, prompt="", batch_size=_BATCH, show_progress_bar=False)
        return unit(np.asarray(vectors, np.float32))


def _own_prompts(model: str, configured: Mapping[str, str | None]) -> Prompts:
    query = configured.get("query") or ""
    passage = configured.get("document") or configured.get("passage") or ""
    if query or passage:
        return Prompts(query, passage)
    name = Path(model).name.lower()
    return next((prompts for key, prompts in _KNOWN if key in name), Prompts())
