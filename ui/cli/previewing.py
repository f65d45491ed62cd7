"""`jinwen index add --dry-run`: what would become of each file, without changing anything."""

import argparse
from collections.abc import Iterator, Sequence

from corpus.documents import Document
from corpus.library import shipped
from corpus.loaders import Loaded
from index.merging import Fate, merge
from index.upkeep import newest_documents
from index.versions import Versions
from ui.cli.common import Record, print_json
from ui.cli.saying import say_unsupported

_NAMES = {"new": "新增", "replaced": "替换", "unchanged": "不变", "repeated": "重复",
          "failed": "失败"}  # fmt: skip


def preview(options: argparse.Namespace, store: Versions, loaded: Loaded) -> None:
    """Print a line or a JSON object for each document that the files would give."""
    before = newest_documents(store)
    fates = merge(loaded.documents, shipped() if before is None else before).fates
    records = [*_failed(loaded), *_records(loaded, fates)]
    if options.json:
        print_json(records)
        return
    say_unsupported(loaded)
    for record in records:
        print(_line(record))


def _failed(loaded: Loaded) -> Iterator[Record]:
    for fault in loaded.lost:
        yield {"path": str(fault.path), "what": "failed", "reason": fault.reason}


def _records(loaded: Loaded, fates: Sequence[Fate]) -> Iterator[Record]:
    """Yield what becomes of the files in order; `fates` are those of their documents."""
    coming = iter(fates)
    for read in loaded.reads:
        path = str(read.path)
        if read.fault:
            yield {"path": path, "what": "failed", "reason": read.fault}
        if read.unchanged:
            yield {"path": path, "what": "unchanged", "id": read.unchanged.id,
                   **_counted(read.unchanged)}  # fmt: skip
        for document, fate in zip(read.documents, coming, strict=False):
            yield {"path": path, "what": fate.what, "id": fate.id, **_counted(document)}


def _counted(document: Document) -> Record:
    layout = document.layout
    return {"chars": len(document.text), "tables": len(layout.tables), "pages": len(layout.pages),
            "left_out": layout.left_out}  # fmt: skip


def _line(record: Record) -> str:
    what = _NAMES[record["what"]]
    if record["what"] == "failed":
        return f"{what} {record['path']}：{record['reason']}"
    same = f"与“{record['id']}”内容相同，" if record["what"] == "repeated" else ""
    counts = [f"{record['chars']:,} 字"]
    counts += [
        f"{record[n]} {unit}" for n, unit in (("tables", "张表"), ("pages", "页")) if record[n]
    ]
    left_out = f"；未收入 {'、'.join(record['left_out'])}" if record["left_out"] else ""
    return f"{what} {record['path']}：{same}{'、'.join(counts)}{left_out}"
