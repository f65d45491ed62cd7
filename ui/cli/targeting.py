"""`jinwen targets`: the quantified targets found in the documents."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from rag.targets.comparison import Row, side_by_side
from rag.targets.tables import Table, as_csv, as_xlsx, comparing, listing
from rag.targets.target import KINDS, Target
from ui.cli.common import Subparsers, assembly, print_json
from ui.cli.scoping import add_scope, scope_of


def register(commands: Subparsers) -> None:
    """Add the command of this file."""
    listed = commands.add_parser("targets", help="列出文档里的全部量化目标")
    listed.add_argument(
        "--compare", action="store_true", help="只列两份以上文档共有的指标，各文档并排"
    )
    add_scope(listed)
    form = listed.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="输出 JSON")
    form.add_argument("--csv", action="store_true", help="输出 CSV，可用电子表格打开")
    form.add_argument("--xlsx", type=Path, metavar="文件", help="写成 Excel 文件")
    listed.set_defaults(run=_targets)


def _targets(options: argparse.Namespace) -> None:
    made = assembly(options)
    scope = scope_of(options)
    documents, found = scope.required(made.documents()), made.targets(scope)
    if options.compare:
        rows = side_by_side(found, [d.id for d in documents])
        titles = [d.title for d in documents]
        lines = [_compared(row, titles) for row in rows]
        _write(options, [row.to_json() for row in rows], comparing(rows, titles), lines)
    else:
        lines = [f"{t.shown}\t{t.indicator}（{KINDS[t.kind]}）\t{t.quote}" for t in found]
        _write(options, [t.to_json() for t in found], listing(found), lines)


def _write(options: argparse.Namespace, plain: object, table: Table, lines: list[str]) -> None:
    if options.json:
        print_json(plain)
    elif options.csv:
        sys.stdout.write(as_csv(table))
    elif options.xlsx:
        options.xlsx.write_bytes(as_xlsx(table, "目标清单"))
        print(f"已写入 {options.xlsx}，{len(table) - 1} 行", file=sys.stderr)
    else:
        print("\n".join(lines) or "没有找到带数字的目标")


def _compared(row: Row, titles: Sequence[str]) -> str:
    told = (
        f"  {title}：{'；'.join(map(_said, cell))}"
        for title, cell in zip(titles, row.cells, strict=True)
        if cell
    )
    return "\n".join((row.indicator, *told))


def _said(target: Target) -> str:
    return f"{target.shown}（{KINDS[target.kind]}）{target.quote}"
