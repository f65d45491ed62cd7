"""Writing a version as rows: all of it in one transaction, or nothing."""

from collections.abc import Iterable, Iterator
from hashlib import sha256
from itertools import repeat
from typing import Any

import numpy as np
from pgvector import Vector
from pgvector.psycopg import register_vector
from psycopg import Connection, sql

from index import contents
from index.contents import Parts
from index.lexicon import Lexicon
from index.manifest import digest
from index.postgres.schema import LINES, PARTED, part
from index.postings import Floats, Rows

_WAIT_FOR_READERS = "SET LOCAL lock_timeout = '5s'"


def digests(parts: Parts) -> dict[str, str]:
    """Return the SHA-256 of each part of a version, by the name of its file or table."""
    words = sha256()
    for row in _words(parts.lexicon):
        for value in row:
            words.update(value if isinstance(value, bytes) else repr(value).encode())
    return {
        contents.DOCUMENTS: digest(contents.pack(parts.documents)),
        contents.PASSAGES: digest(contents.pack(parts.passages)),
        contents.BLOCKS: digest(contents.pack(parts.blocks)),
        "vectors": digest(np.ascontiguousarray(parts.vectors, "<f4").tobytes()),
        "words": words.hexdigest(),
    }


def publish(connection: Connection[Any], name: str, parts: Parts, exact: int) -> None:
    """Write a version and make it the one in use; more passages than `exact` get an HNSW index.

    Its partitions are filled before they are attached: no reader waits meanwhile.
    """
    register_vector(connection)
    with connection.transaction():
        connection.execute(
            "INSERT INTO versions VALUES (%s, %s)", (name, parts.manifest.to_bytes().decode())
        )
        for table in LINES:
            lines = _lines(getattr(parts, table))
            columns = ("version", "number", "line"), ("text", "int4", "text")
            _copy(connection, sql.Identifier(table), *columns, _numbered(name, lines))
        for table in PARTED:
            connection.execute(
                sql.SQL("CREATE TABLE {} (LIKE {} INCLUDING ALL)").format(
                    part(table, name), sql.Identifier(table)
                )
            )
        passages = zip(_lines(parts.passages), map(Vector, parts.vectors), strict=True)
        _copy(
            connection, part("passages", name), ("version", "number", "line", "embedding"),
            ("text", "int4", "text", "vector"), _numbered(name, passages),
        )  # fmt: skip
        _copy(
            connection, part("words", name),
            ("version", "number", "word", "idf", "block_rows", "block_weights", "passage_rows",
             "passage_weights"),
            ("text", "int4", "text", "float4", *repeat("bytea", 4)),
            _numbered(name, _words(parts.lexicon)),
        )  # fmt: skip
        if len(parts.passages) > exact:
            _graph(connection, name, parts.manifest.dimension)
        for table in PARTED:
            connection.execute(
                sql.SQL("ALTER TABLE {} ATTACH PARTITION {} FOR VALUES IN ({})").format(
                    sql.Identifier(table), part(table, name), sql.Literal(name)
                )
            )
            connection.execute(sql.SQL("ANALYZE {}").format(part(table, name)))
        connection.execute(
            "INSERT INTO version_in_use (name) VALUES (%s)"
            " ON CONFLICT (one) DO UPDATE SET name = excluded.name",
            (name,),
        )


def remove(connection: Connection[Any], name: str) -> None:
    """Remove a version that is not in use."""
    with connection.transaction():
        connection.execute(_WAIT_FOR_READERS)
        for table in PARTED:
            connection.execute(sql.SQL("DROP TABLE IF EXISTS {}").format(part(table, name)))
        connection.execute("DELETE FROM versions WHERE name = %s", (name,))


def _graph(connection: Connection[Any], name: str, dimension: int) -> None:
    """Build the HNSW index, with pgvector's own defaults (m = 16, ef_construction = 64)."""
    connection.execute(
        sql.SQL("CREATE INDEX ON {} USING hnsw ((embedding::vector({})) vector_ip_ops)").format(
            part("passages", name), sql.Literal(dimension)
        )
    )


def _copy(
    connection: Connection[Any], table: sql.Identifier, columns: Iterable[str],
    types: Iterable[str], rows: Iterable[tuple[Any, ...]],
) -> None:  # fmt: skip
    statement = sql.SQL("COPY {} ({}) FROM STDIN WITH (FORMAT BINARY)").format(
        table, sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    with connection.cursor().copy(statement) as copy:
        copy.set_types(list(types))
        for row in rows:
            copy.write_row(row)


def _numbered(name: str, rows: Iterable[tuple[Any, ...] | str]) -> Iterator[tuple[Any, ...]]:
    for number, row in enumerate(rows):
        yield name, number, *((row,) if isinstance(row, str) else row)


def _lines(things: Iterable[Any]) -> Iterator[str]:
    return (contents.pack([thing]).decode().removesuffix("\n") for thing in things)


def _words(lexicon: Lexicon) -> Iterator[tuple[str, float, bytes, bytes, bytes, bytes]]:
    """Yield each word, its weight, and where it stands in blocks and in passages."""
    numbers = range(len(lexicon.idf))
    held = lexicon.blocks.of(numbers), lexicon.passages.of(numbers)
    for word, idf, blocks, passages in zip(lexicon.vocabulary, lexicon.idf, *held, strict=True):
        yield word, float(idf), *_bytes(*blocks), *_bytes(*passages)


def _bytes(rows: Rows, weights: Floats) -> tuple[bytes, bytes]:
    return rows.astype("<i4").tobytes(), weights.astype("<f4").tobytes()
