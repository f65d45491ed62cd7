"""The page: a chat on one side, the report on the other."""

from typing import Any

import gradio as gr

from corpus.documents import Document
from rag.assembly import Assembly
from ui.web import living, shell
from ui.web.chat import Chat
from ui.web.conversation import conversation
from ui.web.goaltab import goals_tab
from ui.web.rates import Rates
from ui.web.seats import WAITING, Seats
from ui.web.wording import wording_tab


def page(assembly: Assembly, seats: Seats, rates: Rates | None = None) -> Any:
    """Return the page."""
    chat, rates = Chat(assembly, seats), rates or Rates()
    documents = list(assembly.searcher().contents.documents.values())
    with gr.Blocks(title=living.tab(assembly), analytics_enabled=False) as blocks:
        living.heading(assembly)
        with gr.Tabs():
            with gr.Tab("提问"):
                _asking(chat, assembly, seats, rates, documents)
            with gr.Tab("核对措辞"):
                wording_tab(assembly, seats, rates, seats.limits())
            with gr.Tab("目标清单"):
                goals_tab(assembly, seats.limits())
        with gr.Accordion("关于津问", open=False):
            living.about(assembly)
    blocks.queue(max_size=WAITING, api_open=False)
    # Mounted pages never launch, and Gradio checks which files may be named only once launched.
    blocks.has_launched = True
    return blocks


def _asking(
    chat: Chat, assembly: Assembly, seats: Seats, rates: Rates, documents: list[Document]
) -> None:
    with gr.Row(elem_classes="jw-both"):
        with gr.Column(scale=3, min_width=280, elem_classes="jw-column"):
            conversation(chat, assembly, seats, rates)
        with gr.Column(scale=2, min_width=280):
            gr.HTML(shell.pane(documents), elem_classes="jw-side")
