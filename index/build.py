"""Building a version: cut, embed, index, publish; known texts are not embedded again."""

from collections.abc import Callable
from datetime import UTC, datetime

import numpy as np

from corpus.documents import Document
from corpus.errors import StoreError
from index import contents
from index.contents import Contents
from index.embedders import Embedder, Vectors, unit
from index.folding import fold
from index.lexicon import Lexicon
from index.manifest import Manifest, digest
from index.passages import Block, Passage, context, cut, spoken
from index.store import Store
from index.vectors import FaissIndex

Watch = Callable[[int, int], None]


def build(
    store: Store, documents: list[Document], embedder: Embedder, watch: Watch | None = None
) -> str:
    """Publish a version of these documents and return its name. The caller holds the lock.

    `watch(done, total)` is told how many passages are embedded. Nothing in use is touched before
    the new version is complete.
    """
    passages, blocks = cut(documents)
    by_id = {document.id: document for document in documents}
    texts = [_embedded(passage, by_id) for passage in passages]
    vectors = _embed(texts, embedder, _known_vectors(store, embedder), watch)
    files = {
        contents.DOCUMENTS: contents.pack(documents),
        contents.PASSAGES: contents.pack(passages),
        contents.BLOCKS: contents.pack(blocks),
        contents.VECTORS: FaissIndex.of(vectors).to_bytes(),
        contents.LEXICON: Lexicon.of([_indexed(b, by_id) for b in blocks], texts).to_bytes(),
    }
    manifest = Manifest(
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        embedder=embedder.name,
        dimension=embedder.dimension,
        query_prompt=embedder.prompts.query,
        passage_prompt=embedder.prompts.passage,
        passages=len(passages),
        documents={document.id: document.digest for document in documents},
        files={name: digest(data) for name, data in files.items()},
    )
    return store.publish(manifest, files)


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


def _known_vectors(store: Store, embedder: Embedder) -> dict[str, Vectors]:
    """Return the vectors of the version in use by embedded text, if the same model made them."""
    try:
        version = store.read(store.current())
    except StoreError:
        return {}
    if not version.manifest.has_vectors_of(embedder):
        return {}
    before: Contents = contents.unpack(version)
    return {
        fold(before.embedded_text(passage)): before.vectors.row(row)
        for row, passage in enumerate(before.passages)
    }
