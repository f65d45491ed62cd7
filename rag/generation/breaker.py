"""A circuit breaker: after failures in a row nobody is kept waiting for a model that is down."""

from collections.abc import Callable
from threading import Lock
from time import monotonic

_FAILURES = 3
_REST_SECONDS = 30.0


class Breaker:
    """Closed while calls succeed; after three failures open for half a minute, then one may try."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock, self._lock = clock, Lock()
        self._failures, self._until = 0, 0.0
        self.total = 0  # failures since the start

    def allows(self) -> bool:
        """Tell whether a call may be made now; of those after a rest only the first."""
        with self._lock:
            if self._failures < _FAILURES:
                return True
            if self._clock() < self._until:
                return False
            self._until = self._clock() + _REST_SECONDS
            return True

    def succeeded(self) -> None:
        """Take note of a call that went well."""
        with self._lock:
            self._failures = 0

    def failed(self) -> None:
        """Take note of one that did not."""
        with self._lock:
            self._failures += 1
            self.total += 1
            self._until = self._clock() + _REST_SECONDS
