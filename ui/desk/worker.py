"""One thread that puts uploads into the index, one after the other, of all servers of a home.

The chat answers from the version before until the new one is published.
"""

import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from queue import SimpleQueue
from threading import Event, Lock, Thread
from typing import TypeVar

from corpus.documents import Document
from corpus.errors import BusyError, JinwenError, StoreError
from corpus.library import shipped
from corpus.loaders import Loaded, load_each
from corpus.loaders.reading import Read
from index.upkeep import Change
from rag.assembly import Assembly
from ui.desk.incoming import Incoming
from ui.desk.jobs import Job, Jobs, Outcome, State
from ui.desk.outcomes import outcomes_of
from ui.desk.patience import patiently

_BUSY_SECONDS, _AGAIN_SECONDS = 600.0, 2.0
_UNEXPECTED = "程序出错，原有文档未受影响，请重试；还是不行请看服务器的日志"
_TELL_SECONDS = 0.5  # between two notes of progress
_LEAVE_SECONDS = 5.0  # for what is being published when the service stops
_NOBODY = 0  # no job has this number

Given = TypeVar("Given")


class LeftError(JinwenError):
    """The service stops before a job has come to its end."""


def source_of(name: str) -> str:
    """Return what an uploaded file is known by: another of this name takes its place."""
    return f"upload:{name}"


class Worker:
    """Works at jobs in the order they come; the thread is there once there is work."""

    def __init__(self, assembly: Assembly, jobs: Jobs, incoming: Incoming) -> None:
        self._assembly, self._jobs, self._incoming = assembly, jobs, incoming
        self._queue: SimpleQueue[int] = SimpleQueue()
        self._thread: Thread | None = None
        self._starting = Lock()
        self._leaving = Event()

    def submit(self, number: int) -> None:
        """Have a job done."""
        self._queue.put(number)
        with self._starting:
            if self._thread is None or not self._thread.is_alive():
                self._start()

    def leave(self, seconds: float = _LEAVE_SECONDS) -> None:
        """Begin nothing more; what is being written now has so many seconds to end."""
        self._leaving.set()
        with self._starting:
            thread = self._thread
        if thread:
            self._queue.put(_NOBODY)  # wakes who waits for work
            thread.join(seconds)

    def _start(self) -> None:
        self._thread = Thread(target=self._work, name="desk", daemon=True)
        self._thread.start()

    def _work(self) -> None:
        try:
            while not self._leaving.is_set():
                number = self._queue.get()
                if number != _NOBODY:
                    self.do(self._lasting(partial(self._jobs.get, number)))
        finally:  # what nobody foresaw ends this thread, not the jobs behind it
            with self._starting:
                if not self._leaving.is_set():
                    self._start()

    def do(self, job: Job) -> None:
        """Do a job to its end, whatever that is."""
        note, outcomes, version = _UNEXPECTED, tuple[Outcome, ...](), ""
        state = State.FAILED
        try:
            with self._incoming.turn:
                loaded = self._read(job)
                change = self._add(job, loaded)
            outcomes, version = outcomes_of(loaded, change), change.version
            state, note = State.DONE, ""
        except LeftError:
            state, note = State.INTERRUPTED, ""
        except JinwenError as error:
            note = str(error)
        except OSError as error:
            note = f"读写失败（{error.strerror}），原有文档未受影响；请检查磁盘空间和权限后重新上传"
        finally:
            self._incoming.drop(self._incoming.folder(job.folder))
            self._lasting(partial(self._jobs.end, job, state, note, outcomes, version))

    def _lasting(self, use: Callable[[], Given]) -> Given:
        """Use the database as soon as it can be used; raises StoreError if that is not in time."""
        while True:
            try:
                return use()
            except StoreError:
                if self._leaving.wait(_AGAIN_SECONDS):
                    raise

    def _tell(self, job: Job, state: State, done: int = 0, total: int = 0, note: str = "") -> None:
        """Note how far a job is; raises LeftError where it has to be left."""
        if self._leaving.is_set():
            raise LeftError(State.INTERRUPTED.label)
        self._jobs.tell(job.id, state, done, total, note)

    def _read(self, job: Job) -> Loaded:
        folder = self._incoming.folder(job.folder)
        known = self._known(job, folder)

        def watch(done: int, total: int, _: Read) -> None:
            self._tell(job, State.READING, done, total)

        self._tell(job, State.READING, 0, len(job.files))
        paths = [folder / name for name in job.files]
        reserved = () if job.replaces else {document.id for document in shipped()}
        loaded = load_each(paths, known=known, reserved=reserved, watch=watch)
        reads = tuple(self._placed(job, read) for read in loaded.reads)
        return replace(loaded, reads=reads)

    def _known(self, job: Job, folder: Path) -> dict[str, Document]:
        """Return the documents whose places the files take, by the paths the files have now."""
        documents = self._assembly.documents()
        if job.replaces:
            taken = {d.id: d for d in documents}.get(job.replaces)
            return {str((folder / job.files[0]).resolve()): taken} if taken else {}
        by_source = {document.source: document for document in documents}
        paths = {name: str((folder / name).resolve()) for name in job.files}
        return {paths[n]: by_source[s] for n in paths if (s := source_of(n)) in by_source}

    def _placed(self, job: Job, read: Read) -> Read:
        """Return what was read as of the desk, not of a folder that will be gone."""
        name = read.path.name
        taken = self._taken(job)
        placed = tuple(
            replace(d, id=taken.id, source=taken.source) if taken
            else replace(d, source=source_of(name)) if d.format != "jsonl" else d
            for d in read.documents
        )  # fmt: skip
        fault = read.fault.replace(f"{read.path.parent}/", "")
        return replace(read, documents=placed, fault=fault)

    def _taken(self, job: Job) -> Document | None:
        if not job.replaces:
            return None
        found = {d.id: d for d in self._assembly.documents()}.get(job.replaces)
        if found is None:
            raise JinwenError(f"文档“{job.replaces}”已经不在了，请直接上传")
        return found

    def _add(self, job: Job, loaded: Loaded) -> Change:
        if not loaded.documents:
            return Change(self._assembly.store.pointed())
        upkeep = self._assembly.upkeep(self._telling(job))

        def waiting(error: BusyError) -> None:
            self._tell(job, State.WAITING, note=str(error).partition("，请")[0])

        return patiently(
            lambda: upkeep.add(loaded.documents), _BUSY_SECONDS, _AGAIN_SECONDS, waiting
        )

    def _telling(self, job: Job) -> Callable[[int, int], None]:
        told = 0.0

        def watch(done: int, total: int) -> None:
            nonlocal told
            if done == total or time.monotonic() > told + _TELL_SECONDS:
                told = time.monotonic()
                self._tell(job, State.EMBEDDING, done, total)

        return watch
