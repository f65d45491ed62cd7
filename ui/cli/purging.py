"""`jinwen logs purge`: old access logs deleted."""

import argparse
import time

from corpus.errors import InputError
from ui.cli.common import Subparsers, print_json
from ui.settings import load_settings
from ui.web.accessfile import purge


def register(commands: Subparsers) -> None:
    """Add the commands of this file."""
    group = commands.add_parser("logs", help="访问日志（JINWEN_ACCESS_LOG）")
    actions = group.add_subparsers(dest="action", required=True, metavar="操作")
    purging = actions.add_parser("purge", help="删去若干天以前的")
    purging.add_argument("--days", type=_days, required=True, help="保留最近几天")
    purging.add_argument("--json", action="store_true", help="输出 JSON")
    purging.set_defaults(run=_purge)


def _days(typed: str) -> int:
    if not typed.isdecimal():
        raise argparse.ArgumentTypeError("天数应是 0 或正整数")
    return int(typed)


def _purge(options: argparse.Namespace) -> None:
    settings = load_settings()
    path = settings.access_file(options.home)
    if path is None:
        raise InputError("没有写成文件的访问日志，请先设好 JINWEN_ACCESS_LOG（文件路径）")
    gone = purge(path, options.days, time.time())
    if options.json:
        print_json({"log": str(path), "removed": [str(file) for file in gone]})
    else:
        print(f"已删去 {len(gone)} 个 {options.days} 天以前的日志文件（{path}）")
