"""The event loop that all calls to models run on."""

import asyncio
from asyncio import AbstractEventLoop
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from threading import Lock, Thread
from typing import Any

_STARTING = Lock()


class _Daemons(ThreadPoolExecutor):
    """Runs each job in a daemon thread of its own.

    Opening a client and resolving a name cannot be cancelled. Python waits at its end for the
    threads of a pool, so that a name server that does not answer would keep a process alive.
    """

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> "Future[Any]":
        """Run a function and return its future."""
        future: Future[Any] = Future()

        def run() -> None:
            if future.set_running_or_notify_cancel():
                try:
                    future.set_result(fn(*args, **kwargs))
                except BaseException as error:  # noqa: BLE001  whatever it is belongs to the waiter
                    future.set_exception(error)

        Thread(target=run, daemon=True).start()
        return future


def loop() -> AbstractEventLoop:
    """Return the loop, started on first use; clients that keep connections belong to one."""
    with _STARTING:
        return _started()


@cache
def _started() -> AbstractEventLoop:
    made = asyncio.new_event_loop()
    made.set_default_executor(_Daemons(max_workers=1))
    Thread(target=made.run_forever, name="models", daemon=True).start()
    return made
