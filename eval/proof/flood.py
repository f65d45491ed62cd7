"""One visitor at several times the rate: told to wait, whatever address it claims; others not.

Needs a service with rates (`JINWEN_PER_MINUTE`): without one nothing is ever refused and the proof
does not stand.
"""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx

from eval.proof import Control, Proof, homes
from eval.proof.people import Asked, p95, people
from eval.proof.serving import Served, served

_LIMIT = 60  # questions a minute
_FLOODERS = 8  # connections of the one who floods
_OTHERS = 5
_PAUSES = 2.0, 4.0  # seconds: others stay below the rate
_MOST = 1.2  # times the 95th percentile of others without a flood


def prove(size: int = 60) -> Proof:
    """Measure others for `size` seconds without and with a flood; others come through a proxy.

    The flooder connects itself and names another visitor with each request: nobody believes it.
    """
    with TemporaryDirectory(prefix="proof-") as folder:
        home = Path(folder) / "home"
        homes.shipped_report(home)
        with served(home, PER_MINUTE=f"{_LIMIT}", PROXIES="127.0.0.2") as server:
            quiet, _ = _measured(server, size, flooded=False)
            busy, flood = _measured(server, size, flooded=True)
            retry, told = _refusal(server)
        with served(home, PER_MINUTE="0") as server:
            _, unlimited = _measured(server, min(size, 20), flooded=True)
    allowed = _LIMIT * size / 60 + 15  # ten at once, then the rate
    ratio = p95(busy) / p95(quiet)
    tests = {
        "flood refused": flood[200] <= allowed and flood[429] > 0,
        "others served": all(one.status == 200 for one in busy),
        f"others' p95 within {_MOST}x": ratio <= _MOST,
        "Retry-After and a Chinese line": retry and told,
    }
    return Proof(
        "one floods, naming a new address with each request; five others ask",
        len(tests), sum(tests.values()),
        f"{flood[200]} of the flood's {flood.total()} served at {_LIMIT} a minute, "
        f"others' p95 {ratio:.2f}x",
        Control("no limit: is the flood refused", 1, int(unlimited[429] > 0)),
        {**tests, "flood": dict(flood)},
    )  # fmt: skip


def _measured(server: Served, seconds: int, flooded: bool) -> tuple[list[Asked], Counter[int]]:
    """Return what became of others' questions, and the statuses of the flood."""
    with ThreadPoolExecutor(2) as pool:
        flooding = pool.submit(_flood, server, seconds) if flooded else None
        others = pool.submit(_others, server, seconds, int(flooded)).result()
        return others, flooding.result() if flooding else Counter()


def _flood(server: Served, seconds: int) -> Counter[int]:
    def claimed(user: int) -> dict[str, str]:
        return {"X-Forwarded-For": f"203.0.113.{user}", "Forwarded": f"for=203.0.113.{user}"}

    asked = people(server.address, _FLOODERS, seconds, (0.0, 0.02), claimed, seed=9)
    return Counter(one.status for one in asked)


def _others(server: Served, seconds: int, seed: int) -> list[Asked]:
    """Ask as visitors behind a named proxy, which is 127.0.0.2 here."""

    def claimed(user: int) -> dict[str, str]:
        return {"X-Forwarded-For": f"198.51.100.{user}"}

    return people(server.address, _OTHERS, seconds, _PAUSES, claimed, "127.0.0.2", seed)


def _refusal(server: Served) -> tuple[bool, bool]:
    """Return whether a refusal has Retry-After in whole seconds, and one line in Chinese."""
    for _ in range(_LIMIT * 2):
        reply = httpx.post(f"{server.address}/api/ask", json={"question": "公园"}, timeout=60)
        if reply.status_code == 429:
            error = str(reply.json().get("error", ""))
            return reply.headers.get("retry-after", "").isdigit(), bool(error) and "\n" not in error
    return False, False
