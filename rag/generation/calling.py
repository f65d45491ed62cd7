"""One call to a model, as a task that is cancelled when nobody waits for it any more.

LangChain's asynchronous side, because a cancelled task closes its connection: a server that is
still at it hears of that.
"""

import asyncio
import re
from asyncio import Task
from collections.abc import Callable
from dataclasses import dataclass, field
from queue import Empty, Queue
from typing import Any

from langchain_core.messages import AIMessage
from langchain_core.runnables import Runnable

from corpus.errors import ModelError
from rag.generation.looping import loop

Chain = Runnable[Any, AIMessage]
Opener = Callable[[], Chain]

_MOST_CHARS = 8_000  # of one reply, thoughts included; `models.MAX_TOKENS` needs a third of it
_PASSING = frozenset({429, 500, 502, 503, 504})  # worth a second try; 401 or no connection is not
_PAUSE_SECONDS = 0.5
_SECONDS = re.compile(r"[0-9]+(\.[0-9]+)?")
# What providers call an end of the model's own making; others are limits and filters.
_FINISHED = frozenset({
    "stop", "end_turn", "eos", "eos_token", "stop_sequence", "complete", "completed", "finished",
})  # fmt: skip
_END = object()


@dataclass(frozen=True, slots=True)
class Piece:
    """Some of what a model says, and the tokens it counted.

    `done` tells that it said all it wanted to, `cut` that a limit or a filter ended it. Without
    text it stands for a silence: whoever listens has the turn.
    """

    text: str = ""
    tokens: dict[str, int] = field(default_factory=dict)
    done: bool = False
    cut: bool = False


class FailedError(Exception):
    """What a client raised."""

    def __init__(self, cause: Exception) -> None:
        super().__init__(str(cause))
        self.cause = cause

    @property
    def passes(self) -> bool:
        """Tell whether it may go well the next time."""
        return _status(self.cause) in _PASSING

    @property
    def pause(self) -> float:
        """Return how many seconds to wait before asking again."""
        headers = getattr(getattr(self.cause, "response", None), "headers", {})
        asked = str(headers.get("retry-after", ""))
        return float(asked) if _SECONDS.fullmatch(asked) else _PAUSE_SECONDS

    def told(self) -> ModelError:
        """Return for people what went wrong, without what a server wrote."""
        if isinstance(self.cause, ModelError):
            return self.cause
        name = type(self.cause).__name__
        if "timeout" in name.lower():
            return ModelError("语言模型没有在限定时间内答完")
        return ModelError(f"语言模型出错（{_status(self.cause) or name}）")


class Call:
    """One call; `begun` tells whether words have come, `ended` whether all has been heard."""

    def __init__(self, opener: Opener, given: object, streaming: bool) -> None:
        self.streaming = streaming
        self.begun = self.ended = False
        self._opener, self._given = opener, given
        self._heard: Queue[Any] = Queue()
        self._task: Task[None] | None = None
        self._chars = 0

    def start(self) -> None:
        """Begin, with the context of who asks: tracing tells by it what a call belongs to."""
        loop().call_soon_threadsafe(self._begin)

    def stop(self) -> None:
        """End it, wherever it is."""
        loop().call_soon_threadsafe(self._cancel)

    def next(self, seconds: float) -> Piece:
        """Return what is said next, a silence when that is nothing for so long.

        Raises FailedError with what the client raised, ModelError for nothing or far too much.
        """
        try:
            got = self._heard.get(timeout=seconds)
        except Empty:
            return Piece()
        if isinstance(got, Exception):
            raise FailedError(got)
        self.ended = got is _END
        if self.ended and not self.begun:
            raise ModelError("语言模型没有写出内容")
        return Piece() if self.ended else self._taken(got)

    def _taken(self, piece: Piece) -> Piece:
        self.begun = self.begun or bool(piece.text)
        self._chars += len(piece.text)
        if self._chars > _MOST_CHARS:
            raise ModelError("语言模型的回答太长")
        return piece

    def _begin(self) -> None:
        self._task = asyncio.get_running_loop().create_task(self._speak())

    def _cancel(self) -> None:
        if self._task:
            self._task.cancel()

    async def _speak(self) -> None:
        """Put what the model says on the queue, and an end or what went wrong."""
        try:
            chain = await asyncio.to_thread(self._opener)
            if self.streaming:
                async for message in chain.astream(self._given):
                    self._heard.put(_piece(message, streaming=True))
            else:
                self._heard.put(_piece(await chain.ainvoke(self._given), streaming=False))
            self._heard.put(_END)
        except Exception as error:  # noqa: BLE001  clients raise what they like; it is told, not lost
            self._heard.put(error)


def _piece(message: AIMessage, streaming: bool) -> Piece:
    used = message.usage_metadata
    tokens = {"input": used["input_tokens"], "output": used["output_tokens"]} if used else {}
    told = message.response_metadata.items()
    reasons = [str(why).lower() for name, why in told if name.lower().endswith("reason") and why]
    # A reply in one piece came whole unless it says otherwise; a stream may just have broken off.
    done = reasons[0] in _FINISHED if reasons else not streaming
    return Piece(str(message.text), tokens, done, cut=bool(reasons) and not done)


def _status(error: Exception) -> int | None:
    return getattr(error, "status_code", None)
