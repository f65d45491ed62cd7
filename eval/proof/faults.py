"""A disk that is full, broken or rationed at the n-th file call of `jinwen index add`, every n."""

import errno
import os
import runpy
import shutil
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from itertools import count
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

from corpus.errors import StoreError
from eval.proof import Control, Proof, homes
from eval.proof.failing import Failing
from eval.proof.inplace import publish_in_place
from index.store import Store
from rag import assembly

_ERRORS = (errno.ENOSPC, errno.EIO, errno.EDQUOT)
_COMMAND = "ui.cli.main"
_NEW = "今年新建驿站7座。"


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended whose n-th file call failed, and what is in use after it."""

    status: int
    hit: bool
    in_use: str
    traceback: bool

    @property
    def holds(self) -> bool:
        """Tell whether a whole version serves and a failure was told as one."""
        told = self.status == 1 or (self.status == 0 and self.in_use == "new")
        return told and self.in_use != "neither" and not self.traceback


def prove(size: int = 0) -> Proof:
    """Fail every call, or only the first `size`; once more with files written in place."""
    with TemporaryDirectory(prefix="proof-") as folder:
        tried = _Tried(Path(folder))
        ended = [one for error in _ERRORS for one in tried.every(error, size)]
        inplace = list(tried.every(errno.ENOSPC, size, publish_in_place))
    seen = Counter((one.in_use, "failed" if one.status else "done") for one in ended)
    told = "，".join(f"{n} {use} in use and {how}" for (use, how), n in seen.most_common())
    return Proof(
        "the n-th file call of jinwen index add fails with ENOSPC, EIO or EDQUOT, every n",
        len(ended), sum(one.holds for one in ended), told.replace("，", ", "),
        Control("files written in place", len(inplace), sum(one.holds for one in inplace)),
    )  # fmt: skip


class _Tried:
    """Tries the command on copies of one home."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._first = folder, folder / "first"
        model = homes.embedder()
        homes.published(self._first, model, 1)
        vars(assembly)["load_embedder"] = lambda _: model  # loaded once for all forks
        self._file = folder / "new.txt"
        self._file.write_text(_NEW, encoding="utf-8")
        import_module(_COMMAND)  # once, before the forks

    def every(
        self, error: int, size: int, publish: Callable[..., str] | None = None
    ) -> Iterator[Ended]:
        """Yield how each try ends, until one comes through without its call."""
        for n in count(1):
            ended = self._tried(n, error, publish)
            if not ended.hit or (size and n > size):
                return
            yield ended

    def _tried(self, n: int, error: int, publish: Callable[..., str] | None) -> Ended:
        home, said = self._folder / "home", self._folder / "said"
        shutil.rmtree(home, ignore_errors=True)
        shutil.copytree(self._first, home)
        said.unlink(missing_ok=True)
        command = ["--home", str(home), "index", "add", str(self._file)]
        child = get_context("fork").Process(
            target=_run, args=(command, said, Failing(home, n, error), publish)
        )
        child.start()
        child.join()
        told = said.read_text(encoding="utf-8", errors="replace")
        hit = not told.endswith("came through")
        return Ended(child.exitcode or 0, hit, _in_use(home), "Traceback" in told)


def _run(
    command: list[str], said: Path, failing: Failing, publish: Callable[..., str] | None
) -> None:
    """Be the command, and say at the end whether the call was never made."""
    handle = os.open(said, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(handle, 1)
    os.dup2(handle, 2)
    if publish:
        Store.publish = publish  # type: ignore[method-assign]
    sys.argv = ["jinwen", *command]
    failing.install()
    try:
        runpy.run_module(_COMMAND, run_name="__main__")
    finally:
        if not failing.has_failed:
            os.write(handle, b"came through")


def _in_use(home: Path) -> str:
    """Return which version is in use and whole: the old, the new or neither."""
    try:
        found = homes.texts(Store(home / "index"))
    except StoreError:
        return "neither"
    old = homes.edition(1).text
    return {(old,): "old", (old, _NEW): "new"}.get(tuple(found), "neither")
