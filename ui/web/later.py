"""Errors of who came at a bad time: nothing is wrong but the moment."""

from typing import ClassVar

from corpus.errors import JinwenError


class LaterError(JinwenError):
    """Whoever asks is to come back in so many whole seconds."""

    status: ClassVar[int] = 503

    def __init__(self, said: str, seconds: int) -> None:
        super().__init__(said)
        self.seconds = seconds

    @property
    def headers(self) -> dict[str, str]:
        """Return what tells a program when to come back."""
        return {"retry-after": str(self.seconds)}


class BusyError(LaterError):
    """More people ask than there are seats, for longer than one may wait."""


class RateError(LaterError):
    """Somebody asks more often than they may."""

    status: ClassVar[int] = 429
