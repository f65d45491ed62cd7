"""`jinwen backup` and `jinwen restore`: a home as one file, and back."""

import argparse
from pathlib import Path

from ui.backup.contents import Listing
from ui.backup.restoring import restore
from ui.backup.saving import save
from ui.cli.common import Record, Subparsers, place, print_json

_WITHIN = "里面有工作台的账号，请妥善保管"
_ELSEWHERE = (
    "不含 JINWEN_INDEX_URL 的数据库：索引、账号、密钥、操作记录、评价和提问记录都在那里，"
    "请用 pg_dump 另外备份"
)


def register(commands: Subparsers) -> None:
    """Add the commands of this file."""
    saving = commands.add_parser("backup", help="把主目录备份成一个文件；服务不用停")
    saving.add_argument("file", type=Path, metavar="文件", help="例如 /备份/津问.tar.gz")
    saving.set_defaults(run=_save)
    restoring = commands.add_parser("restore", help="用备份恢复主目录；先停下服务")
    restoring.add_argument("file", type=Path, metavar="文件")
    restoring.add_argument("--force", action="store_true", help="主目录不是空的也恢复，原来的另存")
    restoring.set_defaults(run=_restore)
    for command in (saving, restoring):
        command.add_argument("--json", action="store_true", help="输出 JSON")


def _save(options: argparse.Namespace) -> None:
    at = place(options)
    listing = save(at.home, options.file)
    size, is_shared = options.file.stat().st_size, bool(at.database_url)
    if options.json:
        print_json({"file": str(options.file), "bytes": size, **_told(listing),
                    "without_database": is_shared})  # fmt: skip
        return
    told = _ELSEWHERE if is_shared else f"索引 {listing.index_version or '没有'}。{_WITHIN}"
    print(f"已备份到“{options.file}”：{len(listing.files)} 个文件，{size / 1e6:.1f} MB，{told}")


def _restore(options: argparse.Namespace) -> None:
    home = place(options).home
    done = restore(options.file, home, force=options.force)
    if options.json:
        aside = str(done.aside) if done.aside else None
        print_json({"home": str(home), "aside": aside, **_told(done.listing)})
        return
    print(f"已恢复到“{home}”：{len(done.listing.files)} 个文件，备份于 {done.listing.created}"
          f"（索引 {done.listing.index_version or '没有'}）")  # fmt: skip
    if done.aside:
        print(f"原来的主目录在“{done.aside}”，确认无误后可以删除")


def _told(listing: Listing) -> Record:
    return {"files": len(listing.files), "created": listing.created,
            "index_version": listing.index_version, "program": listing.program}  # fmt: skip
