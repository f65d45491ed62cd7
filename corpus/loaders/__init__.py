"""Files to documents: one module a format, complex formats parsed in a child process."""

import os
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from corpus.documents import Document
from corpus.errors import CorpusError
from corpus.loaders.gathering import NOTHING, Fault, gather
from corpus.loaders.reading import Known, Read, read_file

_MOST_AT_ONCE = 8  # each may take what parsing.LIMITS allow
Watch = Callable[[int, int, Read], None]


@dataclass(frozen=True, slots=True)
class Loaded:
    """What became of every file of some paths, in path order.

    `lost` are paths where no file was found; `unsupported` files that only stood beside others.
    """

    reads: tuple[Read, ...]
    lost: tuple[Fault, ...] = ()
    unsupported: tuple[Path, ...] = ()

    @property
    def documents(self) -> list[Document]:
        """Return the documents of all files that were read, by ids of their own."""
        return [document for read in self.reads for document in read.documents]

    @property
    def unchanged(self) -> list[Document]:
        """Return the known documents whose files are as they were."""
        return [read.unchanged for read in self.reads if read.unchanged]

    @property
    def faults(self) -> list[Fault]:
        """Return what gave nothing, and why."""
        return [*self.lost, *(Fault(read.path, read.fault) for read in self.reads if read.fault)]


def load(paths: Iterable[Path], facts: Mapping[str, Any] | None = None) -> list[Document]:
    """Return the documents of files, folders and patterns, in path order, by ids of their own.

    A file gives one document named after it, a .jsonl file one a line; files of one name and one
    text are one. What a file is, is read from it, from a `sources.toml` beside it, and from
    `facts`, which go before. Raises CorpusError for the first path or file that gives nothing;
    nothing is skipped silently except files of other formats inside a folder.
    """
    loaded = load_each(paths, facts)
    if loaded.faults:
        raise CorpusError(loaded.faults[0].reason)
    if not loaded.documents:
        raise CorpusError(NOTHING)
    return list({document.id: document for document in reversed(loaded.documents)}.values())[::-1]


def load_each(
    paths: Iterable[Path],
    facts: Mapping[str, Any] | None = None,
    known: Known | None = None,
    reserved: Collection[str] = (),
    watch: Watch | None = None,
) -> Loaded:
    """Return what became of each file; one that is bad keeps no other out.

    `known` are documents by source: of those a file that has the same bytes is not read again.
    A file that would get an id in `reserved` is a fault. `watch(done, total, read)` is told of
    each file, in order. Several files are read at once.
    """
    gathered = gather(paths)
    work = partial(read_file, facts=facts or {}, known=known or {})
    reads: list[Read] = []
    with ThreadPoolExecutor(min(os.cpu_count() or 1, _MOST_AT_ONCE)) as pool:
        for read in pool.map(work, gathered.files):
            reads.append(read)
            if watch:
                watch(len(reads), len(gathered.files), read)
    reads = [_unless_reserved(read, reserved) for read in _with_unique_ids(reads)]
    return Loaded(tuple(reads), gathered.faults, gathered.unsupported)


def _with_unique_ids(reads: list[Read]) -> list[Read]:
    """Give documents whose names collide a suffix from their content, the same on every run."""
    documents = [document for read in reads for document in read.documents]
    times = Counter(identity for identity, _ in {(d.id, d.digest) for d in documents})
    renamed = iter(
        document
        if times[document.id] == 1
        else replace(document, id=f"{document.id}-{document.digest[:8]}")
        for document in documents
    )
    return [replace(r, documents=tuple(islice(renamed, len(r.documents)))) for r in reads]


def _unless_reserved(read: Read, reserved: Collection[str]) -> Read:
    taken = next((d.id for d in read.documents if d.id in reserved), None)
    if taken is None:
        return read
    return Read(read.path, fault=f"编号“{taken}”属于随附报告，请改用别的文件名或 id")
