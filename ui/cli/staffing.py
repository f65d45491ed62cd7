"""`jinwen staff …`: the people of the desk, from the command line."""

import argparse
import sys
import time
from getpass import getpass

from corpus.errors import InputError
from ui.cli.common import Subparsers, place, print_json
from ui.desk.accounts import Accounts
from ui.desk.audit import CONSOLE
from ui.desk.clock import shown
from ui.desk.roles import Role
from ui.ledger import ledger_of


def register(commands: Subparsers) -> None:
    """Add the commands of this file."""
    group = commands.add_parser("staff", help="工作台（/desk）的人员")
    actions = group.add_subparsers(dest="action", required=True, metavar="操作")
    add = actions.add_parser("add", help="新增一个人；第一个是管理员")
    add.add_argument(
        "--role", choices=[*Role], help="reader 只看（默认）、editor 编辑、admin 管理员"
    )
    role = actions.add_parser("role", help="改一个人的角色")
    password = actions.add_parser("password", help="重设一个人的密码")
    remove = actions.add_parser("remove", help="移除一个人")
    unlock = actions.add_parser("unlock", help="连错密码被锁定的，让他现在就能再试")
    for action, run in ((add, _add), (role, _role), (password, _password), (remove, _remove),
                        (unlock, _unlock)):  # fmt: skip
        action.add_argument("name", metavar="名字")
        action.set_defaults(run=run)
    role.add_argument("role", choices=[*Role], metavar="角色", help="reader、editor 或 admin")
    for action in (add, password):
        action.add_argument("--password-stdin", action="store_true", help="从标准输入读一行作密码")
    listing = actions.add_parser("list", help="列出人员")
    listing.add_argument("--json", action="store_true", help="输出 JSON")
    listing.set_defaults(run=_list)


def _accounts(options: argparse.Namespace) -> Accounts:
    return Accounts(ledger_of(place(options)), time.time)


def _add(options: argparse.Namespace) -> None:
    accounts = _accounts(options)
    role = Role(options.role) if options.role else Role.READER if accounts.any() else Role.ADMIN
    accounts.add(options.name, role, _typed(options), CONSOLE)
    print(f"已新增“{options.name}”（{role.label}），请到 /desk 登录")


def _role(options: argparse.Namespace) -> None:
    _accounts(options).set_role(options.name, Role(options.role), CONSOLE)
    print(f"“{options.name}”现在是{Role(options.role).label}，要重新登录")


def _password(options: argparse.Namespace) -> None:
    _accounts(options).set_password(options.name, _typed(options), CONSOLE)
    print(f"已重设“{options.name}”的密码，要重新登录")


def _remove(options: argparse.Namespace) -> None:
    _accounts(options).remove(options.name, CONSOLE)
    print(f"已移除“{options.name}”")


def _unlock(options: argparse.Namespace) -> None:
    _accounts(options).unlock(options.name, CONSOLE)
    print(f"已解锁“{options.name}”")


def _list(options: argparse.Namespace) -> None:
    found = _accounts(options).all()
    if options.json:
        print_json([{"name": a.name, "role": a.role, "created": a.created, "locked": a.locked}
                    for a in found])  # fmt: skip
        return
    for account in found:
        locked = "  已锁定" if account.locked else ""
        print(f"{account.name}  {account.role}  {shown(account.created)}{locked}")


def _typed(options: argparse.Namespace) -> str:
    """Return a password: a line of stdin, or what is typed twice alike."""
    if options.password_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    try:
        first, again = getpass("密码："), getpass("再输一次：")
    except EOFError as error:
        raise InputError("没有读到密码，请在终端里运行，或用 --password-stdin") from error
    if first != again:
        raise InputError("两次输入的密码不一样，请重新运行")
    return first
