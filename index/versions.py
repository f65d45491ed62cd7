"""The seam: the versions of an index, wherever they are kept.

`index/store.py` keeps them as files, with vectors and words in memory, `index/postgres/` in a
database that several machines share; `index/milvus.py` keeps vectors apart from the files.
tests/index/test_versions.py is their contract.
"""

from contextlib import AbstractContextManager
from typing import Protocol

from corpus.documents import Document
from index.contents import Contents, Parts
from index.manifest import Make, Manifest
from index.passages import Passage


class Versions(Protocol):
    """Whole versions, each with a name; one is in use. All raise StoreError for what is not there.

    Reading needs no lock, writing takes it.
    """

    def __hash__(self) -> int:
        """Return a hash: each place is the same as itself alone."""

    def current(self) -> str:
        """Return the name of the version in use; raises StoreError when there is none."""

    def pointed(self) -> str:
        """Return the name of the version in use, or '' when there is none or it is not there."""

    def names(self) -> list[str]:
        """Return the names of all versions, oldest first."""

    def manifest(self, name: str) -> Manifest:
        """Return what a version is made of; raises StoreError for one of another format."""

    def make(self, name: str) -> Make:
        """Return format, chunking and analyzer of a version, whatever program made it."""

    def listed_documents(self, name: str) -> set[str]:
        """Return the ids of the documents of a version, whatever its format."""

    def documents(self, name: str) -> list[Document]:
        """Return the documents of a version, in order; nothing else of it is read.

        Versions of earlier formats are read too; raises NewerError for one of a later format.
        """

    def passages(self, name: str) -> list[Passage]:
        """Return the passages of a version, in order; nothing else of it is read."""

    def check(self, name: str) -> Manifest:
        """Return the manifest of a version that is whole; raises StoreError telling what is not."""

    def open(self, name: str) -> Contents:
        """Return a version to be searched, checked; a reader keeps it for a whole request."""

    def put(self, parts: Parts) -> str:
        """Keep a new version, switch to it, and return its name. The caller holds the lock."""

    def switch(self, name: str) -> None:
        """Make a version the one in use, at once for all readers. The caller holds the lock."""

    def writing(self, what: str) -> AbstractContextManager[None]:
        """Hold the writer's lock; raises BusyError naming the other writer when it is taken."""
