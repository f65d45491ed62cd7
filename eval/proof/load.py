"""Fifty people with pauses of one to five seconds for two minutes: no error, and how long it takes.

They ask over HTTP the questions of the set `tianjin` by chance, each in one of four forms: as it
is, with a slip, in Traditional script, or its keywords. So some are asked again, as in life; what
is asked for the first time costs all (`make bench` has how many such answers a second there are).
"""

import random
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event

import httpx
import numpy as np

from eval.cases import DATASETS, load
from eval.proof import Proof, homes
from eval.proof.serving import served
from eval.variants import keywords, slipped, traditional

_USERS = 50
_PAUSES = 1.0, 5.0  # seconds
_FORMS: tuple[Callable[[str], str], ...] = (str, slipped, traditional, keywords)
_WANTED_P95 = 0.5  # seconds, on a machine that does nothing else


@dataclass(frozen=True, slots=True)
class Asked:
    """One question asked: the status of the reply, 599 for none, and the seconds it took."""

    status: int
    seconds: float


def prove(size: int = 120) -> Proof:
    """Let them ask for `size` seconds; then all at once, without pauses, who are told to wait."""
    with TemporaryDirectory(prefix="proof-") as folder:
        home = Path(folder) / "home"
        homes.shipped_report(home)
        with served(home) as server:
            asked = people(server.address, _USERS, size, _PAUSES)
            crowd = people(server.address, _USERS, min(size, 20), (0.0, 0.0), seed=1)
            broken = server.tracebacks()
    typical, slow = quantile(asked, 0.5), p95(asked)
    good, busy = (sum(one.status == status for one in asked) for status in (200, 503))
    return Proof(
        f"{_USERS} people with pauses of {_PAUSES[0]:.0f} to {_PAUSES[1]:.0f} s for {size} s, API",
        len(asked), good if not broken else 0,
        f"{len(asked) - good - busy} errors, {busy} told to come back, "
        f"p50 {typical:.2f} s, p95 {slow:.2f} s (wanted {_WANTED_P95})",
        None,
        {"p50": round(typical, 3), "p95": round(slow, 3), "per_second": round(len(asked) / size, 1),
         "without_pauses": {
             "asked": len(crowd),
             "told_to_wait": sum(one.status == 503 for one in crowd),
             "other_errors": sum(one.status not in (200, 503) for one in crowd)}},
    )  # fmt: skip


def people(
    address: str, users: int, seconds: float, pauses: tuple[float, float],
    headers: Callable[[int], dict[str, str]] = lambda _: {}, source: str = "127.0.0.1",
    seed: int = 0,
) -> list[Asked]:  # fmt: skip
    """Return what became of all questions of users who pause between `pauses` seconds.

    `source` is the address of this machine that they connect from; another `seed` is other chance.
    """
    questions = [case.question for case in load(DATASETS / "tianjin.jsonl")]
    until = time.monotonic() + seconds

    def one(user: int) -> list[Asked]:
        dice, told = random.Random(f"{seed} {user}"), list[Asked]()
        way = httpx.HTTPTransport(local_address=source)
        with httpx.Client(timeout=60, headers=headers(user), transport=way) as client:
            while time.monotonic() < until:
                Event().wait(dice.uniform(*pauses))
                question = dice.choice(_FORMS)(dice.choice(questions))
                told.append(ask(client, address, question))
        return told

    with ThreadPoolExecutor(users) as pool:
        return [asked for told in pool.map(one, range(users)) for asked in told]


def ask(client: httpx.Client, address: str, question: str) -> Asked:
    """Ask one question."""
    start = time.perf_counter()
    try:
        status = client.post(f"{address}/api/ask", json={"question": question}).status_code
    except httpx.TransportError:
        status = 599
    return Asked(status, time.perf_counter() - start)


def quantile(asked: Sequence[Asked], q: float) -> float:
    """Return the seconds that a share of the questions took at most."""
    return float(np.quantile([one.seconds for one in asked], q))


def p95(asked: Sequence[Asked]) -> float:
    """Return the seconds that 95 % of the questions took at most."""
    return quantile(asked, 0.95)
