"""`jinwen targets`: the quantified targets found in the documents."""

import argparse
import sys
from collections.abc import Sequence

from index.contents import documents_of
from rag.targets import KINDS, Target, table, targets
from ui.cli.common import Subparsers, assembly, print_json


def register(commands: Subparsers) -> None:
    """Add the command of this file."""
    listed = commands.add_parser("targets", help="列出文档里的全部量化目标")
    form = listed.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="输出 JSON")
    form.add_argument("--csv", action="store_true", help="输出 CSV，可用电子表格打开")
    listed.set_defaults(run=_targets)


def _targets(options: argparse.Namespace) -> None:
    store = assembly(options).store
    found = targets(documents_of(store, store.current()))
    if options.json:
        print_json([target.to_json() for target in found])
    elif options.csv:
        sys.stdout.write(table(found))
    else:
        print("\n".join(_lines(found)) or "没有找到带数字的目标")


def _lines(found: Sequence[Target]) -> list[str]:
    return [f"{_figure(t)}\t{t.indicator}（{KINDS[t.kind]}）\t{t.quote}" for t in found]


def _figure(target: Target) -> str:
    return "未量化" if target.value is None else f"{target.value:g}{target.unit}"
