"""The flags that limit a command to some documents, and those that say what a document is."""

import argparse
from datetime import date
from typing import Any, get_args

from corpus.documents import DocumentKind
from corpus.errors import InputError
from index.scope import Scope

_FIELDS = ("places", "years", "documents")


def add_scope(command: argparse.ArgumentParser) -> None:
    """Add --place, --year and --document to a command."""
    command.add_argument("--place", action="append", default=[], metavar="地区",
                         help="只看这些地区的文档（可重复）")  # fmt: skip
    command.add_argument("--year", action="append", default=[], type=int, metavar="年份",
                         help="只看这些年份的文档（可重复）")  # fmt: skip
    command.add_argument("--document", action="append", default=[], metavar="文档编号",
                         help="只看这些文档（可重复）")  # fmt: skip


def scope_of(options: argparse.Namespace) -> Scope:
    """Return the scope that a command line asks for."""
    return Scope(tuple(options.place), tuple(options.year), tuple(options.document))


def scope_in(record: dict[str, Any], otherwise: Scope) -> Scope:
    """Return the scope of a line of a batch, the command's own where it has none.

    Raises InputError for fields that are no lists of names or years.
    """
    told = {name: record.get(name) or [] for name in _FIELDS}
    if not any(told.values()):
        return otherwise
    for name, values in told.items():
        wanted = int if name == "years" else str
        if not isinstance(values, list) or any(type(value) is not wanted for value in values):
            kind = "年份（整数）" if name == "years" else "文字"
            raise InputError(f"{name} 应是{kind}的列表，请修正后重试")
    return Scope(*(tuple(told[name]) for name in _FIELDS))


def add_facts(command: argparse.ArgumentParser) -> None:
    """Add the flags that say what a document is: --title, --place, --year and others."""
    command.add_argument("--title", metavar="标题")
    command.add_argument("--place", metavar="地区")
    command.add_argument("--year", type=int, metavar="年份")
    command.add_argument("--date", type=_date, metavar="日期", help="写成 2026-01-26")
    command.add_argument("--meeting", metavar="会议")
    command.add_argument("--issuer", metavar="发布者")
    command.add_argument("--kind", choices=get_args(DocumentKind))


def facts_of(options: argparse.Namespace) -> dict[str, Any]:
    """Return the facts that a command line gives."""
    names = ("title", "place", "year", "date", "meeting", "issuer", "kind")
    told = {name: getattr(options, name) for name in names}
    return {name: value for name, value in told.items() if value is not None}


def _date(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise argparse.ArgumentTypeError("应写成 2026-01-26") from error
