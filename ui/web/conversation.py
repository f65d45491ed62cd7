"""The conversation on the page: what is shown, the box, the buttons, and how they work together."""

from base64 import b64encode
from datetime import datetime
from typing import Any

import gradio as gr

from rag.assembly import Assembly
from rag.questions import MAX_CHARS
from ui.judgements import feedback_of
from ui.web import shell
from ui.web.asking import as_it_is, asking
from ui.web.chat import Chat, Said, messages
from ui.web.examples import welcome
from ui.web.export import markdown
from ui.web.history import history, keeping, of_link
from ui.web.living import switch
from ui.web.opinion import opinion
from ui.web.pen import Pen
from ui.web.picker import picker
from ui.web.rates import Rates
from ui.web.saving import saving
from ui.web.seats import Seats
from ui.web.talks import Talks
from ui.web.word import DOCX, word


def conversation(chat: Chat, assembly: Assembly, seats: Seats, rates: Rates) -> None:
    """Lay out and wire the conversation."""
    listed = history()
    shown = _chat()
    welcome(chat, assembly, shown)
    # What was said is kept here on the server. A browser that could send messages back could
    # send file messages, and Gradio would copy any file of the machine into its cache. The
    # browser keeps the questions only; they are asked anew when it comes back.
    said = gr.State([])
    busy = seats.limits()
    opinion(feedback_of(assembly.config), rates, shown, said, busy)
    box = _box()
    kept = gr.JSON(Talks().to_json(), visible="hidden", elem_id="jw-kept")  # see assets/talks.js
    kept.change(None, kept, None, js="kept => { window.jinwenTalks.write(kept); }")
    outputs = [shown, box, said, kept]
    with gr.Row(elem_classes="jw-tools", elem_id="jw-tools"):
        gr.HTML(shell.below_box(MAX_CHARS), elem_classes="jw-below")
        stopped, again, saved, worded, printed, cleared = (
            gr.Button(name, size="sm", min_width=72, elem_id=f"jw-{what}")
            for what, name in _BUTTONS.items()
        )
    with gr.Row(elem_id="jw-choices"):
        generate, picked = switch(assembly), picker(assembly)
    pen = gr.State(Pen())
    asking(chat, seats, rates, outputs, (generate, picked), (stopped, again, cleared), pen)
    _kept(said, saved, worded, busy)
    printed.click(None, js="() => window.print()")
    keeping(chat, seats, rates, outputs, listed, pen)
    restoring(chat, rates, outputs, pen, busy)


_BUTTONS = {
    "stop": "停止", "again": "重新回答", "save": "导出", "word": "Word", "print": "打印",
    "clear": "清空",
}  # fmt: skip


def _chat() -> gr.Chatbot:
    return gr.Chatbot(
        show_label=False, label="对话", elem_id="jw-chat", height="100%", buttons=["copy"],
        autoscroll=False, layout="panel",
    )  # fmt: skip


def _box() -> gr.Textbox:
    return gr.Textbox(
        show_label=False, label="问题", placeholder="问报告里的事，回车发送",
        lines=1, max_lines=6, autofocus=True, submit_btn="提问", elem_id="jw-box",
    )  # fmt: skip


def _kept(
    said: gr.State, saved: gr.Button, worded: gr.Button, busy: dict[str, Any]
) -> None:  # fmt: skip
    """Let a conversation be saved as Markdown and as a Word file."""

    def as_text(turns: list[Said]) -> str:
        return markdown(turns, datetime.now())

    def as_word(turns: list[Said]) -> str:
        return b64encode(word(turns, datetime.now())).decode()

    saving(saved, as_text, [said], "津问问答记录.md", "text/markdown", busy)
    saving(worded, as_word, [said], "津问问答记录.docx", DOCX, busy)


def restoring(
    chat: Chat, rates: Rates, outputs: list[Any], pen: gr.State, busy: dict[str, Any]
) -> None:  # fmt: skip
    """Ask the questions a browser kept anew when it comes back, or the one of a link.

    Who asks before that is done goes on from there: nothing comes over what they see. Of a
    browser that kept nothing the server says nothing: on a slow line what it said could come
    after the answer to a first question.
    """

    def restore(held: Any, mine: Pen, request: gr.Request) -> Any:
        if not mine.is_fresh:
            return as_it_is()
        with mine.taken() as still:
            linked = str(request.query_params.get("q") or "").strip()
            talks, turns = of_link(chat, held, linked, rates.of_page(request))
            if not (turns or talks.talks) or not still():
                return as_it_is()
            return messages(turns), gr.skip(), turns, talks.to_json()

    kept = outputs[-1]
    read = "(kept, pen) => [window.jinwenTalks.read(), pen]"
    blocks = gr.context.Context.root_block
    assert blocks is not None
    blocks.load(restore, [kept, pen], outputs, js=read, show_progress="hidden", **busy)
