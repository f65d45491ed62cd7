"""The page: a chat on one side, the report on the other."""

from typing import Any

import gradio as gr

from corpus.documents import Document
from corpus.errors import JinwenError
from rag.assembly import Assembly
from rag.feedback import FeedbackFile
from ui.web import living, opinion, shell
from ui.web.chat import Chat, Said
from ui.web.conversation import conversation
from ui.web.goaltab import goals_tab
from ui.web.seats import WAITING, Seats
from ui.web.wording import wording_tab


def page(assembly: Assembly, seats: Seats) -> Any:
    """Return the page."""
    chat = Chat(assembly, seats)
    documents = list(assembly.searcher().contents.documents.values())
    with gr.Blocks(title=living.tab(assembly), analytics_enabled=False) as blocks:
        living.heading(assembly)
        with gr.Tabs():
            with gr.Tab("提问"):
                _asking(chat, assembly, seats, documents)
            with gr.Tab("核对措辞"):
                wording_tab(assembly, seats, seats.limits())
            with gr.Tab("目标清单"):
                goals_tab(assembly, seats.limits())
        with gr.Accordion("关于津问", open=False):
            living.about(assembly)
    blocks.queue(max_size=WAITING, api_open=False)
    # Mounted pages never launch, and Gradio checks which files may be named only once launched.
    blocks.has_launched = True
    return blocks


def _asking(chat: Chat, assembly: Assembly, seats: Seats, documents: list[Document]) -> None:
    with gr.Row(elem_classes="jw-both"):
        with gr.Column(scale=3, min_width=280):
            said = conversation(chat, assembly, seats)
            _opinion(FeedbackFile(assembly.config.home / "feedback.jsonl"), said, seats.limits())
        with gr.Column(scale=2, min_width=280):
            gr.HTML(shell.pane(documents), elem_classes="jw-side")


def _opinion(file: FeedbackFile, said: gr.State, busy: dict[str, Any]) -> None:
    with gr.Accordion("这个回答怎么样？（不用登录）", open=False):
        verdict = gr.Radio(list(opinion.CHOICES), label="对最近一次回答的评价")
        comment = gr.Textbox(label="补充说明（可不填）", lines=2, max_length=opinion.MOST_CHARS)
        sent = gr.Button("提交", size="sm")
        told = gr.HTML()

    def send(turns: list[Said], chosen: Any, written: Any) -> tuple[str, Any, Any]:
        try:
            opinion.record(file, turns, chosen, written)
        except (JinwenError, OSError) as error:
            failed = str(error) if isinstance(error, JinwenError) else "没能保存，请稍后再试"
            return f"<p role='alert'>{failed}</p>", gr.skip(), gr.skip()
        return "<p role='status'>已记下，谢谢。</p>", None, ""

    sent.click(send, [said, verdict, comment], [told, verdict, comment], **busy)
