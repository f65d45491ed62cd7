"""What the benchmarks share: a ratio with its target, and medians of interleaved runs."""

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from time import perf_counter


@dataclass(frozen=True, slots=True)
class Ratio:
    """Two figures of one run in the same unit; `target` is the highest ratio that is good."""

    what: str
    measured: float
    against: float
    unit: str = "ms"
    target: float | None = None

    @property
    def value(self) -> float:
        """Return measured / against."""
        return self.measured / self.against

    @property
    def missed(self) -> bool:
        """Tell whether the target was missed."""
        return self.target is not None and self.value > self.target


def medians_ms(*jobs: Callable[[], object], rounds: int) -> list[float]:
    """Return each job's median time in milliseconds.

    The jobs take turns, so that a busy neighbour slows all of them alike.
    """
    for job in jobs:
        job()
    times: list[list[float]] = [[] for _ in jobs]
    for _ in range(rounds):
        for job, taken in zip(jobs, times, strict=True):
            start = perf_counter()
            job()
            taken.append((perf_counter() - start) * 1000)
    return [median(taken) for taken in times]
