"""What stands before the page: a limit on what a request may carry, and headers for browsers.

Gradio 6 measured as it comes: it takes anonymous uploads of any size, answers /openapi.json and
/monitoring to anyone and sends no security headers.
"""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from starlette.responses import PlainTextResponse

from ui.web.errorform import refusal

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

MAX_BODY = 256 * 1024  # a long conversation travels with each question
# The one route that takes more, and reads it piece by piece: it has limits of its own.
_UPLOADS = ("POST", "/desk/uploads")
# Parts of a path, whole or up to their "=": nothing is uploaded here, served from disk or proxied.
_CLOSED = {"upload", "file", "stream", "monitoring", "openapi.json", "docs", "redoc", "proxy"}
_OURS = {"/api/openapi.json", "/api/docs"}  # these two tell of the API, not of Gradio
# Gradio needs inline scripts and eval; nothing may be fetched from, sent to or framed by others.
_CSP = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
    "connect-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; "
    "frame-ancestors 'none'"
)
# Who is turned away unread: the rest of the body makes the connection useless to a client.
_ENDING = {"connection": "close"}
_HEADERS = [
    (b"content-security-policy", _CSP.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
]


class Guard:
    """ASGI middleware around the whole application."""

    def __init__(self, app: App, root_path: str = "") -> None:
        self._app, self._root = app, root_path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse closed routes with 404 and large bodies with 413, else pass on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        scope = self._seen_from_here(scope)
        parts = scope["path"].split("/")
        ours = scope["path"] in _OURS or scope["path"].startswith("/desk/")  # names of people there
        if not ours and any(p.partition("=")[0] in _CLOSED for p in parts):
            missing = PlainTextResponse("没有这个页面", 404, _ENDING)
            await missing(scope, receive, _with_headers(send))
            return
        if (scope["method"], scope["path"]) == _UPLOADS:
            await self._app(scope, receive, _with_headers(send))
            return
        body = await _read(receive)
        if body is None:
            told = f"内容太长（最多 {MAX_BODY // 1024} KB），请缩短后重试"
            refused = refusal(scope["path"], 413, told, _ENDING)
            await refused(scope, receive, _with_headers(send))
            return
        await self._app(scope, _replayed(body, receive), _with_headers(send))

    def _seen_from_here(self, scope: Scope) -> Scope:
        """Return the request without forwarded headers and without the proxy's path prefix."""
        path, raw = scope["path"], scope.get("raw_path") or b""
        if self._root and path.startswith(self._root + "/"):
            path, raw = path[len(self._root) :], raw[len(self._root.encode()) :]
        headers = [(k, v) for k, v in scope["headers"] if not k.startswith(b"x-forwarded-")]
        return {**scope, "path": path, "raw_path": raw, "headers": headers}


async def _read(receive: Receive) -> bytes | None:
    """Return the request's body, or None as soon as it is larger than MAX_BODY."""
    body = bytearray()
    more = True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
        if len(body) > MAX_BODY:
            return None
    return bytes(body)


def _replayed(body: bytes, receive: Receive) -> Receive:
    """Return a receive that gives the whole body once, then what comes after (a disconnect)."""
    given = False

    async def replayed() -> MutableMapping[str, Any]:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replayed


def _with_headers(send: Send) -> Send:
    async def sending(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            own = message.get("headers", [])
            named = {name.lower() for name, _ in own}  # the desk has a stricter policy of its own
            message["headers"] = [*own, *(header for header in _HEADERS if header[0] not in named)]
        await send(message)

    return sending
