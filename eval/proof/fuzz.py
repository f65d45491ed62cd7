"""Ten thousand odd requests over HTTP: no status 5xx, no traceback, a Chinese line for each no."""

import json
import random
import re
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx

from eval.proof import Control, Proof, homes
from eval.proof.careless import careless
from eval.proof.odd import Request, request
from eval.proof.serving import served

_SEED = 20
_ASKERS = 3  # fewer than there are seats: nobody is told that the service is busy
_CONTROL = 500
_CHINESE = re.compile(r"[一-鿿]")


def prove(size: int = 10_000) -> Proof:
    """Send `size` requests to a real server, and some to a handler without any care."""
    with TemporaryDirectory(prefix="proof-") as folder:
        home = Path(folder) / "home"
        homes.published(home, homes.embedder(), 1)
        with served(home) as server:
            replies = list(_replies(server.address, size))
            broken, errors = server.tracebacks(), server.errors()
            alive = httpx.get(f"{server.address}/api/ready", timeout=30).status_code == 200
    with careless() as address:
        red = [s for r, s, _ in _replies(address, min(size, _CONTROL)) if r.method == "POST"]
    held = sum(_holds(*reply) for reply in replies)
    statuses = Counter(status for _, status, _ in replies)
    return Proof(
        "odd requests to every route: surrogates, NUL, bidi, 1 MB, wrong types, random bytes",
        len(replies), held if alive and not broken else 0,
        f"{sum(n for s, n in statuses.items() if s >= 500)} status 5xx, {broken} tracebacks",
        Control("a handler that reads the JSON and says the question again",
                len(red), sum(status < 500 for status in red)),
        {"errors": errors, "statuses": dict(sorted(statuses.items())),
         "failed": [_told(*reply) for reply in replies if not _holds(*reply)][:20]},
    )  # fmt: skip


def _replies(address: str, size: int) -> Iterator[tuple[Request, int, str]]:
    """Yield each request with its status, 599 where there is no reply, and its text."""
    dice = random.Random(_SEED)
    odd = [request(dice) for _ in range(size)]
    with httpx.Client(timeout=60) as client, ThreadPoolExecutor(_ASKERS) as pool:

        def send(asked: Request) -> tuple[Request, int, str]:
            head = {"content-type": asked.kind} if asked.kind else {}
            try:
                reply = client.request(
                    asked.method, f"{address}{asked.path}", content=asked.body, headers=head
                )
            except httpx.TransportError as error:
                return asked, 599, repr(error)
            return asked, reply.status_code, reply.text

        yield from pool.map(send, odd)


def _holds(asked: Request, status: int, said: str) -> bool:
    """Tell whether a reply is none of 5xx and, where it is a no of ours, says so in Chinese."""
    if status >= 500:
        return False
    ours = asked.path.startswith(("/api/", "/v1/")) and asked.method in ("GET", "POST")
    return status < 400 or not ours or bool(_CHINESE.search(_line(said)))


def _line(said: str) -> str:
    """Return the message of an error, in whatever form it is told."""
    try:
        error = json.loads(said)["error"]
    except (ValueError, KeyError, TypeError):
        return said
    line = error["message"] if isinstance(error, dict) else error
    return str(line) if "\n" not in str(line) else ""


def _told(asked: Request, status: int, said: str) -> list[object]:
    return [asked.method, asked.path[:120], repr(asked.body[:120]), asked.kind, status, said[:200]]
