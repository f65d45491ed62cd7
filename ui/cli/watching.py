"""`jinwen index add --watch`: new and changed files of folders go into the index as they come."""

import argparse
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from threading import Event

from corpus.errors import JinwenError, StoreError
from corpus.loaders.formats import format_of
from corpus.loaders.gathering import is_passed_over
from corpus.loaders.sources import NAME
from index.versions import Versions

_QUIET_MS = 500  # without a change: a file that is still being copied is not read yet
_AT_MOST_MS = 5_000
_TURN_MS = 1_000

Add = Callable[[Iterable[Path]], None]


def watch(options: argparse.Namespace, store: Versions, add: Add) -> None:
    """Add the folders, then what changes in them, until Ctrl-C or SIGTERM.

    Whatever cannot be added is said and tried again when it changes; what cannot be written, as
    another program is writing, is tried again every second.
    """
    if not all(path.is_dir() for path in options.paths):
        options.fail("--watch 只能监视文件夹，请给出文件夹")
    print(f"正在监视 {'、'.join(map(str, options.paths))}，按 Ctrl-C 结束", file=sys.stderr)
    # The first turn adds everything, after the watching has begun: nothing falls in between.
    waiting: set[Path] = set(options.paths)
    for changed in _turns(options.paths):
        _say_deleted(store, [path for path in changed if not path.exists()])
        waiting |= {taken for path in changed if (taken := _taken(path))}
        waiting = _added(waiting, add)
    print("已结束监视", file=sys.stderr)


def _turns(folders: list[Path]) -> Iterator[list[Path]]:
    """Yield the paths that changed, at least every second, until told to stop."""
    import watchfiles  # a Rust library that no other command needs

    stop = Event()

    def end(*_: object) -> None:
        stop.set()  # after what is being added; a second Ctrl-C does not wait
        signal.signal(signal.SIGINT, signal.default_int_handler)

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, end)
    turns = watchfiles.watch(
        *folders, watch_filter=None, step=_QUIET_MS, debounce=_AT_MOST_MS, rust_timeout=_TURN_MS,
        yield_on_timeout=True, stop_event=stop, raise_interrupt=False,
    )  # fmt: skip
    for changes in turns:
        yield sorted({Path(path) for _, path in changes})


def _taken(path: Path) -> Path | None:
    """Return what to add for a path that changed: itself, its folder for facts, or nothing."""
    if path.name == NAME:
        return path.parent
    if is_passed_over(path.name) or not path.exists():
        return None
    return path if format_of(path) or path.is_dir() else None


def _added(paths: set[Path], add: Add) -> set[Path]:
    """Add paths, saying what is wrong with them; return those that should be tried again."""
    if not paths:
        return paths
    try:
        add(sorted(path for path in paths if path.exists()))
    except StoreError as error:
        print(f"jinwen: {error}", file=sys.stderr)
        return paths
    except JinwenError as error:
        print(f"jinwen: {error}", file=sys.stderr)
    except OSError as error:
        print(f"jinwen: 读写失败（{error.strerror}），请检查权限和磁盘空间", file=sys.stderr)
        return paths
    sys.stdout.flush()
    return set()


def _say_deleted(store: Versions, paths: list[Path]) -> None:
    """Say which documents have lost their files; they stay, for quotes may rest on them."""
    if not (paths and store.pointed()):
        return
    gone = {path.resolve() for path in paths}
    for document in store.documents(store.current()):
        source = Path(document.source)
        if document.source and gone & {source, *source.parents}:
            print(f"“{document.origin}”已删除，文档仍在索引里；不要了请运行 "
                  f"jinwen index remove {document.id}", file=sys.stderr)  # fmt: skip
