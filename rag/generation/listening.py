"""Listening to a model within a time budget, whatever its server does.

Who waits for it waits no longer than agreed and in slices: name resolution, a server that never
answers and one that stalls in mid-sentence end alike, and a listener may leave at any time.
"""

from collections.abc import Iterator
from threading import BoundedSemaphore, Event
from time import monotonic

from corpus.errors import ModelError
from rag.generation.calling import Call, FailedError, Opener, Piece
from rag.generation.choice import Patience

_SLICE_SECONDS = 0.25  # of a silence; then whoever listens may turn to something else
_MOST_CALLS = 8  # at once, with those that nobody waits for any more but whose server holds on


class Listener:
    """Hears the calls to one model; `close` ends the waiting for all of them."""

    def __init__(self, patience: Patience) -> None:
        self._patience, self._closed = patience, Event()
        self._calls = BoundedSemaphore(_MOST_CALLS)

    def close(self) -> None:
        """Let nobody wait any longer, as a service that stops must."""
        self._closed.set()

    def listen(self, opener: Opener, given: object, streaming: bool) -> Iterator[Piece]:
        """Yield what a model says; raises ModelError when it fails, is silent or takes too long.

        One that is busy (429, 5xx) before its first word is asked once more, if its Retry-After
        fits.
        """
        start = monotonic()
        for last in (False, True):
            call = Call(opener, given, streaming, self._calls)
            try:
                yield from self._heard(call, start)
                return
            except FailedError as failure:
                again = monotonic() + failure.pause
                late = again >= self._deadline(call, start)
                if last or call.begun or late or not failure.passes:
                    raise failure.told() from failure.cause
            yield from self._silence(again)

    def _heard(self, call: Call, start: float) -> Iterator[Piece]:
        """Yield the pieces of a call and its silences, until its end or its deadline."""
        call.start()
        try:
            while not call.ended:
                left = self._deadline(call, start) - monotonic()
                if left <= 0:
                    raise FailedError(TimeoutError())
                self._go_on()
                yield call.next(min(left, _SLICE_SECONDS))
        finally:
            call.stop()

    def _silence(self, until: float) -> Iterator[Piece]:
        while (left := until - monotonic()) > 0:
            self._go_on()
            yield Piece()
            self._closed.wait(min(_SLICE_SECONDS, left))

    def _go_on(self) -> None:
        if self._closed.is_set():
            raise ModelError("服务正在停止")

    def _deadline(self, call: Call, start: float) -> float:
        """Return until when to wait; only a stream has a first word before the whole."""
        first, whole = self._patience.first, self._patience.whole
        return start + (min(first, whole) if call.streaming and not call.begun else whole)
