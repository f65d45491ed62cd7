"""The tab that checks wording: paste a text, see sentence by sentence what the report says."""

from datetime import datetime
from typing import Any

import gradio as gr

from corpus.errors import JinwenError
from rag.assembly import Assembly
from rag.wording.checker import MAX_CHARS
from ui.web import render, verdicts
from ui.web.desk import Desk

_EXAMPLES = [
    ["今年改造燃气管网632公里、供热管网150公里。"],
    ["国家高新技术企业、国家科技型中小企业共新增1000家。"],
    ["推动第三条入津特高压通道开工，提高净外受电比例。"],
]
_PRINT = "() => window.print()"


def wording_tab(assembly: Assembly, desk: Desk, busy: dict[str, Any]) -> None:
    """Lay the tab out inside the page that is being made."""
    pasted = gr.Textbox(
        label="要核对的文字", lines=6, max_lines=16, elem_id="jw-paste",
        placeholder=f"贴一句话或几页稿子（{MAX_CHARS} 字以内），逐句核对与报告原文是否一致。",
    )  # fmt: skip
    with gr.Row(elem_classes="jw-tools"):
        checked = gr.Button("核对", variant="primary", size="sm", min_width=84)
        printed = gr.Button("打印报告", size="sm", min_width=84)
    found = gr.HTML(elem_classes="jw-found")
    gr.Examples(_EXAMPLES, pasted, label="可以这样核对")

    def check(text: str) -> str:
        try:
            with desk.seat():
                checker, version = assembly.checker(), assembly.store.current()
                return verdicts.report(checker.check(str(text)), version, datetime.now())
        except JinwenError as error:
            return render.notice(str(error))

    checked.click(check, [pasted], [found], **busy)
    printed.click(None, js=_PRINT)
