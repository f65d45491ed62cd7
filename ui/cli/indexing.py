"""`jinwen index …`: build, set, list, remove, verify, versions, rollback; `adding` has add."""

import argparse

from corpus.errors import StoreError
from corpus.loaders.sources import checked
from index.upkeep import Change, roll_back
from ui.cli import adding
from ui.cli.common import Subparsers, assembly, print_json, progress
from ui.cli.saying import changed, say_lost
from ui.cli.scoping import add_facts, facts_of
from ui.web.reading import described


def register(commands: Subparsers) -> None:
    """Add the commands of this file."""
    group = commands.add_parser("index", help="建立和维护索引")
    actions = group.add_subparsers(dest="action", required=True, metavar="操作")
    build = actions.add_parser("build", help="用随附报告和已添加的文档（重新）建立索引")
    contents = build.add_mutually_exclusive_group()
    contents.add_argument("--empty", action="store_const", const=False, dest="shipped",
                          help="不含随附报告")  # fmt: skip
    contents.add_argument("--shipped", action="store_const", const=True, dest="shipped",
                          help="含随附报告（默认：新建时含，重建时照旧）")  # fmt: skip
    adding.register(actions)
    setting = actions.add_parser("set", help="更正一份文档的标题、地区、年份等")
    setting.add_argument("document_id", metavar="文档编号")
    add_facts(setting)
    setting.set_defaults(fail=setting.error)
    remove = actions.add_parser("remove", help="移除一份文档")
    remove.add_argument("document_id", metavar="文档编号")
    rollback = actions.add_parser("rollback", help="回到某个版本")
    rollback.add_argument("version", metavar="版本")
    others = (
        (actions.add_parser("list", help="列出文档"), _list),
        (actions.add_parser("verify", help="校验正在使用的版本"), _verify),
        (actions.add_parser("versions", help="列出版本"), _versions),
    )
    for action, run in ((build, _build), (setting, _set), (remove, _remove),
                        (rollback, _rollback), *others):  # fmt: skip
        action.add_argument("--json", action="store_true", help="输出 JSON")
        action.set_defaults(run=run)


def _build(options: argparse.Namespace) -> None:
    with progress("建立索引") as watch:
        change = assembly(options).upkeep(watch).rebuild(with_shipped=options.shipped)
    _report(options, change, f"已建立索引，{len(change.added)} 份文档")


def _set(options: argparse.Namespace) -> None:
    facts = facts_of(options)
    if not facts:
        options.fail("请给出要更正的内容，例如 --place 广东省 --year 2026")
    change = assembly(options).upkeep().set(options.document_id, checked(facts, "命令"))
    _report(options, change, f"已更正 {options.document_id}")


def _remove(options: argparse.Namespace) -> None:
    change = assembly(options).upkeep().remove(options.document_id)
    _report(options, change, f"已移除 {options.document_id}")


def _rollback(options: argparse.Namespace) -> None:
    roll_back(assembly(options).store, options.version)
    _report(options, Change(options.version), "已回到该版本")


def _list(options: argparse.Namespace) -> None:
    store = assembly(options).store
    documents = store.documents(store.current())
    if options.json:
        print_json([described(document) for document in documents])
        return
    for d in documents:
        known = (
            d.id,
            d.title,
            d.place or "地区不明",
            str(d.plan_year or "年份不明"),
            d.date or "—",
        )
        print("\t".join((*known, d.kind, f"{len(d.text)} 字")))


def _verify(options: argparse.Namespace) -> None:
    store = assembly(options).store
    version = store.current()
    store.check(version)
    contents = store.open(version)
    if len(contents.vectors) != len(contents.passages):
        raise StoreError("向量数与段落数不符，请运行 jinwen index build 重建")
    _report(options, Change(contents.version), f"完好：{len(contents.passages)} 段")


def _versions(options: argparse.Namespace) -> None:
    store = assembly(options).store
    names = store.names()
    current = store.pointed()
    if options.json:
        print_json([{"version": name, "current": name == current} for name in names])
        return
    for name in names:
        print(f"{name}{' （使用中）' if name == current else ''}")


def _report(options: argparse.Namespace, change: Change, message: str) -> None:
    say_lost(change)
    if options.json:
        print_json(changed(change))
    else:
        print(f"{message}（版本 {change.version}）")
