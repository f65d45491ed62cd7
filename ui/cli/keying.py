"""`jinwen keys …`: the keys of programs that ask over HTTP."""

import argparse
import time
from dataclasses import asdict

from ui.cli.common import Subparsers, place, print_json
from ui.desk.audit import CONSOLE
from ui.desk.clock import shown
from ui.desk.keys import PER_MINUTE, Keys
from ui.ledger import ledger_of


def register(commands: Subparsers) -> None:
    """Add the commands of this file."""
    group = commands.add_parser("keys", help="程序用的密钥（/api、/v1、/mcp）")
    actions = group.add_subparsers(dest="action", required=True, metavar="操作")
    add = actions.add_parser("add", help="新发一个密钥，只显示这一次")
    add.add_argument(
        "--per-minute", type=int, default=PER_MINUTE, metavar="N",
        help=f"每分钟最多问几次，0 为不限（默认 {PER_MINUTE}）",
    )  # fmt: skip
    remove = actions.add_parser("remove", help="作废一个密钥，立即生效")
    for action, run in ((add, _add), (remove, _remove)):
        action.add_argument("name", metavar="名字", help="给谁用的")
        action.set_defaults(run=run)
    listing = actions.add_parser("list", help="列出密钥的名字，密钥本身看不到")
    listing.add_argument("--json", action="store_true", help="输出 JSON")
    listing.set_defaults(run=_list)


def _keys(options: argparse.Namespace) -> Keys:
    return Keys(ledger_of(place(options)), time.time)


def _add(options: argparse.Namespace) -> None:
    print(_keys(options).add(options.name, options.per_minute, CONSOLE))


def _remove(options: argparse.Namespace) -> None:
    _keys(options).remove(options.name, CONSOLE)
    print(f"已作废“{options.name}”的密钥")


def _list(options: argparse.Namespace) -> None:
    found = _keys(options).all()
    if options.json:
        print_json([asdict(key) for key in found])
        return
    for key in found:
        print(f"{key.name}  每分钟 {key.per_minute or '不限'}  {shown(key.created)}")
