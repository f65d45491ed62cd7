"""kill -9 at random moments of re-indexing: the old version or the new one is in use, whole."""

import os
import random
import shutil
import signal
import time
from collections import Counter
from collections.abc import Callable
from itertools import count
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from corpus.errors import StoreError
from eval.proof import Control, Proof, homes
from eval.proof.inplace import publish_in_place
from index.embedders import Embedder
from index.store import Store
from index.upkeep import Upkeep

_SEED = 9
_EDITIONS = (1, 2)


def prove(size: int = 200) -> Proof:
    """Kill `size` live writers, and as many that write in place."""
    model = homes.Remembering(homes.embedder())
    with TemporaryDirectory(prefix="proof-") as folder:
        first = Path(folder) / "first"
        homes.published(first, model, *_EDITIONS)
        good = Counter(_killed(first, model, n, None) for n in range(size))
        red = Counter(_killed(first, model, n, publish_in_place) for n in range(size))
    whole = sum(n for (use, _), n in good.items() if use != "neither")
    half = sum(n for (_, left), n in good.items() if left)
    return Proof(
        "kill -9 at a random moment of a live writer that re-indexes", size, whole,
        f"{whole} whole, {size - whole} neither; {half} of the kills left a version half written",
        Control("files written in place", size,
                sum(n for (use, _), n in red.items() if use != "neither")),
    )  # fmt: skip


def _killed(
    first: Path, model: Embedder, n: int, publish: Callable[..., str] | None
) -> tuple[str, bool]:
    """Return what is in use after a kill, and whether a version was being written at that moment.

    Raises RuntimeError where the writer was not alive any more: then nothing was killed.
    """
    home = first.with_name("home")
    shutil.rmtree(home, ignore_errors=True)
    shutil.copytree(first, home)
    store = Store(home / "index")
    fork = get_context("fork")
    ours, theirs = fork.Pipe()
    child = fork.Process(target=_write_for_ever, args=(home, model, theirs, publish))
    child.start()
    round_seconds = ours.recv()
    time.sleep(random.Random(_SEED + n).uniform(0, 3 * round_seconds))
    if not child.is_alive() or child.pid is None:
        raise RuntimeError("the writer ended before it was killed")
    os.kill(child.pid, signal.SIGKILL)
    child.join()
    if child.exitcode != -signal.SIGKILL:
        raise RuntimeError("the writer ended otherwise")
    left = any((store.root / "versions").glob(".*"))
    return _in_use(store), left


def _write_for_ever(
    home: Path, model: Embedder, pipe: Any, publish: Callable[..., str] | None
) -> None:
    """Publish the editions in turn until killed; say once how long a round takes."""
    if publish:
        Store.publish = publish  # type: ignore[method-assign]
    upkeep = Upkeep(Store(home / "index"), model)
    for n in count(1):
        start = time.perf_counter()
        upkeep.replace([homes.edition(_EDITIONS[n % 2])])
        if n == 1:
            pipe.send(time.perf_counter() - start)


def _in_use(store: Store) -> str:
    try:
        found = homes.texts(store)
    except StoreError:
        return "neither"
    known = {homes.edition(number).text: str(number) for number in _EDITIONS}
    return known.get("".join(found), "neither")
