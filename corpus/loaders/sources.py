"""`sources.toml`: what is known about the files of a folder, kept beside them.

A table a file, named after it, with any of title, place, year, date, meeting, issuer and kind.
"""

import tomllib
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any, get_args

from corpus.documents import DocumentKind
from corpus.errors import CorpusError

NAME = "sources.toml"
FIELDS = {"title": "title", "place": "place", "year": "plan_year", "date": "date",
          "meeting": "meeting", "issuer": "issuer", "kind": "kind"}  # fmt: skip


def facts_of(path: Path) -> dict[str, Any]:
    """Return what the record beside a file says of it, by a document's fields; {} without one.

    Raises CorpusError naming what is not understood.
    """
    record = path.with_name(NAME)
    if not record.is_file():
        return {}
    try:
        told = tomllib.loads(record.read_text(encoding="utf-8")).get(path.name, {})
    except (OSError, ValueError) as error:
        raise CorpusError(f"“{record}”读不了（{error}），请修正后再添加") from error
    if not isinstance(told, dict):
        raise CorpusError(f"“{record}”里“{path.name}”应是一张表，请修正后再添加")
    return checked(told, f"“{record}”的“{path.name}”")


def checked(told: dict[str, Any], where: str) -> dict[str, Any]:
    """Return facts by a document's fields; raises CorpusError naming the first that is wrong."""
    for name, value in told.items():
        if name not in FIELDS:
            raise CorpusError(f"{where}有不认识的项“{name}”，可用 {'、'.join(FIELDS)}")
        if not _FITS.get(name, _is_line)(value):
            raise CorpusError(
                f"{where}的 {name} 不对（{value}），{_FORMS.get(name, '应是一行文字')}"
            )
    return {FIELDS[n]: _iso(v) if n == "date" else v for n, v in told.items()}


def _iso(value: object) -> str:
    return date.fromisoformat(str(value)).isoformat()


def _is_line(value: object) -> bool:
    return isinstance(value, str) and value.isprintable() and value == value.strip() != ""


def _is_date(value: object) -> bool:
    try:
        return not isinstance(value, datetime) and bool(date.fromisoformat(str(value)))
    except ValueError:
        return False


_FITS: dict[str, Callable[[object], bool]] = {
    "year": lambda value: isinstance(value, int) and 1900 <= value <= 2200,
    "date": _is_date,
    "kind": lambda value: value in get_args(DocumentKind),
}
_FORMS = {"year": "应是四位数的年份", "date": "应写成 2026-01-26",
          "kind": f"应是 {'、'.join(get_args(DocumentKind))} 之一"}  # fmt: skip
