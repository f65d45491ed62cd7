"""Damage to a version: bytes of manifest and headers, bits of bodies, cuts, swaps, strangers."""

import random
import signal
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import BadZipFile

from corpus.errors import StoreError
from corpus.library import shipped
from eval.proof import Control, Proof, homes
from index.contents import unpack
from index.store import Store, Version
from index.upkeep import Upkeep

_SEED = 4
_HEADER = 64  # bytes at the start of each file
_BITS, _CUTS = 2000, 50
_SECONDS = 5  # after which reading counts as hanging
_CONTROLS = 200
_MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class Damage:
    """What is done to one file; `data` is what it holds afterwards, None where it is gone."""

    kind: str
    file: str
    data: bytes | None


def prove(size: int = _BITS) -> Proof:
    """Do every damage, `size` flips of single bits among them, to the shipped report's index."""
    with TemporaryDirectory(prefix="proof-") as folder:
        store = Store(Path(folder) / "index")
        name = Upkeep(store, homes.embedder()).replace(shipped()).version
        version = store.read(name)
        whole = {**version.files, _MANIFEST: version.manifest.to_bytes()}
        asked: Counter[str] = Counter()
        held: Counter[str] = Counter()
        for damage in _damages(whole, size):
            asked[damage.kind] += 1
            held[damage.kind] += _is_refused(store, name, damage, whole)
    unnoticed = [d for d in _bits(version.files, _CONTROLS) if _parses(version, d)]
    told = ", ".join(f"{held[kind]} of {n} {kind}" for kind, n in asked.items())
    return Proof(
        "damage to the files of a version: refused, the file named, within 5 s",
        asked.total(), held.total(), told,
        Control("bits of bodies, parsed without looking at hashes", _CONTROLS,
                _CONTROLS - len(unnoticed)),
    )  # fmt: skip


def _damages(whole: dict[str, bytes], size: int) -> Iterator[Damage]:
    dice = random.Random(_SEED)
    for file, data in whole.items():
        places = range(len(data) if file == _MANIFEST else min(_HEADER, len(data)))
        kind = "bytes of the manifest" if file == _MANIFEST else "bytes of headers"
        for at in places:
            yield Damage(kind, file, _flipped(data, at, dice.randrange(8)))
    yield from _bits({f: d for f, d in whole.items() if f != _MANIFEST}, size)
    for _ in range(_CUTS):
        file = dice.choice(list(whole))
        yield Damage("cuts", file, whole[file][: dice.randrange(len(whole[file]))])
    files = list(whole)
    for file, other in zip(files, [*files[1:], files[0]], strict=True):
        yield Damage("files swapped", file, whole[other])
        yield Damage("files missing", file, None)
        yield Damage("files too many", f"{file}.bak", whole[file])


def _bits(files: dict[str, bytes], size: int) -> Iterator[Damage]:
    dice = random.Random(_SEED)
    names, lengths = list(files), [len(data) for data in files.values()]
    for file in dice.choices(names, lengths, k=size):
        at = dice.randrange(_HEADER, len(files[file]))
        yield Damage("bits of bodies", file, _flipped(files[file], at, dice.randrange(8)))


def _flipped(data: bytes, at: int, bit: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 1 << bit]) + data[at + 1 :]


def _is_refused(store: Store, name: str, damage: Damage, whole: dict[str, bytes]) -> bool:
    """Tell whether reading a damaged version is refused with the name of the file, in time."""
    path = store.root / "versions" / name / damage.file
    if damage.data is None:
        path.unlink()
    else:
        path.write_bytes(damage.data)
    signal.alarm(_SECONDS)  # kills this process: a parser that loops in C hears nothing else
    try:
        store.open(name)
    except StoreError as error:
        return f"{name}/{damage.file}" in str(error)
    finally:
        signal.alarm(0)
        path.unlink(missing_ok=True)
        if damage.file in whole:
            path.write_bytes(whole[damage.file])
    return False


def _parses(version: Version, damage: Damage) -> bool:
    """Tell whether a damaged file is opened without complaint where no hash is looked at."""
    files = {**version.files, damage.file: damage.data or b""}
    try:
        unpack(replace(version, files=files))
    except (ValueError, KeyError, TypeError, RuntimeError, OSError, StoreError, BadZipFile):
        return False
    return True
