"""Versions as rows of a database: published in one transaction, read by every machine."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from platform import node

import numpy as np

from corpus.documents import Document
from corpus.errors import BusyError, StoreError
from index import contents
from index.contents import Contents, Parts
from index.lexicon import Lexicon
from index.manifest import Make, Manifest, digest, make_of, require_not_newer
from index.passages import Passage
from index.postgres.publishing import digests, publish, remove
from index.postgres.schema import lay_out
from index.postgres.server import Server, told
from index.postgres.vectors import PostgresVectors
from index.postgres.words import FetchedPostings, Words
from index.store import KEEP, named

_LOCK = 0x6A696E77656E  # "jinwen", the advisory lock of the writer
EXACT = 5_000  # passages up to which each vector is compared: 5 ms
_REBUILD = "请运行 jinwen index build 重建，或用 jinwen index rollback 回到之前的版本"


class PostgresStore:
    """The versions in one database; see `Versions`."""

    def __init__(self, url: str, exact: int = EXACT) -> None:
        self.server = Server(url)
        self._exact, self._laid_out = exact, False

    def current(self) -> str:
        """Return the name of the version in use; raises StoreError when there is none."""
        if self._is_laid_out() and (rows := self.server.rows("SELECT name FROM version_in_use")):
            return str(rows[0][0])
        raise StoreError("还没有索引，请先运行 jinwen index build")

    def pointed(self) -> str:
        """Return the name of the version in use, or '' when there is none."""
        try:
            return self.current()
        except StoreError:
            return ""

    def names(self) -> list[str]:
        """Return the names of all versions, oldest first."""
        if not self._is_laid_out():
            return []
        return [str(name) for (name,) in self.server.rows("SELECT name FROM versions ORDER BY 1")]

    def manifest(self, name: str) -> Manifest:
        """Return what a version is made of; raises StoreError for one of another format."""
        return Manifest.from_bytes(self._manifest_bytes(name))

    def make(self, name: str) -> Make:
        """Return format, chunking and analyzer of a version, whatever program made it."""
        return make_of(self._manifest_bytes(name))

    def listed_documents(self, name: str) -> set[str]:
        """Return the ids of the documents of a version, whatever its format."""
        return set(json.loads(self._manifest_bytes(name))["documents"])

    def documents(self, name: str) -> list[Document]:
        """Return the documents of a version, in order; nothing else of it is read.

        Raises NewerError for one of a later format.
        """
        raw = self._manifest_bytes(name)
        require_not_newer(make_of(raw)[0])
        return contents.documents_in(self._lines(name, raw, "documents"))

    def passages(self, name: str) -> list[Passage]:
        """Return the passages of a version, in order; nothing else of it is read."""
        return contents.passages_in(self._lines(name, self._manifest_bytes(name), "passages"))

    def check(self, name: str) -> Manifest:
        """Return the manifest of a version that is whole; raises StoreError telling what is not."""
        made = self.open(name)
        assert isinstance(made.vectors, PostgresVectors)
        parts = Parts(
            made.manifest, list(made.documents.values()), list(made.passages), list(made.blocks),
            made.vectors.rows(np.arange(len(made.vectors))), made.lexicon,
        )  # fmt: skip
        for file, found in digests(parts).items():
            if found != made.manifest.files.get(file):
                raise StoreError(f"索引数据“{name}/{file}”已损坏，{_REBUILD}")
        return made.manifest

    def open(self, name: str) -> Contents:
        """Return a version to be searched; its vectors and words stay in the database."""
        raw = self._manifest_bytes(name)
        manifest = Manifest.from_bytes(raw)
        documents = contents.documents_in(self._lines(name, raw, "documents"))
        passages = tuple(contents.passages_in(self._lines(name, raw, "passages")))
        blocks = tuple(contents.blocks_in(self._lines(name, raw, "blocks")))
        words = self.server.rows(
            "SELECT word, idf FROM words WHERE version = %s ORDER BY number", (name,)
        )
        kept = Words(self.server, name)
        return Contents(
            name, manifest, {document.id: document for document in documents}, passages, blocks,
            PostgresVectors(self.server, name, len(passages), manifest.dimension),
            Lexicon(
                [word for word, _ in words], np.array([idf for _, idf in words], np.float32),
                FetchedPostings(kept, "blocks", len(blocks)),
                FetchedPostings(kept, "passages", len(passages)),
            ),
        )  # fmt: skip

    def put(self, parts: Parts) -> str:
        """Keep a new version, switch to it, and return its name. The caller holds the lock."""
        manifest = replace(parts.manifest, files=digests(parts))
        connection, before = self.server.held, self.pointed()
        names = self.names()
        name = named(names, manifest.to_bytes())
        with told():
            publish(connection, name, replace(parts, manifest=manifest), self._exact)
            for old in [*names, name][:-KEEP]:
                if old != before:  # a reader may be opening the one that was in use
                    remove(connection, old)
        return name

    def switch(self, name: str) -> None:
        """Make a version the one in use. The caller holds the lock."""
        with told():
            self.server.held.execute("UPDATE version_in_use SET name = %s", (name,))

    @contextmanager
    def writing(self, what: str) -> Iterator[None]:
        """Hold the writer's lock; raises BusyError naming the other writer when it is taken.

        It is the database's: held as long as the connection, whatever becomes of the program.
        """
        with self.server.writer(f"{what} {os.getpid()}@{node()}"[:63]) as connection:
            with told():
                taken = connection.execute("SELECT pg_try_advisory_lock(%s)", (_LOCK,)).fetchone()
            if not (taken and taken[0]):
                raise BusyError(f"索引正被另一个程序写入（{self._owner()}），请等它结束后再试")
            lay_out(connection)
            yield

    def _owner(self) -> str:
        rows = self.server.rows(
            "SELECT application_name FROM pg_stat_activity JOIN pg_locks USING (pid)"
            " WHERE locktype = 'advisory' AND granted"
            " AND (classid::bigint << 32 | objid::bigint) = %s",
            (_LOCK,),
        )
        return str(rows[0][0]) if rows else "程序未知"

    def _is_laid_out(self) -> bool:
        if not self._laid_out:
            asked = "SELECT to_regclass('version_in_use') IS NOT NULL"
            self._laid_out = bool(self.server.rows(asked)[0][0])
        return self._laid_out

    def _manifest_bytes(self, name: str) -> bytes:
        asked = "SELECT manifest FROM versions WHERE name = %s"
        if not (rows := self._is_laid_out() and self.server.rows(asked, (name,))):
            raise StoreError(f"没有版本“{name}”，可用 jinwen index versions 查看")
        raw = str(rows[0][0]).encode()
        if digest(raw)[:12] != name.rpartition("-")[2]:
            raise StoreError(f"索引数据“{name}/manifest”已损坏，{_REBUILD}")
        return raw

    def _lines(self, name: str, manifest: bytes, table: str) -> bytes:
        """Return rows as the JSON Lines they are, checked."""
        listed = json.loads(manifest)["files"]
        rows = self.server.rows(
            f"SELECT line FROM {table} WHERE version = %s ORDER BY number", (name,)
        )
        data = "".join(line + "\n" for (line,) in rows).encode()
        if digest(data) != listed.get(f"{table}.jsonl"):
            raise StoreError(f"索引数据“{name}/{table}”已损坏，{_REBUILD}")
        return data
