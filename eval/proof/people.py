"""People who ask: each their own way, with pauses, none knowing of another."""

import random
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Event

import httpx
import numpy as np

from eval.cases import DATASETS, load
from eval.variants import keywords, slipped, traditional

_FORMS: tuple[Callable[[str], str], ...] = (str, slipped, traditional, keywords)


@dataclass(frozen=True, slots=True)
class Asked:
    """One question asked: the status of the reply, 599 for none, and the seconds it took."""

    status: int
    seconds: float


Way = Callable[[httpx.Client, str, str], Asked]


def ask(client: httpx.Client, address: str, question: str) -> Asked:
    """Ask one question over the API."""
    body = {"question": question}
    return timed(lambda: client.post(f"{address}/api/ask", json=body).status_code)


def timed(asking: Callable[[], int]) -> Asked:
    """Return what became of a question whose asking returns the status."""
    start = time.perf_counter()
    try:
        status = asking()
    except httpx.TransportError:
        status = 599
    return Asked(status, time.perf_counter() - start)


def people(
    address: str, users: int, seconds: float, pauses: tuple[float, float],
    headers: Callable[[int], dict[str, str]] = lambda _: {}, source: str = "127.0.0.1",
    seed: int = 0, way: Way = ask,
) -> list[Asked]:  # fmt: skip
    """Return what became of all questions of users who pause between `pauses` seconds.

    They ask the questions of the set `tianjin` by chance, each in one of four forms: as it is,
    with a slip, in Traditional script, or its keywords. So some are asked again, as in life.
    `source` is the address of this machine that they connect from; another `seed` is other chance;
    `way` is how one asks.
    """
    questions = [case.question for case in load(DATASETS / "tianjin.jsonl")]
    until = time.monotonic() + seconds

    def one(user: int) -> list[Asked]:
        dice, told = random.Random(f"{seed} {user}"), list[Asked]()
        line = httpx.HTTPTransport(local_address=source)
        with httpx.Client(timeout=60, headers=headers(user), transport=line) as client:
            while time.monotonic() < until:
                Event().wait(dice.uniform(*pauses))
                question = dice.choice(_FORMS)(dice.choice(questions))
                told.append(way(client, address, question))
        return told

    with ThreadPoolExecutor(users) as pool:
        return [asked for told in pool.map(one, range(users)) for asked in told]


def quantile(asked: Sequence[Asked], q: float) -> float:
    """Return the seconds that a share of the questions took at most."""
    return float(np.quantile([one.seconds for one in asked], q))


def p95(asked: Sequence[Asked]) -> float:
    """Return the seconds that 95 % of the questions took at most."""
    return quantile(asked, 0.95)
