"""The plain alternatives, asked the same questions and scored by the same measures.

    python -m eval.bench.rivals [SET]

tutorial   LangChain's tutorial: recursive splitter 500/50, our embedder, FAISS, the best four
bm25       BM25 alone over our blocks, the same analyzer
Neither has a language model, as ours has none: their answer is the text they found, best first,
and they refuse only when they find nothing.
"""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from langchain_text_splitters import RecursiveCharacterTextSplitter

from corpus.documents import Document, Span
from eval.askers import Asker, Json, local
from eval.run import run
from eval.sets import World, open_set
from index.embedders import Embedder, Vectors
from index.folding import fold
from index.lexicon import Lexicon, terms
from index.passages import cut
from index.vectors import FaissIndex
from rag.answers import Turn
from rag.assembly import Assembly
from ui.settings import load_settings

_TOP = 4
_COLUMNS = (
    "right", "contains", "within_60", "correct_and_cited", "citation_recall",
    "citation_precision", "hit@1", "mrr@10", "refused_rightly", "answered_rightly",
)  # fmt: skip
Ranker = Callable[[str, int], list[int]]


class Chunks:
    """An asker whose whole answer is the best chunks, each cited."""

    def __init__(self, chunks: Sequence[tuple[Document, Span]], rank: Ranker) -> None:
        self._chunks, self._rank = chunks, rank

    def ask(self, question: str, history: Sequence[Turn]) -> Json:
        """Return the best four chunks as an Answer; earlier turns are put before the question."""
        whole = " ".join([*(turn.question for turn in history[-1:]), question])
        cited = [
            {**hit, "n": hit["rank"], "quote": hit["text"]} for hit in self.search(whole, _TOP)
        ]
        answer = "\n".join(f"{hit['text']}[{hit['n']}]" for hit in cited)
        return {"resolved_question": whole, "answered": bool(cited), "answer": answer,
                "short_answer": None, "citations": cited}  # fmt: skip

    def search(self, query: str, k: int) -> list[Json]:
        """Return at most k chunks, best first."""
        found = (self._chunks[i] for i in self._rank(query, k))
        return [
            {"rank": rank, "document_id": document.id, "start": span.start, "end": span.end,
             "text": span.of(document.text)}
            for rank, (document, span) in enumerate(found, start=1)
        ]  # fmt: skip

    def about(self) -> Json:
        """Return nothing: there is no index version."""
        return {}


@contextmanager
def tutorial(world: World, embedder: Embedder) -> Iterator[Asker]:
    """Give LangChain's tutorial pipeline over a world."""
    splitter = RecursiveCharacterTextSplitter(
        chunk_size=500, chunk_overlap=50, add_start_index=True, strip_whitespace=False
    )
    chunks: list[tuple[Document, Span]] = []
    for document in world.documents:
        for piece in splitter.create_documents([document.text]):
            start = piece.metadata["start_index"]
            chunks.append((document, Span(start, start + len(piece.page_content))))
    vectors: Vectors = embedder.embed_passages([span.of(doc.text) for doc, span in chunks])
    nearest = FaissIndex.of(vectors).nearest
    yield Chunks(chunks, lambda query, k: list(nearest(embedder.embed_query(query), k)[0]))


@contextmanager
def bm25(world: World, embedder: Embedder) -> Iterator[Asker]:
    """Give BM25 alone over a world; the embedder is not used."""
    by_id = {document.id: document for document in world.documents}
    _, blocks = cut(list(world.documents))
    chunks = [(by_id[b.document_id], Span(b.start, b.end)) for b in blocks]
    lexicon = Lexicon.of([span.of(doc.text) for doc, span in chunks], [])

    def rank(query: str, k: int) -> list[int]:
        scores = lexicon.bm25(terms(fold(query)))
        return [int(i) for i in np.argsort(-scores, kind="stable")[:k] if scores[i] > 0]

    yield Chunks(chunks, rank)


def main() -> None:
    """Run ours and the rivals, and print a row each."""
    chosen = open_set(sys.argv[1] if len(sys.argv) > 1 else "tianjin")
    assembly = Assembly(load_settings().config())
    embedder, reader = assembly.embedder(), assembly.reader()

    def ours(world: World) -> AbstractContextManager[Asker]:
        return local(world.documents, embedder, reader)

    openers = {
        "jinwen": ours,
        "tutorial": lambda world: tutorial(world, embedder),
        "bm25": lambda world: bm25(world, embedder),
    }
    print(f"{chosen.name}\n{'':10}" + "".join(f"{name:>20}" for name in _COLUMNS))
    for name, opener in openers.items():
        with TemporaryDirectory() as out:
            found = run(chosen, opener, Path(out))["measures"]
        row = (found[column]["mean"] for column in _COLUMNS)
        print(
            f"{name:10}"
            + "".join("                   -" if v is None else f"{v:20.3f}" for v in row)
        )


if __name__ == "__main__":
    main()
