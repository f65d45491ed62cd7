"""Asking as the page does, without a browser: Gradio's queue, one session a connection."""

import json
from dataclasses import dataclass
from typing import Any, Self

import httpx

from eval.proof.people import Asked, timed

_BOX = "jw-box"
_BUSY = "现在提问的人太多"


@dataclass(frozen=True, slots=True)
class Visiting:
    """The event of the page's box, by its number, and the box."""

    event: int
    box: int

    @classmethod
    def at(cls, address: str) -> Self:
        """Return the event as a service tells it to browsers."""
        told: dict[str, Any] = httpx.get(f"{address}/config", timeout=60).json()
        box = next(c["id"] for c in told["components"] if c["props"].get("elem_id") == _BOX)
        event = next(d["id"] for d in told["dependencies"] if [box, "submit"] in d["targets"])
        return cls(event, box)

    def ask(self, client: httpx.Client, address: str, question: str) -> Asked:
        """Ask one question; it took until the whole answer was shown."""
        return timed(lambda: self._status(client, f"{address}/gradio_api/queue", question))

    def _status(self, client: httpx.Client, queue: str, question: str) -> int:
        session = f"visitor-{id(client)}"
        data: list[Any] = [question, None, None, True, [], None]
        body = {"data": data, "fn_index": self.event, "session_hash": session,
                "trigger_id": self.box}  # fmt: skip
        joined = client.post(f"{queue}/join", json=body)
        if joined.status_code != 200:
            return joined.status_code
        shown = ""
        with client.stream("GET", f"{queue}/data", params={"session_hash": session}) as events:
            for line in events.iter_lines():
                shown += line
                if "process_completed" in line:
                    good = json.loads(line.removeprefix("data:"))["success"]
                    return 503 if _BUSY in shown else 200 if good else 500
        return 599
