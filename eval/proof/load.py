"""Fifty people with pauses of one to five seconds for two minutes: no error, and how long it takes.

Once over the API, once as the page asks. What is asked for the first time costs all: `make bench`
has how many such answers a second there are.
"""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from eval.proof import Proof, homes
from eval.proof.people import Asked, p95, people, quantile
from eval.proof.serving import served
from eval.proof.visiting import Visiting

_USERS = 50
_PAUSES = 1.0, 5.0  # seconds
_WANTED_P95 = {"API": 0.5, "page": 1.0}  # seconds, on a machine that does nothing else


def prove(size: int = 120) -> Proof:
    """Let them ask for `size` seconds each way; then all at once, who are told to wait."""
    with TemporaryDirectory(prefix="proof-") as folder:
        home = Path(folder) / "home"
        homes.shipped_report(home)
        with served(home) as server:
            by = {"API": people(server.address, _USERS, size, _PAUSES)}
            way = Visiting.at(server.address).ask
            by["page"] = people(server.address, _USERS, size, _PAUSES, seed=1, way=way)
            crowd = people(server.address, _USERS, min(size, 20), (0.0, 0.0), seed=2)
            broken = server.tracebacks()
    asked = [one for each in by.values() for one in each]
    return Proof(
        f"{_USERS} people with pauses of {_PAUSES[0]:.0f} to {_PAUSES[1]:.0f} s for {size} s",
        len(asked), sum(one.status == 200 for one in asked) if not broken else 0,
        "; ".join(_line(name, each) for name, each in by.items()),
        None,
        {**{name: _figures(each, size) for name, each in by.items()},
         "without_pauses": {
             "asked": len(crowd),
             "told_to_wait": sum(one.status == 503 for one in crowd),
             "other_errors": sum(one.status not in (200, 503) for one in crowd)}},
    )  # fmt: skip


def _line(name: str, asked: Sequence[Asked]) -> str:
    good, busy = (sum(one.status == status for one in asked) for status in (200, 503))
    return (
        f"{name}: {len(asked) - good - busy} errors, {busy} told to come back, "
        f"p50 {quantile(asked, 0.5):.2f} s, p95 {p95(asked):.2f} s (wanted {_WANTED_P95[name]})"
    )


def _figures(asked: Sequence[Asked], seconds: int) -> dict[str, Any]:
    return {"asked": len(asked), "p50": round(quantile(asked, 0.5), 3),
            "p95": round(p95(asked), 3), "per_second": round(len(asked) / seconds, 1)}  # fmt: skip
