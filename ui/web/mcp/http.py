"""The protocol over HTTP, at one path: every request stands alone and gets JSON."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI
from mcp.server.lowlevel import Server
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from mcp.server.transport_security import TransportSecuritySettings
from starlette.responses import PlainTextResponse

from ui.web.guard import MAX_BODY, Receive, Scope, Send

PATH = "/mcp"
_LOCAL = ("127.0.0.1", "localhost", "[::1]")


class Endpoint:
    """ASGI application of the protocol; only the hosts given, and this machine, may be named.

    Without that a page elsewhere whose name is made to lead here could ask in a visitor's stead.
    """

    def __init__(self, server: Server[Any], hosts: Sequence[str] = ()) -> None:
        self._server, self._security = server, _security((*_LOCAL, *hosts))
        self._manager: StreamableHTTPSessionManager | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a POST; there is nothing to listen to, so nothing else is answered."""
        if scope["method"] != "POST" or self._manager is None:
            refused = PlainTextResponse("这里只接受 MCP 的 POST 请求", 405, {"allow": "POST"})
            await refused(scope, receive, send)
            return
        await self._manager.handle_request(scope, receive, send)

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        """Take requests until the context ends; may be opened again."""
        self._manager = StreamableHTTPSessionManager(
            self._server, json_response=True, stateless=True, security_settings=self._security,
            max_request_body_size=MAX_BODY,
        )  # fmt: skip
        try:
            async with self._manager.run():
                yield
        finally:
            self._manager = None


def add_endpoint(app: FastAPI, endpoint: Endpoint) -> None:
    """Give an application the endpoint, open as long as the application runs."""
    living = app.router.lifespan_context

    @asynccontextmanager
    async def both(own: Any) -> AsyncIterator[Any]:
        async with living(own) as state, endpoint.open():
            yield state

    app.router.lifespan_context = both
    app.add_route(PATH, endpoint)  # type: ignore[arg-type]  # an ASGI application is taken as it is


def _security(hosts: Sequence[str]) -> TransportSecuritySettings:
    """Return the hosts with any port, and pages of theirs as origins."""
    ported = [form for host in hosts for form in (host, f"{host}:*")]
    origins = [f"{scheme}://{host}" for host in ported for scheme in ("http", "https")]
    return TransportSecuritySettings(allowed_hosts=ported, allowed_origins=origins)
