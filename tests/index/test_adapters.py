"""Our parts behind LangChain's interfaces, by LangChain's own standard suites."""

from typing import Any, ClassVar

import numpy as np
import pytest
from langchain_core.embeddings import Embeddings
from langchain_core.retrievers import BaseRetriever
from langchain_core.vectorstores import VectorStore
from langchain_tests.integration_tests import (
    EmbeddingsIntegrationTests,
    RetrieversIntegrationTests,
    VectorStoreIntegrationTests,
)

from index.adapters import EmbedderEmbeddings, FaissVectorStore, PassageRetriever
from index.embedders import Embedder, EmbedderChoice, load_embedder
from index.scope import Scope
from index.search import Searcher
from rag.assembly import Assembly
from ui.settings import Settings


class BundledEmbeddings(EmbedderEmbeddings):
    """The bundled model with no arguments, as the standard suite constructs it."""

    def __init__(self) -> None:
        super().__init__(load_embedder(EmbedderChoice(models=Settings().models)))


class TestEmbeddings(EmbeddingsIntegrationTests):
    @property
    def embeddings_class(self) -> type[Embeddings]:
        return BundledEmbeddings

    @property
    def embedding_model_params(self) -> dict[str, Any]:
        return {}


class TestVectorStore(VectorStoreIntegrationTests):
    @pytest.fixture
    def vectorstore(self) -> VectorStore:  # type: ignore[override]
        return FaissVectorStore(self.get_embeddings())


class TestRetriever(RetrieversIntegrationTests):
    searcher: ClassVar[Searcher]

    @pytest.fixture(autouse=True)
    def _open(self, searcher: Searcher) -> None:
        type(self).searcher = searcher

    @property
    def retriever_constructor(self) -> type[BaseRetriever]:
        return PassageRetriever

    @property
    def retriever_constructor_params(self) -> dict[str, Any]:
        return {"searcher": self.searcher}

    @property
    def retriever_query_example(self) -> str:
        return "今年要改造多少公里燃气管网？"


def test_scores_are_cosines(embedder: Embedder) -> None:
    texts = ["改造燃气管网623公里", "新建提升口袋公园50个"]
    store = FaissVectorStore.from_texts(texts, EmbedderEmbeddings(embedder), ids=["gas", "park"])
    question = embedder.embed_query("口袋公园")
    expected = embedder.embed_passages(texts) @ question
    found = store.similarity_search_with_score("口袋公园", k=2)
    assert [document.id for document, _ in found] == ["park", "gas"]
    np.testing.assert_allclose([score for _, score in found], expected[[1, 0]], atol=1e-5)


def test_a_retrieved_document_says_where_it_stands(searcher: Searcher) -> None:
    (best, *_) = PassageRetriever(searcher=searcher).invoke("口袋公园新建几个")
    text = searcher.contents.documents["tianjin-2024"].text
    start, end = best.metadata["start"], best.metadata["end"]
    assert "口袋公园50个" in best.page_content == text[start:end]
    assert best.metadata["section"][-1] == "优化生态宜居品质"


def test_a_retriever_keeps_to_its_scope_or_to_that_of_one_call(provinces: Assembly) -> None:
    retriever = PassageRetriever(searcher=provinces.searcher(), scope=Scope(places=("湖南",)))
    found = retriever.invoke("城镇新增就业目标")
    assert {document.metadata["place"] for document in found} == {"湖南省"}
    other = retriever.invoke("城镇新增就业目标", scope=Scope(places=("湖北",), years=(2025,)))
    assert {document.metadata["document_id"] for document in other} == {"hubei-2025"}
    assert {document.metadata["year"] for document in other} == {2025}
