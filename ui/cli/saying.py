"""What changes of the index say: on stderr what people should know, on stdout plain values."""

import sys

from corpus.errors import CorpusError
from corpus.loaders import Loaded
from corpus.loaders.formats import advice
from index.upkeep import Change
from ui.cli.common import Record

_SHOWN = 10


def say_lost(change: Change) -> None:
    """Say which documents a damaged version took with it."""
    if change.lost:
        print(f"以下文档已损坏且无法恢复，请重新添加：{'、'.join(change.lost)}", file=sys.stderr)


def say_repeated(change: Change) -> None:
    """Say which files have the text of another and were left out."""
    for name, twin in change.repeated:
        print(f"“{name}”与“{twin}”内容相同，只保留一份", file=sys.stderr)


def fail_for(loaded: Loaded, *, done: bool) -> None:
    """Say a line for each file that gave nothing and raise CorpusError that sums up, if any did."""
    faults = loaded.faults
    if len(faults) == 1 and not loaded.documents and not loaded.unchanged:
        raise CorpusError(faults[0].reason)
    for fault in faults:
        print(fault.reason, file=sys.stderr)
    if faults:
        rest = "，其余的已在索引里" if done else ""
        raise CorpusError(f"{len(faults)} 个文件没有读成{rest}，请按上面的说明处理后再添加它们")


def say_unsupported(loaded: Loaded) -> None:
    """Say once which files stood beside others and are of formats that are not read."""
    if not loaded.unsupported:
        return
    names = [
        path.name + (f"（请{advice(path)}）" if advice(path) else "")
        for path in loaded.unsupported[:_SHOWN]
    ]
    more = "等" if len(loaded.unsupported) > _SHOWN else ""
    count = len(loaded.unsupported)
    print(f"另有 {count} 个文件的格式不支持：{'、'.join(names)}{more}", file=sys.stderr)


def changed(change: Change) -> Record:
    """Return a change as plain values."""
    return {"version": change.version, "added": change.added, "removed": change.removed,
            "lost": change.lost, "repeated": change.repeated,
            "unchanged": change.unchanged}  # fmt: skip
