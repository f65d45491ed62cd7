"""One opened version: documents, passages, vectors and lexicon; it never changes."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from corpus.documents import Document
from index.embedders import Vectors
from index.lexicon import Lexicon
from index.manifest import Manifest
from index.passages import Block, Passage, context, spoken
from index.vectors import FaissIndex, VectorIndex

if TYPE_CHECKING:
    from index.store import Version

DOCUMENTS, PASSAGES, BLOCKS = "documents.jsonl", "passages.jsonl", "blocks.jsonl"
VECTORS, LEXICON = "vectors.faiss", "lexicon.npz"


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """What a version is made of before it is kept; row i of the vectors belongs to passage i.

    The manifest lists no files yet.
    """

    manifest: Manifest
    documents: list[Document]
    passages: list[Passage]
    blocks: list[Block]
    vectors: Vectors
    lexicon: Lexicon


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


def unpack(version: Version, vectors: VectorIndex | None = None) -> Contents:
    """Return the contents of a version whose files have been checked.

    Vectors that are kept elsewhere are given.
    """
    files = version.files
    return Contents(
        version.name,
        version.manifest,
        {document.id: document for document in documents_in(files[DOCUMENTS])},
        tuple(passages_in(files[PASSAGES])),
        tuple(blocks_in(files[BLOCKS])),
        FaissIndex.from_bytes(files[VECTORS]) if vectors is None else vectors,
        Lexicon.from_bytes(files[LEXICON]),
    )


def packed(parts: Parts) -> dict[str, bytes]:
    """Return a version as files, by name, all but its vectors."""
    return {
        DOCUMENTS: pack(parts.documents),
        PASSAGES: pack(parts.passages),
        BLOCKS: pack(parts.blocks),
        LEXICON: parts.lexicon.to_bytes(),
    }


def documents_in(data: bytes) -> list[Document]:
    """Return the documents of JSON Lines that `pack` wrote."""
    return [Document.of(record) for record in _records(data)]


def passages_in(data: bytes) -> list[Passage]:
    """Return the passages of JSON Lines that `pack` wrote."""
    return [Passage(**_tupled(record)) for record in _records(data)]


def blocks_in(data: bytes) -> list[Block]:
    """Return the blocks of JSON Lines that `pack` wrote."""
    return [Block(**_tupled(record)) for record in _records(data)]


def pack(things: Iterable[Document | Passage | Block]) -> bytes:
    """Return dataclasses as JSON Lines."""
    lines = (json.dumps(asdict(thing), ensure_ascii=False) for thing in things)
    return "".join(line + "\n" for line in lines).encode()


def _records(data: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in data.decode().split("\n") if line]


def _tupled(record: dict[str, Any]) -> dict[str, Any]:
    return {**record, "section": tuple(record["section"])}
