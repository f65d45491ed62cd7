"""Runs proofs: `python -m eval.proof [NAME …] [--size N]`, or `make proof` for all of them.

Prints a line of JSON for each and writes it to `var/proof/NAME.json`; the exit status is 1 when
one does not stand.
"""

import argparse
import json
import subprocess
import sys
import time
from dataclasses import asdict
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

from eval.proof.names import NAMES

_CHECKOUT = Path(__file__).parents[2]
_FOLDER = _CHECKOUT / "var" / "proof"


def main() -> None:
    """Run the proofs named, or all."""
    parser = argparse.ArgumentParser(prog="python -m eval.proof")
    parser.add_argument("names", nargs="*", choices=[*NAMES, []], metavar="NAME")
    parser.add_argument("--size", type=int, help="how often to try; each has its own default")
    options = parser.parse_args()
    stands = [run(name, options.size) for name in options.names or NAMES]
    sys.exit(0 if all(stands) else 1)


def run(name: str, size: int | None = None) -> bool:
    """Run one proof, print and keep its line, and tell whether it stands."""
    start = time.monotonic()
    proof = import_module(f"eval.proof.{name}").prove(**({} if size is None else {"size": size}))
    record: dict[str, Any] = {
        "name": name, "stands": proof.stands, **asdict(proof),
        "seconds": round(time.monotonic() - start, 1),
        "date": datetime.now(UTC).isoformat(timespec="seconds"), "commit": _commit(),
    }  # fmt: skip
    line = json.dumps(record, ensure_ascii=False)
    print(line, flush=True)
    _FOLDER.mkdir(parents=True, exist_ok=True)
    (_FOLDER / f"{name}.json").write_text(f"{line}\n", encoding="utf-8")
    return bool(proof.stands)


def _commit() -> str:
    """Return the commit that is checked out, "" outside a checkout; + for changes on top."""
    told = subprocess.run(
        ["git", "describe", "--always", "--dirty=+"], cwd=_CHECKOUT, capture_output=True, text=True
    )
    return told.stdout.strip()


if __name__ == "__main__":
    main()
