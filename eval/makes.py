"""Cases of files in the form "govqa" (see `eval.govqa`): a case a make, and its near misses."""

import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from corpus.documents import Document
from corpus.errors import InputError
from eval.cases import Case
from eval.govqa import MAKES, Item, gold, read_items

_ROUND = ".b"  # NAME.b.jsonl is a second round on NAME.txt
_SHOWN = 3


def is_govqa(path: Path) -> bool:
    """Tell whether the first line of a file that is JSON has the fields of this form."""
    for line in path.read_bytes().split(b"\n"):
        try:
            record = json.loads(line)
        except ValueError:
            continue
        return isinstance(record, dict) and {"e", "q"} <= record.keys()
    return False


def rounds(folder: Path) -> dict[str, list[Path]]:
    """Return the files of a folder by the report they ask of, in name order, rounds in turn."""
    found: dict[str, list[Path]] = defaultdict(list)
    for path in sorted(folder.glob("*.jsonl"), key=lambda path: (_name(path), path.stem)):
        found[_name(path)].append(path)
    if not found:
        raise InputError(f"“{folder}”里没有 .jsonl 题目文件，请检查路径")
    return found


def report_of(path: Path) -> Path:
    """Return the text that a file asks of: beside it or in `reports` beside it."""
    beside = path.with_name(f"{_name(path)}.txt")
    for text in (beside, path.parent / "reports" / beside.name):
        if text.is_file():
            return text
    raise InputError(f"找不到“{path.name}”的报告，请把 {beside.name} 放在旁边或旁边的 reports 里")


def cases(path: Path, report: Document) -> list[Case]:
    """Return the cases of a file on its report; raises InputError when any line is bad."""
    items, bad = read_items(path, report.text)
    if bad or not items:
        more = f"；还有 {len(bad) - _SHOWN} 行不对" if len(bad) > _SHOWN else ""
        told = "；".join(bad[:_SHOWN]) or f"“{path.name}”里没有题目"
        raise InputError(f"{told}{more}。请对照 eval/govqa.py 改好后重试")
    return [case for item in items for case in _cases(f"{path.stem}-{item.line:03}", item, report)]


def _name(path: Path) -> str:
    return path.stem.removesuffix(_ROUND)


def _cases(prefix: str, item: Item, report: Document) -> Iterator[Case]:
    """Yield a case for each make of the question, then one for each near miss."""
    sentence = gold(report, item.anchor)
    whole = item.kind == "list" and len(item.answers) > 1
    for make, question in zip(MAKES, item.questions, strict=True):
        yield Case(
            f"{prefix}-{make}", question, item.kind, True, [] if whole else _accept(item),
            items=list(item.answers) if whole else [],
            spans=[(report.id, sentence.start, sentence.end)], make=make,
        )  # fmt: skip
    for number, question in enumerate(item.near, start=1):
        yield Case(f"{prefix}-near-{number}", question, "near_miss", False, make="near")


def _accept(item: Item) -> list[str]:
    if item.yes is not None:
        return ["是" if item.yes else "否"]
    return ["、".join(item.answers)] if item.answers else []
