"""Building a version: cut, embed, index, publish; known texts are not embedded again."""

from collections.abc import Callable
from datetime import UTC, datetime

import numpy as np

from corpus.documents import Document
from corpus.errors import StoreError
from index.contents import Parts
from index.embedders import Embedder, Vectors, unit
from index.folding import fold
from index.lexicon import Lexicon
from index.manifest import Manifest, metric_of
from index.passages import Block, Passage, context, cut, spoken
from index.versions import Versions

Watch = Callable[[int, int], None]


def build(
    store: Versions, documents: list[Document], embedder: Embedder, watch: Watch | None = None
) -> str:
    """Publish a version of these documents and return its name. The caller holds the lock.

    `watch(done, total)` is told how many passages are embedded. Nothing in use is touched before
    the new version is complete.
    """
    passages, blocks = cut(documents)
    by_id = {document.id: document for document in documents}
    texts = [_embedded(passage, by_id) for passage in passages]
    vectors = _embed(texts, embedder, _known_vectors(store, embedder), watch)
    lexicon = Lexicon.of([_indexed(block, by_id) for block in blocks], texts)
    manifest = Manifest(
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        embedder=embedder.name,
        dimension=embedder.dimension,
        query_prompt=embedder.prompts.query,
        passage_prompt=embedder.prompts.passage,
        passages=len(passages),
        metric=metric_of(len(passages)),
        documents={document.id: document.digest for document in documents},
    )
    return store.put(Parts(manifest, documents, passages, blocks, vectors, lexicon))


def _embedded(passage: Passage, documents: dict[str, Document]) -> str:
    document = documents[passage.document_id]
    told = spoken(document, passage.start, passage.end)
    return fold(f"{context(document.label, passage.section)}：{told}")


def _indexed(block: Block, documents: dict[str, Document]) -> str:
    document = documents[block.document_id]
    place = "：".join((document.label, *block.section))
    return f"{place}\n{spoken(document, block.start, block.end)}"


def _embed(
    texts: list[str], embedder: Embedder, known: dict[str, Vectors], watch: Watch | None
) -> Vectors:
    """Return a unit vector for each text, taking those already known as they are."""
    fresh = list(dict.fromkeys(text for text in texts if text not in known))
    done = 0

    def progress(n: int) -> None:
        nonlocal done
        done += n
        if watch:
            watch(done, len(fresh))

    if fresh:
        known |= dict(zip(fresh, embedder.embed_passages(fresh, progress), strict=True))
    rows = [known[text] for text in texts]
    return unit(np.array(rows)) if rows else np.empty((0, embedder.dimension), np.float32)


def _known_vectors(store: Versions, embedder: Embedder) -> dict[str, Vectors]:
    """Return the vectors of the version in use by embedded text, if the same model made them."""
    try:
        before = store.open(store.current())
    except StoreError:
        return {}
    if not before.manifest.has_vectors_of(embedder):
        return {}
    vectors = before.vectors.rows(np.arange(len(before.passages)))
    texts = (fold(before.embedded_text(passage)) for passage in before.passages)
    return dict(zip(texts, vectors, strict=True))
