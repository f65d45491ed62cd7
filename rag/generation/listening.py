"""Listening to a model within a time budget, whatever its server does.

Who waits for it waits no longer than agreed and in slices: name resolution, a server that never
answers and one that stalls in mid-sentence end alike, and a listener may leave at any time.
"""

from collections.abc import Iterator
from threading import Event
from time import monotonic

from corpus.errors import ModelError, NotYetError
from rag.generation.breaker import Breaker
from rag.generation.calling import Call, FailedError, Opener, Piece
from rag.generation.choice import Patience

_SLICE_SECONDS = 0.25  # of a silence; then whoever listens may turn to something else
_AFTER_SECONDS = 1.0  # for the count of tokens behind the last word; some never close a stream


class Listener:
    """Hears the calls to one model; after failures in a row nobody is kept waiting for a while."""

    def __init__(self, patience: Patience) -> None:
        self.patience = patience
        self._breaker, self._closed = Breaker(), Event()

    @property
    def faults(self) -> int:
        """Return how many calls have failed since the start."""
        return self._breaker.total

    def close(self) -> None:
        """Let nobody wait any longer, as a service that stops must."""
        self._closed.set()

    def listen(
        self, opener: Opener, given: object, streaming: bool, patience: Patience | None = None
    ) -> Iterator[Piece]:
        """Yield what a model says; raises ModelError when it fails, is silent or takes too long.

        One that is busy (429, 5xx) before its first word is asked once more, if its Retry-After
        fits. `patience` is a shorter one for this call.
        """
        if not self._breaker.allows():
            raise ModelError("语言模型暂时不可用")
        heard = done = works = False
        try:
            for piece in self._asked(opener, given, streaming, patience or self.patience):
                heard, done = heard or bool(piece.text), done or piece.done
                works = works or piece.done or piece.cut
                yield piece
            if not done:
                raise ModelError("语言模型的回答中途断了")
        except GeneratorExit:  # enough was heard, or nobody listens any more
            works = heard
            raise
        except NotYetError:
            raise
        except ModelError:
            if not works:
                self._breaker.failed()
            raise
        finally:
            if works:
                self._breaker.succeeded()

    def _asked(
        self, opener: Opener, given: object, streaming: bool, patience: Patience
    ) -> Iterator[Piece]:
        start = monotonic()
        for last in (False, True):
            call = Call(opener, given, streaming)
            try:
                yield from self._heard(call, start, patience)
                return
            except FailedError as failure:
                again = monotonic() + failure.pause
                late = again >= _deadline(call, start, patience)
                if last or call.begun or late or not failure.passes:
                    raise failure.told() from failure.cause
            yield from self._silence(again)

    def _heard(self, call: Call, start: float, patience: Patience) -> Iterator[Piece]:
        """Yield the pieces of a call and its silences, until its end or its deadline."""
        call.start()
        last = None
        try:
            while not call.ended:
                left = (last or _deadline(call, start, patience)) - monotonic()
                if left <= 0 and last:
                    return
                if left <= 0:
                    raise FailedError(TimeoutError())
                self._go_on()
                yield (piece := call.next(min(left, _SLICE_SECONDS)))
                last = monotonic() + _AFTER_SECONDS if piece.done else last
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


def _deadline(call: Call, start: float, patience: Patience) -> float:
    """Return until when to wait; only a stream has a first word before the whole."""
    waiting = call.streaming and not call.begun
    return start + (min(patience.first, patience.whole) if waiting else patience.whole)
