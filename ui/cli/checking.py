"""`jinwen check`: whether the report says exactly this."""

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from corpus.errors import InputError
from rag.wording.checks import NAMES, Check, Diff, Match
from ui.cli.common import Record, Subparsers, assembly, print_json, run_batch
from ui.cli.scoping import add_scope, scope_in, scope_of

_GRAVE = "‼"


def register(commands: Subparsers) -> None:
    """Add the command of this file."""
    check = commands.add_parser("check", help="核对措辞：原文里是不是这样写的")
    check.add_argument("text", nargs="?", metavar="措辞", help="要核对的文字；- 表示从标准输入读")
    check.add_argument("--json", action="store_true", help="输出 JSON")
    check.add_argument("--batch", type=Path, metavar="IN.jsonl", help="每行一个 JSON")
    check.add_argument("--out", type=Path, metavar="OUT.jsonl", help="批量结果写到这里")
    add_scope(check)
    check.set_defaults(run=_check, fail=check.error)


def _check(options: argparse.Namespace) -> None:
    single, batch, out = (v is not None for v in (options.text, options.batch, options.out))
    if single == batch or batch != out:
        options.fail("请给出要核对的文字，或同时给出 --batch 和 --out")
    checker = assembly(options).checker()
    scope = scope_of(options)
    if options.batch:

        def work(record: Record) -> Record:
            try:
                return checker.check_in(scope_in(record, scope), record["text"]).to_json()
            except InputError as error:
                return Check(record["text"], "absent", notes=(str(error),)).to_json()

        run_batch(options.batch, options.out, "text", work)
        return
    found = checker.check_in(scope, sys.stdin.read() if options.text == "-" else options.text)
    print_json(found.to_json()) if options.json else print("\n".join(_plain(found)))


def _plain(check: Check) -> Iterator[str]:
    """Yield the lines for a terminal: the verdict, then each sentence or the place and the diff."""
    summary = check.counted()
    yield NAMES[check.verdict] + (f"（{summary}）" if summary else "")
    yield from (f"  {note}" for note in check.notes)
    for number, part in enumerate(check.parts, start=1):
        yield f"{number}. {NAMES[part.verdict]}：{' '.join(part.text.split())}"
        if part.verdict != "absent":
            yield from (f"  {note}" for note in part.notes)
        if part.verdict != "exact":
            yield from _places(part, part.shown()[: 1 if part.verdict == "absent" else None])
    if not check.parts:
        yield from _places(check, check.shown())
    if any(diff.grave for m in check.matches for diff in m.diff):
        yield f"（{_GRAVE} 表示数字、单位、范围、否定或动词上的重要差别）"


def _places(check: Check, matches: Sequence[Match]) -> Iterator[str]:
    for match in matches:
        yield f"  {match.place}"
        if match.copied:
            yield f"    {match.copied}"
        if check.verdict == "changed" and match.differs:
            yield f"    {_marked(match)}"
        elif check.verdict != "exact":
            yield f"    原文：{match.quote}"


def _marked(match: Match) -> str:
    """Return what was pasted with each difference from the source in 【】."""
    return " ".join("".join(map(_step, match.diff)).split())


def _step(diff: Diff) -> str:
    if diff.op == "equal":
        return diff.pasted
    words = {
        "replace": f"{diff.pasted}，原文：{diff.source}",
        "insert": f"多出：{diff.pasted}",
        "delete": f"少了：{diff.source}",
    }
    return f"【{words[diff.op]}】" + (_GRAVE if diff.grave else "")
