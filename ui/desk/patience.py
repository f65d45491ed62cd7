"""Waiting for another program that writes the index."""

import time
from collections.abc import Callable
from typing import TypeVar

from corpus.errors import BusyError

Made = TypeVar("Made")


def patiently(
    change: Callable[[], Made], seconds: float, pause: float,
    waiting: Callable[[BusyError], None] = lambda _: None,
) -> Made:  # fmt: skip
    """Make a change, tried again while another writes; raises BusyError after so many seconds.

    `waiting` is told of each try that has to wait.
    """
    until = time.monotonic() + seconds
    while True:
        try:
            return change()
        except BusyError as error:
            if time.monotonic() > until:
                raise
            waiting(error)
            time.sleep(pause)
