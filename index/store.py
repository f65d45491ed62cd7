"""The index on disk: a folder of whole versions and a pointer to the one in use.

    index/current                     the version in use
    index/versions/000003-1f2e…/      manifest.json and the files it lists
    index/writer.lock                 held while writing

A version is written in a folder of its own, synced, then renamed into place; then the pointer is
renamed over the old one. A crash leaves the old version or the new one. The name of a version ends
with the hash of its manifest, the manifest holds the hashes of its files, and nothing is parsed
before its hash has been checked.
"""

import json
import re
import shutil
from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.documents import Document
from corpus.errors import StoreError, UnreadableError
from index.contents import (
    DOCUMENTS,
    PASSAGES,
    VECTORS,
    Contents,
    Parts,
    documents_in,
    packed,
    passages_in,
    unpack,
)
from index.disk import sync_folder, write_synced
from index.embedders import Vectors
from index.manifest import Make, Manifest, digest, make_of, require_not_newer
from index.passages import Passage
from index.vectors import FaissIndex
from index.writer import held

KEEP = 5  # versions
_NAME = re.compile(r"\d{6}-[0-9a-f]{12}")
_MANIFEST = "manifest.json"
_AGAIN = "请检查磁盘和权限后重试，或用 jinwen index rollback 回到之前的版本"
_REBUILD = "请运行 jinwen index build 重建，或用 jinwen index rollback 回到之前的版本"


@dataclass(frozen=True, slots=True)
class Version:
    """One version as read from disk: every file checked against its hash."""

    name: str
    manifest: Manifest
    files: dict[str, bytes]


class Store:
    """The versions under one folder; reading needs no lock, writing takes it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._pointer = root / "current"
        self._versions = root / "versions"

    def current(self) -> str:
        """Return the name of the version in use; raises StoreError when there is none."""
        try:
            name = self._pointer.read_text(encoding="ascii").strip()
        except FileNotFoundError as error:
            raise StoreError("还没有索引，请先运行 jinwen index build") from error
        except (OSError, ValueError) as error:
            raise StoreError(f"无法读取索引指针“{self._pointer}”，{_REBUILD}") from error
        if name not in self.names():
            raise StoreError(f"索引指针指向不存在的版本“{name}”，{_REBUILD}")
        return name

    def names(self) -> list[str]:
        """Return the names of all versions, oldest first."""
        if not self._versions.is_dir():
            return []
        return sorted(p.name for p in self._versions.iterdir() if _NAME.fullmatch(p.name))

    def read(self, name: str) -> Version:
        """Return a version after checking every file; raises StoreError naming the bad file."""
        folder = self._versions / name
        manifest = self.manifest(name)
        unlisted = {p.name for p in folder.iterdir()} - set(manifest.files) - {_MANIFEST}
        if unlisted:
            raise StoreError(f"索引版本里有多余的文件“{name}/{min(unlisted)}”，{_REBUILD}")
        files = {file: self._read(folder / file) for file in manifest.files}
        for file, data in files.items():
            if digest(data) != manifest.files[file]:
                raise StoreError(f"索引文件“{name}/{file}”已损坏，{_REBUILD}")
        return Version(name, manifest, files)

    def open(self, name: str) -> Contents:
        """Return a version, checked and in memory; raises StoreError naming the bad file."""
        return unpack(self.read(name))

    def check(self, name: str) -> Manifest:
        """Return the manifest of a version that is whole; raises StoreError naming the bad file."""
        return self.read(name).manifest

    def documents(self, name: str) -> list[Document]:
        """Return the documents of a version, in order; nothing else of it is read.

        Versions of earlier formats are read too; raises NewerError for one of a later format.
        """
        require_not_newer(self.make(name)[0])
        return documents_in(self.read_file(name, DOCUMENTS))

    def passages(self, name: str) -> list[Passage]:
        """Return the passages of a version, in order; nothing else of it is read."""
        return passages_in(self.read_file(name, PASSAGES))

    def read_file(self, name: str, file: str) -> bytes:
        """Return one file of a version, checked, whatever has become of the others.

        Raises StoreError when the manifest or the file is damaged. Other formats are read too.
        """
        raw = self._manifest_bytes(name)
        data = self._read(self._versions / name / file)
        if digest(data) != json.loads(raw)["files"].get(file):
            raise StoreError(f"索引文件“{name}/{file}”已损坏，{_REBUILD}")
        return data

    def manifest(self, name: str) -> Manifest:
        """Return the manifest of a version; raises StoreError when it is damaged or not ours."""
        return Manifest.from_bytes(self._manifest_bytes(name))

    def make(self, name: str) -> Make:
        """Return format, chunking and analyzer of a version, whatever program made it."""
        return make_of(self._manifest_bytes(name))

    def listed_documents(self, name: str) -> set[str]:
        """Return the ids of the documents a version's manifest lists."""
        return set(json.loads(self._manifest_bytes(name))["documents"])

    def listed_files(self, name: str) -> dict[str, str]:
        """Return the files of a version as its manifest lists them, with their SHA-256 in hex."""
        return dict(json.loads(self._manifest_bytes(name))["files"])

    def put(self, parts: Parts) -> str:
        """Write a new version, switch to it, and return its name. The caller holds the lock."""
        files = packed(parts) | self._vectors(parts.vectors)
        digests = {name: digest(data) for name, data in files.items()}
        return self.publish(replace(parts.manifest, files=digests), files)

    def _vectors(self, vectors: Vectors) -> dict[str, bytes]:
        """Return the files that hold vectors, or tell where they are."""
        return {VECTORS: FaissIndex.of(vectors).to_bytes()}

    def publish(self, manifest: Manifest, files: dict[str, bytes]) -> str:
        """Write files as a new version, switch to it, and return its name."""
        raw = manifest.to_bytes()
        name = named(self.names(), raw)
        before = self.pointed()
        building = self._versions / f".{name}"
        self._sweep()
        building.mkdir(parents=True)
        try:
            for file, data in {**files, _MANIFEST: raw}.items():
                write_synced(building / file, data)
            sync_folder(building)
            building.rename(self._versions / name)
        except OSError:
            shutil.rmtree(building, ignore_errors=True)
            raise
        sync_folder(self._versions)
        self.switch(name)
        self._prune({name, before})  # a reader may be opening the one that was in use
        return name

    def switch(self, name: str) -> None:
        """Make a version the one in use, in one rename. The caller holds the lock."""
        fresh = self._pointer.with_name("current.new")
        write_synced(fresh, f"{name}\n".encode())
        fresh.replace(self._pointer)
        sync_folder(self.root)

    def writing(self, what: str) -> AbstractContextManager[None]:
        """Hold the writer's lock; raises BusyError naming the other writer when it is taken."""
        return held(self.root, what)

    def _manifest_bytes(self, name: str) -> bytes:
        if name not in self.names():
            raise StoreError(f"没有版本“{name}”，可用 jinwen index versions 查看")
        raw = self._read(self._versions / name / _MANIFEST)
        if digest(raw)[:12] != name.rpartition("-")[2]:
            raise StoreError(f"索引文件“{name}/{_MANIFEST}”已损坏，{_REBUILD}")
        return raw

    def _read(self, path: Path) -> bytes:
        file = f"{path.parent.name}/{path.name}"
        try:
            return path.read_bytes()
        except FileNotFoundError as error:
            raise StoreError(f"无法读取索引文件“{file}”（{error.strerror}），{_REBUILD}") from error
        except OSError as error:
            told = f"无法读取索引文件“{file}”（{error.strerror}），{_AGAIN}"
            raise UnreadableError(told) from error

    def _sweep(self) -> None:
        """Remove what a crashed writer left unfinished."""
        if self._versions.is_dir():
            for path in self._versions.glob(".*"):
                shutil.rmtree(path, ignore_errors=True)

    def pointed(self) -> str:
        """Return the name of the version in use, or '' when there is none or it is not there."""
        try:
            return self.current()
        except StoreError:
            return ""

    def _prune(self, kept: set[str]) -> None:
        for name in self.names()[:-KEEP]:
            if name not in kept:
                shutil.rmtree(self._versions / name, ignore_errors=True)


def named(before: Iterable[str], manifest: bytes) -> str:
    """Return the name of the version that comes after others: a number and a hash."""
    last = max((int(name.partition("-")[0]) for name in before), default=0)
    return f"{last + 1:06d}-{digest(manifest)[:12]}"
