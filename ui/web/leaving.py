"""Stopping with pages open: their connections, which would be held for ever, are ended whole."""

import asyncio
from collections.abc import MutableMapping
from socket import socket
from typing import Any

from uvicorn import Config, Server

from ui.web.guard import App, Receive, Scope, Send

_HEARTBEAT = "/heartbeat/"  # Gradio's: open as long as a page is, with nothing to say
_GRACE_SECONDS = 2.0  # for answers that are being told
_END = {"type": "http.response.body", "body": b"", "more_body": False}


class Leaving:
    """ASGI middleware: once the service stops, its streams hear that their visitor has left."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._idle, self._all = asyncio.Event(), asyncio.Event()

    def leave(self, grace_seconds: float = _GRACE_SECONDS) -> None:
        """End what only waits now, and the rest when its time is over; call it in the loop."""
        self._idle.set()
        asyncio.get_running_loop().call_later(grace_seconds, self._all.set)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, and end the reply where the application left it open because of us."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        left = self._idle if _HEARTBEAT in scope["path"] else self._all
        reply = _Reply(send)
        await self._app(scope, _hearing(receive, left), reply)
        if left.is_set() and reply.open:
            await send(dict(_END))


class _Reply:
    """Sends on, and knows whether a reply was begun and not ended."""

    def __init__(self, send: Send) -> None:
        self._send, self.open = send, False

    async def __call__(self, message: MutableMapping[str, Any]) -> None:
        self.open = message["type"] == "http.response.start" or message.get("more_body", False)
        await self._send(message)


def _hearing(receive: Receive, left: asyncio.Event) -> Receive:
    """Return a receive that gives a disconnect as soon as everybody has to leave."""

    async def hearing() -> MutableMapping[str, Any]:
        heard, leaving = asyncio.ensure_future(receive()), asyncio.ensure_future(left.wait())
        try:
            await asyncio.wait({heard, leaving}, return_when=asyncio.FIRST_COMPLETED)
            return heard.result() if heard.done() else {"type": "http.disconnect"}
        finally:
            heard.cancel()
            leaving.cancel()

    return hearing


class Leaver(Server):
    """uvicorn's server, which tells the streams that it stops before it waits for them."""

    def __init__(self, config: Config, leaving: Leaving) -> None:
        super().__init__(config)
        self._leaving = leaving

    async def shutdown(self, sockets: list[socket] | None = None) -> None:
        """Stop, cleanly."""
        self._leaving.leave()
        await super().shutdown(sockets)
