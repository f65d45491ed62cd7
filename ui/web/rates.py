"""How often somebody may ask: a program as its key says, anybody else by their address.

Counted is what costs: asking, searching, checking, comparing, listing targets, and judging.
"""

import sqlite3
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from math import ceil
from pathlib import Path
from typing import Any

from starlette.requests import Request

from ui.addresses import visitor_of
from ui.ratefile import NAME, RateFile
from ui.web import metrics
from ui.web.keyed import key_of
from ui.web.later import RateError

Admit = Callable[[], None]  # raises RateError
Costs = Sequence[Any]  # what FastAPI's routes that cost something depend on


def free() -> None:
    """Admit whoever asks."""


class Rates:
    """The rates of a home: `per_minute` for who has no key, 0 for any number.

    Without a home nobody is counted.
    """

    def __init__(
        self, home: Path | None = None, per_minute: int = 0,
        clock: Callable[[], float] = time.time,
    ) -> None:  # fmt: skip
        self._file = RateFile(home / NAME) if home else None
        self._per_minute, self._clock, self._failed = per_minute, clock, False

    def take(self, scope: Mapping[str, Any]) -> None:
        """Count a question of whoever sent a request; raises RateError when it is one too many."""
        key = key_of(scope)
        most = key.per_minute if key else self._per_minute
        if self._file is None or not most:
            return
        wait = self._wait(f"key:{key.name}" if key else f"address:{visitor_of(scope)}", most)
        if wait > 0:
            metrics.LIMITED.labels("key" if key else "address").inc()
            seconds = ceil(wait)
            raise RateError(f"问得太快了（每分钟最多 {most} 次），请过 {seconds} 秒再试", seconds)

    def counted(self, request: Request) -> None:
        """Count a request, as a dependency of a route."""
        self.take(request.scope)

    def of_page(self, request: Any) -> Admit:
        """Return what counts a question of the page's visitor; `request` is Gradio's."""
        return partial(self.take, {"client": request.client})

    def _wait(self, who: str, most: int) -> float:
        """Return how long to wait; a file that fails stops nobody."""
        assert self._file is not None
        try:
            wait = self._file.take(who, most, self._clock())
            self._failed = False
        except (sqlite3.Error, OSError) as error:
            metrics.LIMIT_FAULTS.inc()
            if not self._failed:  # once, not a line a question
                print(f"限流暂时不起作用（“{NAME}”：{error}）", file=sys.stderr, flush=True)
            self._failed = True
            return 0.0
        return wait
