"""Runs every benchmark and prints one table: `python -m eval.bench` or `make bench`."""

import platform
import sys

from eval.bench import answering, building, checking, starting
from eval.bench.measure import Ratio


def main() -> None:
    """Measure and print; the exit status says whether every target was met."""
    print(f"{platform.machine()}, {platform.python_version()}, ratios from one run\n")
    print(f"{'what':46}{'measured':>20}{'against':>20}{'ratio':>8}{'target':>8}")
    missed = 0
    for bench in (answering, building, starting, checking):
        for ratio in bench.ratios():
            print(_row(ratio), flush=True)
            missed += ratio.missed
    sys.exit(1 if missed else 0)


def _row(ratio: Ratio) -> str:
    target = f"{ratio.target:.2f}" if ratio.target else "-"
    return (
        f"{ratio.what:46}{ratio.measured:>17.2f} {ratio.unit:2}{ratio.against:>17.2f} "
        f"{ratio.unit:2}{ratio.value:>8.2f}{target:>8}{'  MISSED' if ratio.missed else ''}"
    )


main()
