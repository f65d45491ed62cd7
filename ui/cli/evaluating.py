"""`jinwen eval run | compare | fit | from-feedback | train`: the evaluation harness."""

import argparse
from contextlib import AbstractContextManager, closing, nullcontext
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, get_args

from corpus.errors import InputError, JinwenError
from eval.training.options import add_learning, add_preparing
from rag.assembly import Assembly
from rag.hints import HintKind
from ui.cli.common import Subparsers, place, print_json, start_model
from ui.settings import load_settings


def register(commands: Subparsers) -> None:
    """Add the commands of this file."""
    group = commands.add_parser("eval", help="评测答案的准确度")
    actions = group.add_subparsers(dest="action", required=True, metavar="操作")
    run = actions.add_parser("run", help="用一套题评测，结果写进目录")
    sets = "tianjin、smoke、robust、binlan、unseen、tables、wording、targets、题目文件或它们的目录"
    run.add_argument("--set", default="tianjin", metavar="题集", help=sets)
    run.add_argument("--out", type=Path, required=True, help="结果目录")
    run.add_argument("--url", help="评测正在运行的服务，例如 http://127.0.0.1:7860")
    run.add_argument("--generate", action="store_true", help="用设好的语言模型组织回答")
    run.add_argument("--hints", action="append", default=[], choices=get_args(HintKind),
                     help="检索前向语言模型要提示：改写问题、扩展用词或重排句子")  # fmt: skip
    run.add_argument("--gates", action="store_true", help="低于 eval/gates.toml 的下限时失败")
    run.set_defaults(run=_run)
    compare = actions.add_parser("compare", help="逐题比较两次评测")
    compare.add_argument("before", type=Path, metavar="A")
    compare.add_argument("after", type=Path, metavar="B")
    compare.add_argument("--html", type=Path, metavar="FILE", help="把比较写成网页")
    compare.set_defaults(run=_compare)
    for action in (run, compare):
        action.add_argument("--json", action="store_true", help="输出 JSON")
    fit = actions.add_parser("fit", help="重新拟合阈值和权重，写入 rag/ 的数据文件")
    fit.set_defaults(run=_fit)
    draft = actions.add_parser("from-feedback", help="把用户反馈变成待审阅的题目")
    draft.add_argument("feedback", type=Path, nargs="?", metavar="FEEDBACK.jsonl",
                       help="默认是主目录的反馈；几台机器共用数据库时是共用的反馈")  # fmt: skip
    draft.add_argument("--out", type=Path, required=True, metavar="DRAFT.jsonl")
    draft.set_defaults(run=_draft)
    train = actions.add_parser("train", help="训练内置模型的检索和阅读适配器")
    add_preparing(train)
    add_learning(train)
    train.set_defaults(run=_train)


def _run(options: argparse.Namespace) -> None:
    from eval import targets, wording
    from eval.compare import missed
    from eval.run import read, set_name
    from eval.statistics import means

    local = {wording.NAME: wording.run, targets.NAME: targets.run}
    if options.set in local and (options.url or options.generate or options.hints):
        raise InputError(
            f"{options.set} 只在本机评测，不用语言模型，请去掉 --url、--generate、--hints"
        )
    if options.url and options.hints:
        raise InputError("服务用不用提示由它自己的 JINWEN_CHAT_HINTS 决定，请去掉 --hints")
    summary = local[options.set](options.out) if options.set in local else _asked(options)
    if options.json:
        print_json(summary)
    else:
        print((options.out / "report.md").read_text(encoding="utf-8").split("## Wrong")[0])
        print(f"网页报告：{options.out / 'report.html'}")
    if options.gates:
        _stop_if(missed(set_name(options.out), means(read(options.out))))


def _asked(options: argparse.Namespace) -> dict[str, Any]:
    """Ask the questions of a set and return the summary of the run."""
    from eval.askers import Asker, Remote, local
    from eval.run import run
    from eval.sets import World, open_set

    chosen = open_set(options.set)
    if options.url:
        server = Remote(options.url, options.generate)
        return run(chosen, lambda _: nullcontext(server), options.out)
    made = _assembly(options)
    writer = made.writer() if options.generate else None
    asked = made.embedder(), made.reader(), writer, made.hinter()

    def opener(world: World) -> AbstractContextManager[Asker]:
        return local(world.documents, *asked)

    with closing(made):
        if options.generate or options.hints:
            start_model(made)
        return run(chosen, opener, options.out)


def _assembly(options: argparse.Namespace) -> Assembly:
    """Return the assembly with the hints that are to be measured, and no others."""
    config = load_settings().config()
    if (options.generate or options.hints) and not config.chat:
        raise InputError("没有设语言模型，请设 JINWEN_CHAT_MODEL 或 JINWEN_LOCAL_MODEL 后重试")
    chat = replace(config.chat, hints=frozenset(options.hints)) if config.chat else None
    return Assembly(replace(config, chat=chat))


def _compare(options: argparse.Namespace) -> None:
    from eval.compare import compare, marked, missed
    from eval.report import comparison_html
    from eval.run import read, set_name

    found = compare(read(options.before), read(options.after))
    if options.html:
        names = (str(options.before), str(options.after))
        options.html.write_text(comparison_html(names, found), encoding="utf-8")
    if options.json:
        print_json({"wins": found.wins, "losses": found.losses, "p": found.p, **asdict(found)})
    else:
        for change in found.changes:
            print(f"{'赢' if change.won else '输'} {change.id} {change.question}")
            print(f"   A {marked(change.before)}\n   B {marked(change.after)}")
        print(f"赢 {found.wins}，输 {found.losses}，符号检验 p={found.p:.3f}")
        for name, test in found.tests.items():
            print(f"{name:20}{found.before[name]:8.3f}{found.after[name]:8.3f}"
                  f"   差 {test['difference']:+.3f} [{test['low']:+.3f}, {test['high']:+.3f}]"
                  f" p={test['p']:.3f}")  # fmt: skip
    _stop_if(missed(set_name(options.after), found.after, found.before))


def _fit(options: argparse.Namespace) -> None:
    from eval.fit import fit_all

    made = Assembly(load_settings().config())
    for path, text in fit_all(made.embedder(), made.reader()):
        path.write_text(text, encoding="utf-8")
        print(f"已写入 {path}\n{text}")


def _draft(options: argparse.Namespace) -> None:
    from eval.cases import dump
    from eval.feedback import drafts
    from rag.feedback import FeedbackFile
    from ui.judgements import feedback_of

    given = options.feedback
    cases = drafts(FeedbackFile(given) if given else feedback_of(place(options)))
    options.out.write_text(dump(cases), encoding="utf-8")
    print(f"已写入 {len(cases)} 道待审阅的题目：{options.out}")


def _train(options: argparse.Namespace) -> None:
    from eval.training.arrays import FILE
    from eval.training.config import load_config
    from eval.training.progress import tell

    config = load_config(options.onward, options.smoke)
    if options.prepare or not (options.out / FILE).exists():
        from eval.training.preparing import Sources, prepare

        if not options.data:
            raise InputError(f"“{options.out}”里还没有训练数据，请用 --data 指定放题目的目录")
        sources = Sources(options.data, options.public, tuple(options.hold_out), options.smoke)
        prepare(sources, options.out, load_settings().models, config, tell)
    elif options.data:
        tell(f"沿用“{options.out}”里的训练数据，要按 --data 重新生成请加 --prepare")
    if not options.prepare:
        from eval.training.learning import Wanted, learn

        learn(Wanted.of(options), config, tell)


def _stop_if(misses: list[str]) -> None:
    if misses:
        raise JinwenError(f"未过门槛：{'；'.join(misses)}。请查看 report.html 里的错题")
