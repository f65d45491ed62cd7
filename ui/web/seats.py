"""How many questions are worked on at once, by the page and the API together."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore, Lock
from typing import Any

from ui.web.later import BusyError

WAITING = 8  # questions that may queue before a visitor is told the service is busy
_WAIT_SECONDS = 5


class Seats:
    """Seats for questions; who gets none in a few seconds is told to come back."""

    def __init__(self, count: int = 4, wait_seconds: float = _WAIT_SECONDS) -> None:
        self.count = count
        self._wait = wait_seconds
        self._free = BoundedSemaphore(count)
        self._counting, self._used, self._waiting = Lock(), 0, 0

    @property
    def in_use(self) -> int:
        """Return how many seats are taken now."""
        return self._used

    @property
    def waiting(self) -> int:
        """Return how many wait for a seat now."""
        return self._waiting

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
        self._wait_for_one()
        try:
            self._count(used=1)
            yield
        finally:
            self._count(used=-1)
            self._free.release()

    def _wait_for_one(self) -> None:
        self._count(waiting=1)
        try:
            if not self._free.acquire(timeout=self._wait):
                raise BusyError(
                    f"现在提问的人太多，有 {self._waiting} 个问题在等，请过 {_WAIT_SECONDS} 秒再试",
                    _WAIT_SECONDS,
                )
        finally:
            self._count(waiting=-1)

    def _count(self, used: int = 0, waiting: int = 0) -> None:
        with self._counting:
            self._used += used
            self._waiting += waiting
