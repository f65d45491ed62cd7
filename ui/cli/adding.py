"""`jinwen index add`: files, folders and patterns into the index, each file for itself."""

import argparse
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from corpus.documents import Document
from corpus.errors import StoreError
from corpus.library import shipped
from corpus.loaders import Loaded, load_each
from corpus.loaders.sources import checked
from index.upkeep import Change
from index.versions import Versions
from rag.assembly import Assembly
from ui.cli import previewing, watching
from ui.cli.common import Subparsers, assembly, print_json, progress, reading
from ui.cli.saying import changed, fail_for, say_lost, say_repeated, say_unsupported
from ui.cli.scoping import add_facts, facts_of

_HELP = """读得了的文件逐个加进索引；没有变化的文件不再读。
有文件读不了时，其余的照样加进去，最后说明是哪几个，退出状态为 1；全部成功（或没有变化）为 0。"""


def register(actions: Subparsers) -> None:
    """Add the command of this file."""
    add = actions.add_parser(
        "add", description=_HELP, formatter_class=argparse.RawDescriptionHelpFormatter,
        help="添加 txt、md、html、pdf、docx、xlsx、csv、pptx、eml、图片、jsonl 文件或文件夹",
    )  # fmt: skip
    add.add_argument("paths", nargs="+", type=Path, metavar="路径",
                     help="文件、文件夹（含下层）或通配符，如 '报告/**/*.docx'")  # fmt: skip
    ways = add.add_mutually_exclusive_group()
    ways.add_argument("--dry-run", action="store_true",
                      help="只说明每个文件会怎样（新增、替换、不变、失败）")  # fmt: skip
    ways.add_argument("--watch", action="store_true",
                      help="添加后监视文件夹，有新的或改过的就加进去；按 Ctrl-C 结束")  # fmt: skip
    add.add_argument("--again", action="store_true", help="没有变化的文件也重新读取")
    add.add_argument("--json", action="store_true", help="输出 JSON")
    add_facts(add)
    add.set_defaults(run=_run, fail=add.error)


def _run(options: argparse.Namespace) -> None:
    made, facts = assembly(options), checked(facts_of(options), "命令")

    def add(paths: Iterable[Path]) -> None:
        loaded = _load(made, paths, facts, options.again)
        _report(options, made, loaded, _add(made, loaded))

    if options.watch:
        watching.watch(options, made.store, add)
    elif options.dry_run:
        loaded = _load(made, options.paths, facts, options.again)
        previewing.preview(options, made.store, loaded)
        fail_for(loaded, done=False)
    else:
        add(options.paths)


def _load(made: Assembly, paths: Iterable[Path], facts: Mapping[str, Any], again: bool) -> Loaded:
    known = {} if again else _known(made.store)
    ours = {document.id for document in shipped()}
    with reading() as watch:
        return load_each(paths, facts, known, ours, watch)


def _known(store: Versions) -> dict[str, Document]:
    """Return the documents of files in the version in use, by source; none where it is damaged."""
    try:
        documents = store.documents(store.current())
    except StoreError:
        return {}
    return {d.source: d for d in documents if d.source and d.format != "jsonl"}


def _add(made: Assembly, loaded: Loaded) -> Change:
    unchanged = tuple(document.id for document in loaded.unchanged)
    if not loaded.documents:  # neither the model nor the writer's lock is needed
        return Change(made.store.pointed(), unchanged=unchanged)
    with progress("添加文档") as watch:
        change = made.upkeep(watch).add(loaded.documents)
    return replace(change, unchanged=unchanged + change.unchanged)


def _report(options: argparse.Namespace, made: Assembly, loaded: Loaded, change: Change) -> None:
    """Say what was added, what of it was left out, and which files were not; the last line sums."""
    say_lost(change)
    say_repeated(change)
    say_unsupported(loaded)
    added = [d for d in made.documents() if d.id in change.added] if change.added else []
    if options.json:
        failed = [{"path": str(f.path), "reason": f.reason} for f in loaded.faults]
        left_out = {d.id: d.layout.left_out for d in added if d.layout.left_out}
        print_json({**changed(change), "left_out": left_out, "failed": failed,
                    "unsupported": [str(path) for path in loaded.unsupported]})  # fmt: skip
    elif loaded.documents or loaded.unchanged:
        for document in added:
            if document.layout.left_out:
                print(f"{document.origin}：未收入 {'、'.join(document.layout.left_out)}")
        print(f"{_sum(change)}（版本 {change.version}）")
    fail_for(loaded, done=bool(change.added or change.unchanged))


def _sum(change: Change) -> str:
    if not change.added:
        return "没有变化"
    ids = "、".join(change.added[:5]) + ("…" if len(change.added) > 5 else "")
    same = f"，{len(change.unchanged)} 份没有变化" if change.unchanged else ""
    return f"已添加 {len(change.added)} 份文档：{ids}{same}"
