"""For people who live in LangChain: our embedder, vectors and search as its interfaces.

They wrap our parts and add nothing; our own types stay ours.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Self
from uuid import uuid4

import numpy as np
from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from langchain_core.retrievers import BaseRetriever
from langchain_core.vectorstores import VectorStore
from pydantic import ConfigDict

from index.embedders import Embedder, Vectors, unit
from index.scope import EVERYTHING, Scope
from index.search import Hit, Searcher
from index.vectors import FaissIndex


class EmbedderEmbeddings(Embeddings):
    """Any of our embedders as LangChain `Embeddings`."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Return a unit vector for each text, with the passage prompt."""
        return self._embedder.embed_passages(texts).tolist() if texts else []

    def embed_query(self, text: str) -> list[float]:
        """Return the unit vector of a question, with the query prompt."""
        vector: list[float] = self._embedder.embed_query(text).tolist()
        return vector


class FaissVectorStore(VectorStore):
    """A LangChain `VectorStore` in memory over our exact FAISS index; scores are cosines."""

    def __init__(self, embedding: Embeddings) -> None:
        self._embedding = embedding
        self._documents: dict[str, Document] = {}
        self._vectors: dict[str, Vectors] = {}
        self._index: FaissIndex | None = None

    @property
    def embeddings(self) -> Embeddings:
        """Return the embeddings in use."""
        return self._embedding

    def add_texts(
        self,
        texts: Iterable[str],
        metadatas: list[dict[str, Any]] | None = None,
        *,
        ids: list[str] | None = None,
        **kwargs: Any,
    ) -> list[str]:
        """Add texts, a known id replacing what it named before; return the ids."""
        contents = list(texts)
        given: Sequence[str | None] = ids or [None] * len(contents)
        names = [name or str(uuid4()) for name in given]
        rows = self._embedding.embed_documents(contents)
        about = metadatas or [{} for _ in contents]
        for name, text, row, metadata in zip(names, contents, rows, about, strict=True):
            self._documents[name] = Document(id=name, page_content=text, metadata=metadata)
            self._vectors[name] = unit(np.array(row))
        self._index = None
        return names

    def delete(self, ids: list[str] | None = None, **kwargs: Any) -> bool:
        """Delete documents by id (all of them for None); unknown ids are ignored."""
        for name in list(self._documents) if ids is None else ids:
            self._documents.pop(name, None)
            self._vectors.pop(name, None)
        self._index = None
        return True

    def get_by_ids(self, ids: Sequence[str], /) -> list[Document]:
        """Return the documents with these ids, those that are known, in the order asked."""
        return [self._documents[name] for name in ids if name in self._documents]

    def similarity_search(self, query: str, k: int = 4, **kwargs: Any) -> list[Document]:
        """Return the k nearest documents, best first."""
        return [document for document, _ in self.similarity_search_with_score(query, k)]

    def similarity_search_with_score(
        self, query: str, k: int = 4, **kwargs: Any
    ) -> list[tuple[Document, float]]:
        """Return the k nearest documents with their cosines, best first."""
        if not self._documents:
            return []
        if self._index is None:
            self._index = FaissIndex.of(np.array(list(self._vectors.values()), np.float32))
        names = list(self._documents)
        nearest, cosines = self._index.nearest(
            unit(np.array(self._embedding.embed_query(query))), k
        )
        found = zip(nearest, cosines, strict=True)
        return [(self._documents[names[i]], float(cosine)) for i, cosine in found]

    @classmethod
    def from_texts(
        cls,
        texts: list[str],
        embedding: Embeddings,
        metadatas: list[dict[str, Any]] | None = None,
        *,
        ids: list[str] | None = None,
        **kwargs: Any,
    ) -> Self:
        """Return a store of these texts."""
        store = cls(embedding)
        store.add_texts(texts, metadatas, ids=ids)
        return store

    def _select_relevance_score_fn(self) -> Callable[[float], float]:
        return lambda cosine: (1 + cosine) / 2


class PassageRetriever(BaseRetriever):
    """Our fused search as a LangChain retriever; metadata says where each passage stands.

    `scope` limits it to places, years or documents, for good or for one call.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    searcher: Searcher
    k: int = 4
    scope: Scope = EVERYTHING

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun, k: int | None = None,
        scope: Scope | None = None,
    ) -> list[Document]:  # fmt: skip
        within = self.searcher.within(self.scope if scope is None else scope)
        found = self.searcher.search(query, k or self.k, within)
        return [_document(hit, self.searcher) for hit in found]


def _document(hit: Hit, searcher: Searcher) -> Document:
    of = searcher.document(hit.document_id)
    return Document(
        id=f"{hit.document_id}:{hit.start}-{hit.end}",
        page_content=hit.text,
        metadata={
            "document_id": hit.document_id, "title": hit.title, "section": list(hit.section),
            "start": hit.start, "end": hit.end, "score": hit.score,
            "place": of.place, "year": of.plan_year,
        },
    )  # fmt: skip
