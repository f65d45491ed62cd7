"""Listening to a model within a time budget, whatever its client does.

The call runs in a thread of its own; who waits for it waits on a queue and no longer than agreed.
Name resolution, a server that never answers and one that stalls in mid-sentence all end alike.
"""

from collections.abc import Iterator
from contextvars import copy_context
from dataclasses import dataclass, field
from functools import partial
from queue import Empty, Queue
from threading import Event, Thread
from time import monotonic
from typing import Any

from langchain_core.messages import AIMessage
from langchain_core.runnables import Runnable

from corpus.errors import ModelError
from rag.generation.choice import Patience

Chain = Runnable[Any, AIMessage]

_PASSING = frozenset({429, 500, 502, 503, 504})  # worth a second try; 401 or no connection is not
_PAUSE_SECONDS = 0.5
_END = object()


@dataclass(frozen=True, slots=True)
class Piece:
    """Some of what a model says, the tokens it counted, and whether it said that it was done."""

    text: str
    tokens: dict[str, int] = field(default_factory=dict)
    done: bool = False


class _FailedError(Exception):
    """What went wrong in a client, and whether words had come by then."""

    def __init__(self, cause: Exception, begun: bool) -> None:
        super().__init__(str(cause))
        self.cause, self.begun = cause, begun


def listen(chain: Chain, given: object, patience: Patience, streaming: bool) -> Iterator[Piece]:
    """Yield what a model says; raises ModelError when it fails, is silent or takes too long.

    One that is busy (429, 5xx) before its first word is asked once more, if its Retry-After fits.
    """
    start = monotonic()
    try:
        yield from _attempt(chain, given, patience, streaming, start)
        return
    except _FailedError as failure:
        pause = _pause(failure)
        left = start + patience.first - monotonic()
        if pause is None or pause >= left:
            raise ModelError(_said(failure.cause)) from failure.cause
    Event().wait(pause)
    try:
        yield from _attempt(chain, given, patience, streaming, start)
    except _FailedError as failure:
        raise ModelError(_said(failure.cause)) from failure.cause


def _attempt(
    chain: Chain, given: object, patience: Patience, streaming: bool, start: float
) -> Iterator[Piece]:
    heard: Queue[Any] = Queue()
    stopped = Event()
    job = partial(_speak, chain, given, streaming, heard, stopped)
    # With the context of who asks: tracing tells by it which question a call belongs to.
    Thread(target=copy_context().run, args=(job,), daemon=True).start()
    begun = False
    try:
        while True:
            got = _next(heard, start + (patience.whole if begun else patience.first), begun)
            if got is _END:
                break
            begun = begun or bool(got.text)
            yield got
    finally:
        stopped.set()
    if not begun:
        raise _FailedError(ValueError("没有内容"), begun=True)


def _next(heard: "Queue[Any]", deadline: float, begun: bool) -> Any:
    """Return what is heard next; raises _FailedError for silence or what the client raised."""
    try:
        got = heard.get(timeout=max(0.0, deadline - monotonic()))
    except Empty:
        raise _FailedError(TimeoutError(), begun) from None
    if isinstance(got, Exception):
        raise _FailedError(got, begun)
    return got


def _speak(
    chain: Chain, given: object, streaming: bool, heard: "Queue[Any]", stopped: Event
) -> None:
    """Put what the model says on the queue until nobody listens."""
    try:
        for message in chain.stream(given) if streaming else [chain.invoke(given)]:
            if stopped.is_set():
                return
            heard.put(_piece(message))
        heard.put(_END)
    except Exception as error:  # noqa: BLE001  clients raise what they like; it is told, not lost
        heard.put(error)


def _piece(message: AIMessage) -> Piece:
    used = message.usage_metadata
    tokens = {"input": used["input_tokens"], "output": used["output_tokens"]} if used else {}
    done = any(key.endswith("reason") and told for key, told in message.response_metadata.items())
    return Piece(str(message.text), tokens, done)


def _pause(failure: _FailedError) -> float | None:
    """Return how long to wait before asking again, None for not at all."""
    if failure.begun or _status(failure.cause) not in _PASSING:
        return None
    headers = getattr(getattr(failure.cause, "response", None), "headers", {})
    asked = str(headers.get("retry-after", ""))
    return float(asked) if asked.replace(".", "", 1).isdigit() else _PAUSE_SECONDS


def _status(error: Exception) -> int | None:
    return getattr(error, "status_code", None)


def _said(error: Exception) -> str:
    """Return for people what went wrong, without what a server wrote."""
    if isinstance(error, TimeoutError) or "timeout" in type(error).__name__.lower():
        return "语言模型没有在限定时间内答完"
    status = _status(error)
    return f"语言模型出错（{status}）" if status else f"语言模型出错（{type(error).__name__}）"
