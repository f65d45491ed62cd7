"""`jinwen ask` and `jinwen search`: questions to answers, queries to passages."""

import argparse
from contextlib import closing
from pathlib import Path
from typing import Any

from corpus.errors import InputError
from rag.answerability import calibration
from rag.answers import Answer, Turn
from rag.assembly import Assembly
from rag.assistant import Assistant, refused_input
from rag.questions import clean
from ui.cli.common import (
    Record,
    Subparsers,
    assembly,
    print_json,
    run_batch,
    start_model,
)
from ui.cli.explaining import told
from ui.cli.scoping import add_scope, scope_in, scope_of
from ui.explained import explain


def register(commands: Subparsers) -> None:
    """Add the commands of this file."""
    ask = commands.add_parser("ask", help="回答一个问题，或用 --batch 回答一批")
    ask.add_argument("question", nargs="?", metavar="问题")
    ask.add_argument(
        "--explain",
        action="store_true",
        help="逐步说明如何理解、找到什么、为何作答（不用语言模型）",
    )
    ask.add_argument("--extractive", action="store_true", help="只摘录原文，不用语言模型")
    search = commands.add_parser("search", help="只检索原文，不作答")
    search.add_argument("query", nargs="?", metavar="查询")
    search.add_argument("-k", type=_positive, default=10, help="返回几段（默认 10）")
    for command, run in ((ask, _ask), (search, _search)):
        command.add_argument("--json", action="store_true", help="输出 JSON")
        command.add_argument("--batch", type=Path, metavar="IN.jsonl", help="每行一个 JSON")
        command.add_argument("--out", type=Path, metavar="OUT.jsonl", help="批量结果写到这里")
        add_scope(command)
        command.set_defaults(run=run, fail=command.error)


def _ask(options: argparse.Namespace) -> None:
    _check(options, options.question)
    with closing(assembly(options)) as made:
        generate = not (options.extractive or options.explain)
        assistant = made.assistant(generate)
        if generate and (options.batch or made.hinter()):
            start_model(made)
        _answer_batch(options, assistant) if options.batch else _answer(options, made, assistant)


def _answer_batch(options: argparse.Namespace, assistant: Assistant) -> None:
    def work(record: Record) -> Record:
        try:
            scope = scope_in(record, scope_of(options))
            answer = assistant.ask(record["question"], _turns(record.get("history")), scope)
        except InputError as error:
            answer = refused_input(record["question"], str(error))
        return answer.to_json()

    run_batch(options.batch, options.out, "question", work)


def _answer(options: argparse.Namespace, made: Assembly, assistant: Assistant) -> None:
    draft = assistant.draft(options.question, scope=scope_of(options))
    if assistant.writes(draft) and not made.hinter():
        start_model(made)  # not before: a refusal needs none, and loading one takes a while
    answer = assistant.written(draft)
    if options.explain:
        readings = assistant.readings(options.question, scope=scope_of(options))
        steps = explain(readings, answer, calibration())
        shown = _plain(answer) if answer.table else told(steps)
        print(shown)
        return
    print_json(answer.to_json()) if options.json else print(_plain(answer))


def _search(options: argparse.Namespace) -> None:
    _check(options, options.query)
    searcher = assembly(options).searcher()
    scope = scope_of(options)
    if options.batch:

        def work(record: Record) -> Record:
            try:
                within = searcher.within(scope_in(record, scope))
            except InputError as error:
                return {"hits": [], "error": str(error)}
            hits = searcher.search(_query(record["query"]), options.k, within)
            return {"hits": [hit.to_json() for hit in hits]}

        run_batch(options.batch, options.out, "query", work)
        return
    hits = searcher.search(clean(options.query), options.k, searcher.within(scope))
    if options.json:
        print_json([hit.to_json() for hit in hits])
        return
    for hit in hits:
        print(f"{hit.rank}. {hit.score:.2f} {hit.title} · {' · '.join(hit.section)}\n   {hit.text}")


def _check(options: argparse.Namespace, text: str | None) -> None:
    """Exit with status 2 unless there is one text, or a batch with its output."""
    single, batch, out = text is not None, options.batch is not None, options.out is not None
    if single == batch or batch != out:
        options.fail("请给出一个问题，或同时给出 --batch 和 --out")


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("应是正整数")
    return number


def _turns(history: Any) -> list[Turn]:
    if not isinstance(history, list):
        return []
    return [Turn(*map(str, pair)) for pair in history if isinstance(pair, list) and len(pair) == 2]


def _query(text: str) -> str:
    """Return the query made safe; a blank or overlong one finds nothing instead of failing."""
    try:
        return clean(text)
    except InputError:
        return ""


def _plain(answer: Answer) -> str:
    """Return the answer for a terminal: the text, then where each quote stands."""
    cited = answer.citations or answer.related
    sources = [
        f"  [{c.n}] {' · '.join(c.path)}"
        + (f"\n      {c.quote}" if answer.mode == "generative" or not answer.answered else "")
        for c in cited
    ]
    told = [f"（理解为：{answer.resolved_question}）"] if answer.is_reworded else []
    if answer.mode == "generative":
        told.append(f"（以下内容由人工智能生成：{answer.model}，仅供参考，以报告原文为准）")
    warned = [f"（{warning}）" for warning in answer.warnings]
    return "\n".join([*told, answer.answer, *warned, *(["", *sources] if sources else [])])
