"""Who writes in a conversation: one answer at a time, and the newest wish counts.

Gradio can cancel an event, but does so only after other events of the same click, and what the
event had yielded by then may still come to the page, after what took its place.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any

_WAIT_SECONDS = 5.0  # a writer looks up four times a second


class Pen:
    """Held by the answer that grows; a new question, a stop or a clearing takes it away."""

    def __init__(self) -> None:
        self._newest = 0
        self._wishing, self._held = Lock(), Lock()

    def __deepcopy__(self, _: Any) -> "Pen":
        """Return a pen of its own for another visitor."""
        return Pen()

    @property
    def is_fresh(self) -> bool:
        """Tell whether nobody has taken it yet."""
        return self._newest == 0

    @contextmanager
    def taken(self) -> Iterator[Callable[[], bool]]:
        """Take the pen once whoever has it has put it down; gives whether one has it still."""
        mine = self._wish()
        held = self._held.acquire(timeout=_WAIT_SECONDS)
        try:
            yield lambda: mine == self._newest
        finally:
            if held:
                self._held.release()

    def _wish(self) -> int:
        with self._wishing:
            self._newest += 1
            return self._newest
