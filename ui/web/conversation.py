"""The conversation on the page: what is shown, the box, the buttons, and how they work together."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import gradio as gr

from index.scope import Scope
from rag.assembly import Assembly
from rag.questions import MAX_CHARS
from ui.web import shell
from ui.web.chat import Chat, Messages, Said, messages, questions, settled
from ui.web.examples import examples
from ui.web.export import markdown
from ui.web.living import switch
from ui.web.pen import Pen
from ui.web.picker import picker, scope_of
from ui.web.saving import saving
from ui.web.seats import WAITING, Seats

Shown = tuple[Messages, Any, list[Said], list[str]]


def conversation(chat: Chat, assembly: Assembly, seats: Seats) -> gr.State:
    """Lay out and wire the conversation, and return what was said."""
    shown, box = _chat_box()
    picked = picker(assembly)
    with gr.Row(elem_classes="jw-tools"):
        stopped, again, saved, cleared = (
            gr.Button(name, size="sm", min_width=84)
            for name in ("停止", "重新回答", "导出对话", "清空")
        )
    generate = switch(assembly)
    examples(chat, assembly, box)
    # What was said is kept here on the server. A browser that could send messages back could
    # send file messages, and Gradio would copy any file of the machine into its cache. The
    # browser keeps the questions only; they are asked anew when it comes back.
    said = gr.State([])
    kept = gr.BrowserState([], storage_key="jinwen-questions", secret="jinwen")
    outputs = [shown, box, said, kept]
    busy = seats.limits()
    _asked(chat, seats, outputs, (generate, picked), (stopped, again), [cleared.click, shown.clear])
    saving(
        saved, lambda turns: markdown(turns, datetime.now()), [said], "津问问答记录.md",
        "text/markdown", busy,
    )  # fmt: skip
    _restoring(chat, outputs, busy)
    return said


def _chat_box() -> tuple[gr.Chatbot, gr.Textbox]:
    shown = gr.Chatbot(
        show_label=False, label="对话", elem_id="jw-chat", height="60vh", buttons=["copy"],
        feedback_options=None, autoscroll=False, placeholder="请就报告内容提问，例如下面的问题。",
    )  # fmt: skip
    box = gr.Textbox(
        show_label=False, label="问题", placeholder="输入问题，回车发送，Shift+回车换行",
        lines=1, max_lines=6, autofocus=True, submit_btn="提问", elem_id="jw-box",
    )  # fmt: skip
    gr.HTML(shell.below_box(MAX_CHARS), elem_classes="jw-below")
    return shown, box


def _asked(
    chat: Chat, seats: Seats, outputs: list[Any], choices: tuple[gr.Checkbox, gr.Dropdown],
    buttons: tuple[gr.Button, gr.Button], clearing: list[Any],
) -> None:  # fmt: skip
    """Wire up asking, asking again, stopping and clearing."""
    shown, box, said, _ = outputs
    stopped, again = buttons
    generate, picked = choices
    pen = gr.State(Pen())
    # Who waits for a model takes no seat, so more may wait than work.
    patient = {**seats.limits(), "concurrency_limit": WAITING + seats.count}

    def ask(
        asked: str, turns: list[Said], wanted: bool, documents: Any, held: Pen
    ) -> Iterator[Shown]:
        if asked or not turns:  # after a second press of the key the box is empty
            before = turns[:-1] if turns and turns[-1].question == asked else turns
            yield from _shown(chat, asked, before, (wanted, scope_of(documents)), held)
        yield _as_it_is()

    def ask_again(turns: list[Said], wanted: bool, documents: Any, held: Pen) -> Iterator[Shown]:
        if turns:
            how = wanted, scope_of(documents)
            yield from _shown(chat, turns[-1].question, turns[:-1], how, held)
        yield _as_it_is()

    def stop(turns: list[Said], held: Pen) -> tuple[Messages, list[Said]]:
        with held.taken():
            left = settled(turns)
            return messages(left), left

    def clear(held: Pen) -> Shown:
        with held.taken():
            return [], "", [], []

    box.submit(ask, [box, said, generate, picked, pen], outputs, trigger_mode="multiple", **patient)
    again.click(
        ask_again, [said, generate, picked, pen], outputs, trigger_mode="multiple", **patient
    )
    stopped.click(stop, [said, pen], [shown, said], **seats.limits())
    gr.on(clearing, clear, [pen], outputs, **seats.limits())


def _restoring(chat: Chat, outputs: list[Any], busy: dict[str, Any]) -> None:
    """Ask the questions a browser kept anew when it comes back, and the one of a link."""

    def restore(questions_kept: Any, request: gr.Request) -> Shown:
        turns = chat.restored(questions_kept)
        linked = str(request.query_params.get("q") or "").strip()
        if linked and (not turns or turns[-1].question != linked):
            *_, turns = chat.reply(linked, turns, generate=False)
        return messages(turns), gr.skip(), turns, questions(turns)

    blocks = gr.context.Context.root_block
    assert blocks is not None
    blocks.load(restore, [outputs[-1]], outputs, **busy)


def _shown(
    chat: Chat, asked: str, turns: list[Said], how: tuple[bool, Scope], pen: Pen
) -> Iterator[Shown]:
    """Yield what the page shows as an answer grows; a text that could not be asked stays typed."""
    typed: Any = None
    with pen.taken() as mine:
        for grown in chat.reply(asked, turns, *how):
            if not mine():
                return
            # Only once: while a model writes, the visitor may type the next question.
            typed = (asked if grown[-1].answer is None else "") if typed is None else gr.skip()
            yield messages(grown), typed, grown, questions(grown)


def _as_it_is() -> Any:
    """Return an output that changes nothing, to end every event with.

    Gradio sends the last output again when an event ends, and clears the page if there was none.
    """
    return tuple(gr.skip() for _ in range(4))
