import asyncio
from collections.abc import AsyncIterator, MutableMapping
from typing import Any

import pytest
from starlette.responses import StreamingResponse

from ui.web.guard import Guard, Receive, Scope, Send
from ui.web.leaving import Leaving


async def _forever(scope: Scope, receive: Receive, send: Send) -> None:
    """A stream as Gradio's are: a word, and then nothing for ever."""

    async def words() -> AsyncIterator[bytes]:
        yield b"first"
        await asyncio.Event().wait()

    await StreamingResponse(words())(scope, receive, send)


class _Visitor:
    """Opens a path and stays."""

    def __init__(self, leaving: Leaving, path: str) -> None:
        self.sent: list[MutableMapping[str, Any]] = []
        self._asked, self._first = False, asyncio.Event()
        scope = {"type": "http", "method": "GET", "path": path, "headers": [],
                 "asgi": {"spec_version": "2.3"}}  # fmt: skip
        self.stay = asyncio.ensure_future(leaving(scope, self._receive, self._send))

    async def _receive(self) -> MutableMapping[str, Any]:
        if self._asked:
            await asyncio.Event().wait()
        self._asked = True
        return {"type": "http.request", "body": b"", "more_body": False}

    async def _send(self, message: MutableMapping[str, Any]) -> None:
        self.sent.append(message)
        if message.get("body"):
            self._first.set()

    async def told(self) -> "_Visitor":
        await self._first.wait()
        return self


@pytest.mark.parametrize(("path", "grace"), [("/gradio_api/heartbeat/x", 3600.0), ("/data", 0.0)])
async def test_an_open_stream_is_ended_whole(path: str, grace: float) -> None:
    leaving = Leaving(Guard(_forever))
    visitor = await _Visitor(leaving, path).told()
    assert not visitor.stay.done()
    leaving.leave(grace)
    await asyncio.wait_for(visitor.stay, 30)
    assert [m.get("body") for m in visitor.sent] == [None, b"first", b""]
    assert [m.get("more_body") for m in visitor.sent] == [None, True, False]


async def test_an_answer_that_is_being_told_has_its_time() -> None:
    leaving = Leaving(Guard(_forever))
    answer = await _Visitor(leaving, "/data").told()
    idle = await _Visitor(leaving, "/heartbeat/x").told()
    leaving.leave(3600)
    await asyncio.wait_for(idle.stay, 30)
    assert not answer.stay.done()
    leaving.leave(0)
    await asyncio.wait_for(answer.stay, 30)


async def test_a_reply_that_is_whole_is_left_alone() -> None:
    async def whole(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"all"})

    leaving = Leaving(whole)
    leaving.leave(0)
    visitor = _Visitor(leaving, "/heartbeat/x")
    await visitor.stay
    assert [m.get("body") for m in visitor.sent] == [None, b"all"]
