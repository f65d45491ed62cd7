"""Keys of programs, looked at before anything that programs use is reached.

Only what begins with jw- is a key of ours. Clients of OpenAI's API must send some key, so any
other (EMPTY, none, sk-…) is no key and its sender nobody in particular. One that begins with jw-
and is not known, or not any more, is turned away: whoever sends it means to be somebody.
"""

from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import Response

from corpus.errors import StoreError
from ui.desk.keys import PREFIX, Key, Keys
from ui.web import metrics
from ui.web.errorform import part_of, refusal
from ui.web.guard import App, Receive, Scope, Send

KEY = "jinwen.key"  # in the scope of a request that came with one
WRONG = "密钥不对，或者已经作废，请检查 Authorization: Bearer 后面的密钥，或请管理员另发一个"
NEEDED = "这里要有密钥才能用，请加上 Authorization: Bearer jw-…，密钥由管理员用 jinwen keys add 发"
_PROGRAMS = {"api", "v1", "mcp"}
_OPEN = ("/api/health", "/api/ready")
_PAGE = ("/api/documents/", "/api/table.")  # what the page, which stays open, reads itself


class Keyed:
    """ASGI middleware: notes whose key a request came with, turns away a key that is none.

    With `needed`, who has no key comes to nothing but the page and what tells that the service
    lives.
    """

    def __init__(self, app: App, keys: Keys, needed: bool = False) -> None:
        self._app, self._keys, self._needed = app, keys, needed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, or say what is wrong with the key."""
        if scope["type"] != "http" or part_of(scope["path"]) not in _PROGRAMS:
            await self._app(scope, receive, send)
            return
        refused = await self._refused(scope)
        await (refused or self._app)(scope, receive, send)

    async def _refused(self, scope: Scope) -> Response | None:
        """Return what to say to a request that may not come in; notes the key of one that may."""
        token = _token(Headers(scope=scope).get("authorization", ""))
        if token is None:
            return _not_let_in(scope, "missing", NEEDED) if self._closed(scope) else None
        try:
            key = await run_in_threadpool(self._keys.find, token)
        except StoreError as error:
            return refusal(scope["path"], 503, str(error))
        if key is None:
            return _not_let_in(scope, "wrong", WRONG)
        scope[KEY] = key
        return None

    def _closed(self, scope: Scope) -> bool:
        path = scope["path"]
        read = scope["method"] in ("GET", "HEAD") and path.startswith(_PAGE)
        return self._needed and not read and path not in _OPEN


def key_of(scope: Any) -> Key | None:
    """Return the key that a request came with."""
    found: Key | None = scope.get(KEY)
    return found


def _token(authorization: str) -> str | None:
    """Return what is sent as a key of ours, "" where that was not said as it should be."""
    scheme, _, sent = authorization.strip().partition(" ")
    if scheme.lower() == "bearer":
        token = sent.strip()
        return token if token[: len(PREFIX)].lower() == PREFIX else None
    return "" if scheme[: len(PREFIX)].lower() == PREFIX else None


def _not_let_in(scope: Scope, why: str, said: str) -> Response:
    metrics.KEYS_REFUSED.labels(why).inc()
    return refusal(scope["path"], 401, said, {"www-authenticate": "Bearer"})
