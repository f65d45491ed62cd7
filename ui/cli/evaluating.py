"""`jinwen eval run | compare`: the evaluation harness."""

import argparse
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory

from corpus.errors import JinwenError
from rag.assembly import Assembly
from ui.cli.common import Subparsers, print_json, progress
from ui.settings import load_settings


def register(commands: Subparsers) -> None:
    """Add the commands of this file."""
    group = commands.add_parser("eval", help="评测答案的准确度")
    actions = group.add_subparsers(dest="action", required=True, metavar="操作")
    run = actions.add_parser("run", help="用一套题评测，结果写进目录")
    run.add_argument("--set", default="tianjin", help="tianjin、smoke 或 questions 文件")
    run.add_argument("--out", type=Path, required=True, help="结果目录")
    run.add_argument("--gates", action="store_true", help="低于 eval/gates.toml 的下限时失败")
    run.set_defaults(run=_run)
    compare = actions.add_parser("compare", help="逐题比较两次评测")
    compare.add_argument("before", type=Path, metavar="A")
    compare.add_argument("after", type=Path, metavar="B")
    compare.set_defaults(run=_compare)
    for action in (run, compare):
        action.add_argument("--json", action="store_true", help="输出 JSON")


def _run(options: argparse.Namespace) -> None:
    from eval.compare import missed
    from eval.run import read, run
    from eval.sets import open_set
    from eval.statistics import means

    chosen = open_set(options.set)
    with TemporaryDirectory() as home:
        made = Assembly(load_settings().config(Path(home)))
        with progress("建立索引") as watch:
            made.upkeep(watch).replace(chosen.documents)
        summary = run(chosen.name, chosen.cases, made.searcher(), options.out)
    if options.json:
        print_json(summary)
    else:
        print((options.out / "report.md").read_text(encoding="utf-8").split("## Wrong")[0])
    if options.gates:
        _stop_if(missed(chosen.name, means(read(options.out))))


def _compare(options: argparse.Namespace) -> None:
    from eval.compare import compare, missed
    from eval.run import read, set_name

    found = compare(read(options.before), read(options.after))
    losses = len(found.changes) - found.wins
    if options.json:
        print_json({"wins": found.wins, "losses": losses, "p": found.p, **asdict(found)})
    else:
        for change in found.changes:
            print(f"{'赢' if change.won else '输'} {change.id} {change.question}")
            print(f"   A {change.before}\n   B {change.after}")
        print(f"赢 {found.wins}，输 {losses}，符号检验 p={found.p:.3f}")
        for name, value in found.after.items():
            print(f"{name:20}{found.before.get(name, 0):8.3f}{value:8.3f}")
    _stop_if(missed(set_name(options.after), found.after, found.before))


def _stop_if(misses: list[str]) -> None:
    if misses:
        raise JinwenError(f"未过门槛：{'；'.join(misses)}。请查看 report.md 里的错题")
