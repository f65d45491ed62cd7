"""The tables: a version is a row, and what it holds are rows of partitions of its own."""

from typing import Any

from psycopg import Connection, Error, sql

from corpus.errors import StoreError

LINES = ("documents", "blocks")
PARTED = ("passages", "words")
_TABLES = (
    "CREATE EXTENSION IF NOT EXISTS vector",
    "CREATE TABLE IF NOT EXISTS versions (name text PRIMARY KEY, manifest text NOT NULL)",
    "CREATE TABLE IF NOT EXISTS version_in_use (one boolean PRIMARY KEY DEFAULT true CHECK (one),"
    " name text NOT NULL REFERENCES versions)",
    *(
        f"CREATE TABLE IF NOT EXISTS {table} (version text NOT NULL REFERENCES versions"
        " ON DELETE CASCADE, number int NOT NULL, line text NOT NULL,"
        " PRIMARY KEY (version, number))"
        for table in LINES
    ),
    "CREATE TABLE IF NOT EXISTS passages (version text NOT NULL, number int NOT NULL,"
    " line text NOT NULL, embedding vector NOT NULL, PRIMARY KEY (version, number))"
    " PARTITION BY LIST (version)",
    # Rows and weights are int32 and float32, little-endian: a word of a million passages is read
    # at once, and scored as the files' are.
    "CREATE TABLE IF NOT EXISTS words (version text NOT NULL, number int NOT NULL,"
    " word text NOT NULL, idf real NOT NULL, block_rows bytea NOT NULL,"
    " block_weights bytea NOT NULL, passage_rows bytea NOT NULL, passage_weights bytea NOT NULL,"
    " PRIMARY KEY (version, number)) PARTITION BY LIST (version)",
)


def lay_out(connection: Connection[Any]) -> None:
    """Create what is not there yet; raises StoreError where the extension cannot be had."""
    try:
        with connection.transaction():
            for statement in _TABLES:
                connection.execute(statement)
    except Error as error:
        line = str(error).strip().split("\n")[0]
        raise StoreError(
            f"索引数据库建不了表（{line}），请确认装有 pgvector 扩展且账号可以建表"
        ) from error


def part(table: str, version: str) -> sql.Identifier:
    """Return the partition of a version."""
    return sql.Identifier(f"{table}_{version.replace('-', '_')}")
