"""Five questions a second for an hour, re-indexing each minute: nothing grows, nothing fails."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx
import numpy as np
import psutil

from eval.cases import DATASETS, load
from eval.proof import Proof, homes
from eval.proof.people import Asked, ask, p95
from eval.proof.serving import Served, served
from index.store import Store
from index.upkeep import Upkeep

_RATE = 5  # questions a second
_ASKERS = 8
_MINUTE = 60.0
_MB = 1024 * 1024
# What may be gained an hour, by a straight line through the second half: noise of the measuring.
_FLAT = {"memory_mb": 60.0, "descriptors": 6.0, "threads": 6.0}


@dataclass(frozen=True, slots=True)
class Reading:
    """The server's state: seconds since the start, resident MB, descriptors, threads."""

    at: float
    memory_mb: float
    descriptors: int
    threads: int


def prove(size: int = 60) -> Proof:
    """Go on for `size` minutes."""
    with TemporaryDirectory(prefix="proof-") as folder:
        home = Path(folder) / "home"
        store = homes.shipped_report(home)
        with served(home) as server, httpx.Client(timeout=60) as client:
            asked, readings = _soaked(server, client, store, size)
            broken = server.tracebacks()
    good, busy = (sum(one.status == status for one in asked) for status in (200, 503))
    half = readings[len(readings) // 2 :]
    gains = {name: _per_hour(half, name) for name in _FLAT}
    flat = all(gain < _FLAT[name] for name, gain in gains.items())
    told = ", ".join(f"{name} {gain:+.1f} an hour" for name, gain in gains.items())
    return Proof(
        f"{size} min at {_RATE} questions a second, a document added or removed each minute",
        len(asked), good if flat and not broken else 0,
        f"{len(asked) - good - busy} errors, {busy} told to come back; {told}; "
        f"p95 {p95(asked):.2f} s",
        None,
        {"first": _told(readings[0]), "last": _told(readings[-1]), "half": len(half)},
    )  # fmt: skip


def _soaked(
    server: Served, client: httpx.Client, store: Store, minutes: int
) -> tuple[list[Asked], list[Reading]]:
    process, model, start = psutil.Process(server.pid), homes.embedder(), time.monotonic()
    readings, asked = list[Reading](), []
    with ThreadPoolExecutor(_ASKERS) as pool:
        for minute in range(minutes):
            changed = pool.submit(_changed, Upkeep(store, model), minute)
            for question in _paced(start + minute * _MINUTE, minute):
                asked.append(pool.submit(ask, client, server.address, question))
            changed.result()
            readings.append(_reading(process, time.monotonic() - start))
        return [one.result() for one in asked], readings


def _paced(start: float, minute: int) -> Iterator[str]:
    """Yield a minute's questions, each when it is due."""
    questions = [case.question for case in load(DATASETS / "tianjin.jsonl")]
    for n in range(int(_MINUTE * _RATE)):
        time.sleep(max(0.0, start + n / _RATE - time.monotonic()))
        k = minute * int(_MINUTE * _RATE) + n
        yield questions[k % len(questions)]  # known no more: the index has changed meanwhile


def _changed(upkeep: Upkeep, minute: int) -> None:
    if minute % 2:
        upkeep.remove("linjiang")
    else:
        upkeep.add([homes.edition(minute % 7 + 1)])


def _reading(process: psutil.Process, at: float) -> Reading:
    with process.oneshot():
        memory = process.memory_info().rss / _MB
        return Reading(at, memory, process.num_fds(), process.num_threads())


def _per_hour(readings: list[Reading], name: str) -> float:
    """Return the slope of a straight line through the readings, an hour."""
    if len(readings) < 2:
        return 0.0
    slope = np.polyfit([r.at for r in readings], [getattr(r, name) for r in readings], 1)[0]
    return float(slope) * 3600


def _told(reading: Reading) -> dict[str, float]:
    return {"memory_mb": round(reading.memory_mb), "descriptors": reading.descriptors,
            "threads": reading.threads}  # fmt: skip
