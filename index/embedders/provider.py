"""Any embedding service LangChain knows, as `provider:model` (extras: openai, ollama)."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

import numpy as np

from corpus.errors import ModelError
from index.embedders import Progress, Prompts, Vectors, unit

_BATCH = 64
T = TypeVar("T")


class ProviderEmbedder:
    """An embedding model behind LangChain; keys come from the provider's own variables."""

    def __init__(self, model: str, prompts: Prompts) -> None:
        from langchain.embeddings import init_embeddings

        try:
            self._model = init_embeddings(model)
        except ImportError as error:
            provider = model.split(":", 1)[0]
            raise ModelError(
                f"使用“{model}”需要先安装：pip install langchain-{provider}"
            ) from error
        except ValueError as error:
            raise ModelError(f"LangChain 不认识“{model}”，请写成 服务商:模型名") from error
        except Exception as error:  # a missing key, say: every provider has an error of its own
            raise ModelError(
                f"无法使用嵌入服务“{model}”（{type(error).__name__}），请检查密钥和地址"
            ) from error
        self.name = model
        self.prompts = prompts
        self.dimension = len(self._asked(lambda: self._model.embed_query("维度")))

    def embed_query(self, text: str) -> Vectors:
        """Return the unit vector of a question."""
        full = self.prompts.query + text
        return unit(np.array(self._asked(lambda: self._model.embed_query(full))))

    def embed_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Return unit vectors of the passages, asked for in batches."""
        rows: list[list[float]] = []
        for start in range(0, len(texts), _BATCH):
            batch = [self.prompts.passage + text for text in texts[start : start + _BATCH]]
            rows += self._asked(partial(self._model.embed_documents, batch))
            if progress:
                progress(len(batch))
        return unit(np.array(rows, np.float32).reshape(len(rows), self.dimension))

    def _asked(self, call: Callable[[], T]) -> T:
        try:
            return call()
        except Exception as error:  # every provider has an error tree of its own
            raise ModelError(
                f"嵌入服务“{self.name}”没有应答（{type(error).__name__}），请检查网络、地址和密钥"
            ) from error
