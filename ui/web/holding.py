"""Who asks too often waits a moment for being told so.

Whoever floods asks again as soon as a reply is there, and refusing hundreds a second takes the
machine from others. To be held costs nothing.
"""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from ui.web.guard import App, Receive, Scope, Send

_SECONDS = 1.0
_MOST = 200  # held at once; a connection each
_TOO_MANY = 429


class Holding:
    """ASGI middleware that holds back what is answered with 429; the rest passes at once."""

    def __init__(
        self, app: App, wait: Callable[[float], Awaitable[object]] = asyncio.sleep,
        most: int = _MOST,
    ) -> None:  # fmt: skip
        self._app, self._wait, self._most, self._held = app, wait, most, 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, and let a refusal wait unless too many wait already."""

        async def sending(message: MutableMapping[str, Any]) -> None:
            if message.get("status") == _TOO_MANY and self._held < self._most:
                await self._hold()
            await send(message)

        await self._app(scope, receive, sending)

    async def _hold(self) -> None:
        self._held += 1
        try:
            await self._wait(_SECONDS)
        finally:
            self._held -= 1
