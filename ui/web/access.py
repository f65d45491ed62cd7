"""What is told of requests and answers: counted, and logged where that is wanted.

Never what was asked: of a question only its length, and what became of it.
"""

from collections.abc import Mapping, MutableMapping
from contextvars import ContextVar
from time import perf_counter
from typing import Any

from rag.answers import Answer
from ui.web import metrics
from ui.web.accessfile import AccessLog
from ui.web.guard import App, Receive, Scope, Send
from ui.web.traces import Traces

PAGE, NONE = "page", "none"  # all routes of Gradio; what is no route, or was turned away
_ROUTE = "jinwen.route"
_GONE, _BROKEN = 499, 500  # who asked has left; the program failed
_log: AccessLog | None = None
_traces: Traces | None = None
_noted: ContextVar[dict[str, Any]] = ContextVar("noted")
_stages: ContextVar[dict[str, float]] = ContextVar("stages")


def log_to(log: AccessLog | None) -> None:
    """Have requests and answers of this process written to a log, or to none."""
    global _log
    _log = log


def trace_to(traces: Traces | None) -> None:
    """Have requests and answers of this process told to a collector of traces, or to none."""
    global _traces
    _traces = traces


def answered(answer: Answer, *, alone: bool = False) -> None:
    """Tell of an answer: with the request it is for or, if `alone`, in a line of its own."""
    metrics.count(answer)
    documents = sorted({citation.document_id for citation in answer.citations})
    told = {
        "question_chars": len(answer.question), "mode": answer.mode, "refusal": answer.refusal,
        "documents": documents, "index_version": answer.index_version,
    }  # fmt: skip
    if not alone:
        _noted.get({}).update(told)
        _stages.get({}).update(answer.timings_ms)
    else:
        ms = round(answer.spent_ms, 1)
        _tell({"route": "page question", "status": 200, "ms": ms, **told}, answer.timings_ms)


def _tell(entry: dict[str, Any], stages: Mapping[str, float], caller: str = "") -> None:
    if _log:
        _log.write(entry)
    if _traces:
        _traces.add(entry, stages, caller)


class Routed:
    """Tells `Access`, outside of what turns requests away, which route one took."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, and note the route's template."""
        try:
            await self._app(scope, receive, send)
        finally:
            scope.get(_ROUTE, []).append(_template(scope))


class Access:
    """ASGI middleware: counts each request and, where there is a log, writes a line of it."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, and tell of it when the last byte is sent."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        start, sent, routes = perf_counter(), _Sent(send), list[str]()
        note: dict[str, Any] = {}
        stages: dict[str, float] = {}
        _noted.set(note)
        _stages.set(stages)
        try:
            await self._app({**scope, _ROUTE: routes}, receive, sent)
        except Exception:  # told of and passed on
            sent.status = sent.status or _BROKEN
            raise
        finally:
            status = sent.status or _GONE
            route = routes[-1] if routes else NONE
            metrics.REQUESTS.labels(route, status).inc()
            ms = round((perf_counter() - start) * 1000, 1)
            entry = {"method": scope["method"], "route": route, "status": status, "ms": ms,
                     "bytes": sent.count, **note}  # fmt: skip
            caller = dict(scope.get("headers", ())).get(b"traceparent", b"").decode("latin-1")
            _tell(entry, stages, caller)


class _Sent:
    """Sends on, and keeps the status and the number of bytes."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.status, self.count = 0, 0

    async def __call__(self, message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
        self.count += len(message.get("body", b""))
        await self._send(message)


def _template(scope: Scope) -> str:
    """Return the route as it is declared, without ids; one name for all of Gradio's."""
    if type(scope.get("app")).__module__.startswith("gradio"):
        return PAGE
    path = getattr(scope.get("route"), "path", "")
    return f"{scope.get('root_path', '')}{path}" or NONE
