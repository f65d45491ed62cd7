"""One opened version: documents, passages, vectors and lexicon, all in memory, never changed."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from corpus.documents import Document
from index.lexicon import Lexicon
from index.manifest import Manifest, require_not_newer
from index.passages import Block, Passage, context, spoken
from index.store import Store, Version
from index.vectors import FaissIndex, VectorIndex

DOCUMENTS, PASSAGES, BLOCKS = "documents.jsonl", "passages.jsonl", "blocks.jsonl"
VECTORS, LEXICON = "vectors.faiss", "lexicon.npz"


@dataclass(frozen=True, slots=True, eq=False)
class Contents:
    """What a search needs; row i of the vectors belongs to passage i."""

    version: str
    manifest: Manifest
    documents: dict[str, Document]
    passages: tuple[Passage, ...]
    blocks: tuple[Block, ...]
    vectors: VectorIndex
    lexicon: Lexicon

    def embedded_text(self, passage: Passage) -> str:
        """Return the text that was embedded for a passage: its place, then its words."""
        document = self.documents[passage.document_id]
        told = spoken(document, passage.start, passage.end)
        return f"{context(document.label, passage.section)}：{told}"


def unpack(version: Version) -> Contents:
    """Return the contents of a version whose files have been checked."""
    files = version.files
    documents = {d["id"]: Document.of(d) for d in _records(files[DOCUMENTS])}
    return Contents(
        version.name,
        version.manifest,
        documents,
        tuple(Passage(**_tupled(p)) for p in _records(files[PASSAGES])),
        tuple(Block(**_tupled(b)) for b in _records(files[BLOCKS])),
        FaissIndex.from_bytes(files[VECTORS]),
        Lexicon.from_bytes(files[LEXICON]),
    )


def documents_of(store: Store, version: str) -> list[Document]:
    """Return the documents of a version, in order; nothing else of the version is read.

    Versions of earlier formats are read too; raises NewerError for one of a later format.
    """
    require_not_newer(store.make(version)[0])
    return [Document.of(record) for record in _records(store.read_file(version, DOCUMENTS))]


def pack(things: Iterable[Document | Passage | Block]) -> bytes:
    """Return dataclasses as JSON Lines."""
    lines = (json.dumps(asdict(thing), ensure_ascii=False) for thing in things)
    return "".join(line + "\n" for line in lines).encode()


def _records(data: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in data.decode().split("\n") if line]


def _tupled(record: dict[str, Any]) -> dict[str, Any]:
    return {**record, "section": tuple(record["section"])}
