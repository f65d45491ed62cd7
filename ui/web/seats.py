"""How many questions are worked on at once, by the page and the API together."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore, Lock
from typing import Any

from corpus.errors import JinwenError

WAITING = 8  # questions that may queue before a visitor is told the service is busy
_WAIT_SECONDS = 5.0


class BusyError(JinwenError):
    """More people ask than there are seats, for longer than one may wait."""


class Seats:
    """Seats for questions; who gets none in a few seconds is told to come back."""

    def __init__(self, count: int = 4, wait_seconds: float = _WAIT_SECONDS) -> None:
        self.count = count
        self._wait = wait_seconds
        self._free = BoundedSemaphore(count)
        self._counting, self._used = Lock(), 0

    @property
    def in_use(self) -> int:
        """Return how many seats are taken now."""
        return self._used

    def limits(self) -> dict[str, Any]:
        """Return what keeps an event of the page off the API and to as many as have seats."""
        return {"api_visibility": "private", "concurrency_limit": self.count}

    @contextmanager
    def seat(self, waits: bool = False) -> Iterator[None]:
        """Hold a seat; raises BusyError when none becomes free in time.

        Who `waits` for a language model meanwhile takes none: others can be served.
        """
        if waits:
            yield
            return
        if not self._free.acquire(timeout=self._wait):
            raise BusyError("现在提问的人太多，请过几秒再试")
        try:
            self._count(1)
            yield
        finally:
            self._count(-1)
            self._free.release()

    def _count(self, step: int) -> None:
        with self._counting:
            self._used += step
