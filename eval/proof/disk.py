"""A disk whose power is cut: what a writer did, and every state that may be found afterwards.

A file's bytes are sure once it is synced, a name once its folder is. What is not sure may be lost,
kept, or of a file half there; names in any order.
"""

import builtins
import io
import os
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

_MOST_SUBSETS = 128  # of names that may or may not be there, after one step
_TORN: tuple[Callable[[bytes], bytes], ...] = (
    lambda data: data, lambda data: data[: len(data) // 2], lambda _: b"",
)  # fmt: skip

State = dict[str, bytes]


@dataclass(frozen=True, slots=True)
class Step:
    """One step: a file made, a name moved to another or removed, or something synced."""

    kind: str
    path: str
    to: str = ""
    data: bytes = b""

    @property
    def folder(self) -> str:
        """Return the folder whose names it changes."""
        return str(Path(self.path).parent)


class Disk:
    """Records the steps of this process below a folder while `recording`."""

    def __init__(self, root: Path) -> None:
        self._root = str(root)
        self.before = {str(p): p.read_bytes() for p in root.rglob("*") if p.is_file()}
        self.steps: list[Step] = []

    def record(self, work: Callable[[], object]) -> None:
        """Do some work and keep its steps."""
        kept = {(m, n): getattr(m, n) for m, n in _CALLS}
        try:
            for (module, name), real in kept.items():
                setattr(module, name, self._seen(name, real))
            work()
        finally:
            for (module, name), real in kept.items():
                setattr(module, name, real)

    def _seen(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(place: Any, *arguments: Any, **options: Any) -> Any:
            if name == "fsync":
                self._synced(Path(f"/proc/self/fd/{place}").readlink())
            done = real(place, *arguments, **options)
            self._did(name, place, arguments, options)
            return done

        return call

    def _did(self, name: str, place: Any, arguments: Any, options: dict[str, Any]) -> None:
        path = _resolved(place, options.get("dir_fd"))
        if not path.startswith(self._root):
            return
        if name == "open" and "w" in str(arguments[:1]):
            self.steps.append(Step("make", path))
        elif name in ("rename", "replace"):
            self.steps.append(Step("move", path, str(arguments[0])))
        elif name in ("unlink", "rmdir"):
            self.steps.append(Step("remove", path))

    def _synced(self, path: Path) -> None:
        data = path.read_bytes() if path.is_file() else b""
        kind = "sync file" if path.is_file() else "sync folder"
        self.steps.append(Step(kind, str(path), data=data))

    def states(self, syncs: bool = True) -> Iterator[tuple[int, State]]:
        """Yield the states after each step, with its number; without `syncs` as if none were."""
        for n in range(len(self.steps) + 1):
            seen: set[frozenset[tuple[str, bytes]]] = set()
            for state in self._after(self.steps[:n], syncs):
                key = frozenset(state.items())
                if key not in seen:
                    seen.add(key)
                    yield n, state

    def _after(self, steps: list[Step], syncs: bool) -> Iterator[State]:
        sure = _sure(steps) if syncs else set[int]()
        names = [k for k, s in enumerate(steps) if s.kind in ("make", "move", "remove")]
        loose = [k for k in names if k not in sure]
        for kept in _subsets(loose, len(steps)):
            done = [steps[k] for k in names if k in sure or k in kept]
            for torn in _TORN:
                yield self._state(done, steps, torn, syncs)

    def _state(
        self, done: list[Step], steps: list[Step], torn: Callable[[bytes], bytes], syncs: bool
    ) -> State:
        """Return the files by name: their bytes as synced, or torn where that is not sure."""
        synced = {s.path: s.data for s in steps if s.kind == "sync file"}
        every = {s.path: s.data for s in self.steps if s.kind == "sync file"}
        state = dict(self.before)
        for step in done:
            if step.kind == "make":
                whole = every.get(step.path, b"")
                state[step.path] = whole if syncs and step.path in synced else torn(whole)
            elif step.kind == "remove":
                state.pop(step.path, None)
            else:
                _move(state, step.path, step.to)
        return state


def _move(state: State, source: str, target: str) -> None:
    for path in [p for p in state if p == source or p.startswith(f"{source}/")]:
        state[target + path[len(source) :]] = state.pop(path)


def _sure(steps: list[Step]) -> set[int]:
    """Return which changes of names are made sure by a later sync of their folder."""
    return {
        k for k, step in enumerate(steps)
        if any(later.kind == "sync folder" and later.path == step.folder for later in steps[k:])
    }  # fmt: skip


def _subsets(loose: list[int], seed: int) -> Iterator[set[int]]:
    """Yield every subset, or some of them where there are too many."""
    if 2 ** len(loose) <= _MOST_SUBSETS:
        for chosen in product((False, True), repeat=len(loose)):
            yield {k for k, kept in zip(loose, chosen, strict=True) if kept}
        return
    dice = random.Random(seed)
    yield set(loose)
    for _ in range(_MOST_SUBSETS):
        yield {k for k in loose if dice.random() < 0.5}


def _resolved(place: Any, folder: int | None) -> str:
    if isinstance(place, int):
        return ""
    path = os.fsdecode(place)
    return f"{Path(f'/proc/self/fd/{folder}').readlink()}/{path}" if folder is not None else path


_CALLS: tuple[tuple[Any, str], ...] = (
    (io, "open"), (builtins, "open"), (os, "fsync"), (os, "rename"), (os, "replace"),
    (os, "unlink"), (os, "rmdir"),
)  # fmt: skip
