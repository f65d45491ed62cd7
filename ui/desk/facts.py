"""What a document is, as a form: read from it, checked, and put back."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from corpus.documents import Document, DocumentKind
from corpus.errors import InputError
from corpus.identity import BY_HAND, NAMES
from corpus.loaders.sources import FIELDS, checked
from ui.desk.forms import Typed

KINDS: dict[DocumentKind, str] = {
    "work_report": "工作报告", "plan": "规划、计划", "bulletin": "公报、公告", "other": "其他",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of the form: its name, its label, what it is and where that was read."""

    name: str
    label: str
    value: str
    told: str


def facts_of(document: Document) -> list[Fact]:
    """Return what a document is, in the order of the form."""
    where = dict(part.partition("：")[::2] for part in document.read_from.split("；") if part)
    return [
        Fact(name, label, value_of(document, name), _told(where.get(label, ""), document, name))
        for name, field in FIELDS.items()
        for label in [NAMES[field]]
    ]


def value_of(document: Document, name: str) -> str:
    """Return a fact as it stands in the form, "" where it is not known."""
    value = getattr(document, FIELDS[name])
    return "" if value is None else str(value)


def version_of(document: Document) -> str:
    """Return what tells these facts from others, in hex."""
    values = [getattr(document, field) for field in FIELDS.values()]
    return sha256(json.dumps(values).encode()).hexdigest()[:16]


def changes(document: Document, typed: Typed) -> dict[str, object]:
    """Return the facts that a form changes, by a document's fields; an empty one is taken away.

    Raises InputError or CorpusError for what cannot be.
    """
    told = {n: typed[n].strip() for n in FIELDS if n in typed}
    fresh = {n: text for n, text in told.items() if text != value_of(document, n)}
    if fresh.get("title") == "":
        raise InputError("标题不能空着，请填上")
    emptied = {FIELDS[n]: _nothing(n) for n, text in fresh.items() if not text}
    return emptied | checked(_valued(fresh), "表单")


def _valued(fresh: Mapping[str, str]) -> dict[str, object]:
    """Return what is not empty; a year as a number, where it is one."""
    told: dict[str, object] = {name: text for name, text in fresh.items() if text}
    year = fresh.get("year", "")
    if year.isascii() and year.isdigit() and len(year) == 4:
        told["year"] = int(year)
    return told


def _nothing(name: str) -> object:
    return {"year": None, "kind": "other"}.get(name, "")


def _told(where: str, document: Document, name: str) -> str:
    if where:
        return "手工设定" if where == BY_HAND else f"读自{where}"
    if not value_of(document, name):
        return "没有读到"
    # A shipped report's facts come with it, all from one place.
    return "" if "：" in document.read_from else document.read_from
