"""A power cut after every step of publishing: every state that may be found loads old or new."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from corpus.errors import StoreError
from eval.proof import Control, Proof
from eval.proof.disk import Disk, State
from index.manifest import Manifest, digest
from index.store import Store

_VERSIONS = 6  # one more than are kept, so that old ones are removed too
_FILE = "a.txt"


def prove(size: int = 0) -> Proof:
    """Look at all states, or at the first `size`."""
    with TemporaryDirectory(prefix="proof-") as folder:
        root = Path(folder) / "index"
        store = Store(root)
        for n in range(_VERSIONS):
            _publish(store, n)
        disk = Disk(root)
        disk.record(lambda: _publish(store, _VERSIONS))
        other = Path(folder) / "after"
        good = list(_found(disk, root, other, size))
        red = list(_found(disk, root, other, size, syncs=False))
    held = sum(_holds(disk, n, found) for n, found in good)
    return Proof(
        f"power cut after each of {len(disk.steps)} steps of publishing a version",
        len(good), held, f"{held} of {len(good)} states load the old or the new version",
        Control("the same steps without any sync", len(red),
                sum(_holds(disk, n, found) for n, found in red)),
    )  # fmt: skip


def _publish(store: Store, n: int) -> None:
    files = {_FILE: f"{n}".encode() * 100, "b.bin": bytes(range(256))}
    hashes = {name: digest(data) for name, data in files.items()}
    manifest = Manifest(f"{n}", "toy", 64, "", "", 1, {}, hashes)
    with store.writing("index build"):
        store.publish(manifest, files)


def _found(
    disk: Disk, root: Path, other: Path, size: int, syncs: bool = True
) -> Iterator[tuple[int, str]]:
    """Yield for each state after how many steps it is and what is in use: old, new, neither."""
    for k, (n, state) in enumerate(disk.states(syncs)):
        if size and k >= size:
            return
        yield n, _in_use(state, root, other)


def _in_use(state: State, root: Path, other: Path) -> str:
    shutil.rmtree(other, ignore_errors=True)
    for path, data in state.items():
        there = other / Path(path).relative_to(root)
        there.parent.mkdir(parents=True, exist_ok=True)
        there.write_bytes(data)
    store = Store(other)
    try:
        told = store.read(store.current()).files[_FILE]
    except StoreError:
        return "neither"
    known = {
        f"{n}".encode() * 100: name for n, name in ((_VERSIONS - 1, "old"), (_VERSIONS, "new"))
    }
    return known.get(told, "neither")


def _holds(disk: Disk, n: int, found: str) -> bool:
    """Tell whether a whole version is in use, after the last step the new one."""
    return found == "new" or (found == "old" and n < len(disk.steps))
