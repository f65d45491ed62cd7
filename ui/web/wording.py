"""The tab that checks wording: paste a text, see sentence by sentence what the report says."""

from datetime import datetime
from typing import Any

import gradio as gr

from corpus.documents import Document
from corpus.errors import JinwenError
from corpus.structure import outline
from rag.assembly import Assembly
from rag.wording.checker import MAX_CHARS
from ui.web import render, verdicts
from ui.web.picker import picker, scope_of
from ui.web.rates import Rates
from ui.web.seats import Seats

_SAMPLES, _SAMPLE_CHARS = 3, range(16, 50)
_PRINT = "() => window.print()"


def wording_tab(assembly: Assembly, seats: Seats, rates: Rates, busy: dict[str, Any]) -> None:
    """Lay the tab out inside the page that is being made."""
    pasted = gr.Textbox(
        label="要核对的文字", lines=6, max_lines=16, elem_id="jw-paste",
        placeholder=f"贴一句话或几页稿子（{MAX_CHARS} 字以内），逐句核对与报告原文是否一致。",
    )  # fmt: skip
    with gr.Row(elem_classes="jw-tools"):
        checked = gr.Button("核对", variant="primary", size="sm", min_width=84)
        printed = gr.Button("打印报告", size="sm", min_width=84)
    picked = picker(assembly)
    found = gr.HTML(elem_classes="jw-found")
    if samples := _samples(assembly):
        gr.Examples([[sample] for sample in samples], pasted, label="可以这样核对")

    def check(text: str, documents: Any, request: gr.Request) -> str:
        try:
            rates.of_page(request)()
            with seats.seat():
                checker, version = assembly.checker(), assembly.store.current()
                checked = checker.check_in(scope_of(documents), str(text))
                return verdicts.report(checked, version, datetime.now())
        except JinwenError as error:
            return render.notice(str(error))

    checked.click(check, [pasted, picked], [found], **busy)
    printed.click(None, js=_PRINT)


def _samples(assembly: Assembly) -> list[str]:
    """Return sentences of the reports there are, to try the check with."""
    found = (_sample(document) for document in assembly.documents()[:_SAMPLES])
    return [sentence for sentence in found if sentence]


def _sample(document: Document) -> str:
    """Return a short sentence with a figure from the second half of a document, "" for none."""
    sentences = outline(document).sentences
    texts = (document.text[s.start : s.end] for s in sentences[len(sentences) // 2 :])
    fit = (text for text in texts if len(text) in _SAMPLE_CHARS and any(map(str.isdigit, text)))
    return next(fit, "")
