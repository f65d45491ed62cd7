from collections.abc import MutableMapping
from typing import Any

import anyio

from ui.web.holding import Holding


class Told:
    """An application that answers with a status, and what is heard of it after how many waits."""

    def __init__(self, status: int, most: int = 200) -> None:
        self._status, self.waits = status, list[float]()
        self.heard: list[tuple[str, int]] = []  # a message, and the waits before it
        self.inside = 0  # more requests that come while one waits
        self._holding = Holding(self._app, self._wait, most)

    async def ask(self) -> None:
        await self._holding({"type": "http"}, self._receive, self._send)

    async def _app(self, scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": self._status, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    async def _receive(self) -> MutableMapping[str, Any]:
        return {"type": "http.disconnect"}

    async def _send(self, message: MutableMapping[str, Any]) -> None:
        self.heard.append((message["type"].rpartition(".")[2], len(self.waits)))

    async def _wait(self, seconds: float) -> None:
        self.waits.append(seconds)
        if self.inside:
            self.inside -= 1
            await self.ask()


def test_a_refusal_for_the_rate_is_held_for_a_second() -> None:
    told = Told(429)
    anyio.run(told.ask)
    assert (told.waits, told.heard) == ([1.0], [("start", 1), ("body", 1)])


def test_all_else_is_told_at_once() -> None:
    for status in (200, 401, 413, 503):
        told = Told(status)
        anyio.run(told.ask)
        assert (told.waits, told.heard) == ([], [("start", 0), ("body", 0)])


def test_only_so_many_are_held_and_each_makes_room_again() -> None:
    told = Told(429, most=2)
    told.inside = 2  # a second comes while one is held, and a third while both are
    anyio.run(told.ask)
    assert told.waits == [1.0, 1.0]
    anyio.run(told.ask)
    assert told.waits == [1.0, 1.0, 1.0]
