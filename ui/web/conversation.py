"""The conversation on the page: what is shown, the box, the buttons, and how they work together."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import gradio as gr

from index.scope import Scope
from rag.assembly import Assembly
from rag.drafts import Writing
from rag.feedback import FeedbackFile
from rag.questions import MAX_CHARS
from ui.web import shell
from ui.web.chat import Chat, Messages, Said, messages, questions, settled
from ui.web.examples import welcome
from ui.web.export import markdown
from ui.web.history import history, keeping, of_link
from ui.web.opinion import opinion
from ui.web.pen import Pen
from ui.web.picker import picker, scope_of
from ui.web.saving import saving
from ui.web.seats import WAITING, Seats
from ui.web.talks import Talks

Shown = tuple[Messages, Any, list[Said], Any]


def conversation(chat: Chat, assembly: Assembly, seats: Seats) -> None:
    """Lay out and wire the conversation."""
    listed = history()
    shown = _chat()
    welcome(chat, assembly, shown)
    # What was said is kept here on the server. A browser that could send messages back could
    # send file messages, and Gradio would copy any file of the machine into its cache. The
    # browser keeps the questions only; they are asked anew when it comes back.
    said = gr.State([])
    busy = seats.limits()
    opinion(FeedbackFile(assembly.config.home / "feedback.jsonl"), shown, said, busy)
    box = _box()
    kept = gr.BrowserState(Talks().to_json(), storage_key="jinwen-talks", secret="jinwen")
    outputs = [shown, box, said, kept]
    with gr.Row(elem_classes="jw-tools", elem_id="jw-tools"):
        gr.HTML(shell.below_box(MAX_CHARS), elem_classes="jw-below")
        stopped, again, saved, cleared = (
            gr.Button(name, size="sm", min_width=72, elem_id=f"jw-{what}")
            for what, name in _BUTTONS.items()
        )
    with gr.Row(elem_id="jw-choices"):
        generate, picked = _switch(assembly.writer()), picker(assembly)
    _asked(chat, seats, outputs, (generate, picked), (stopped, again, cleared))
    saving(
        saved, lambda turns: markdown(turns, datetime.now()), [said], "津问问答记录.md",
        "text/markdown", busy,
    )  # fmt: skip
    keeping(chat, seats, outputs, listed)
    _restoring(chat, outputs, busy)


_BUTTONS = {"stop": "停止", "again": "重新回答", "save": "导出", "clear": "清空"}


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


def _switch(writer: Writing | None) -> gr.Checkbox:
    """Return the box that turns a language model off, hidden where there is none."""
    return gr.Checkbox(
        value=writer is not None, visible=writer is not None, elem_id="jw-model",
        label=f"用语言模型组织回答（{writer.name if writer else ''}），关掉则只摘录原文",
    )  # fmt: skip


def _asked(
    chat: Chat, seats: Seats, outputs: list[Any], choices: tuple[gr.Checkbox, gr.Dropdown],
    buttons: tuple[gr.Button, gr.Button, gr.Button],
) -> None:  # fmt: skip
    """Wire up asking, asking again, stopping and clearing."""
    shown, box, said, kept = outputs
    stopped, again, cleared = buttons
    generate, picked = choices
    pen = gr.State(Pen())
    # Who waits for a model takes no seat, so more may wait than work.
    patient = {
        **seats.limits(), "concurrency_limit": WAITING + seats.count,
        "show_progress_on": [shown], "trigger_mode": "multiple",
    }  # fmt: skip

    def ask(
        asked: str, turns: list[Said], talks: Any, wanted: bool, documents: Any, held: Pen
    ) -> Iterator[Shown]:
        if asked or not turns:  # after a second press of the key the box is empty
            before = turns[:-1] if turns and turns[-1].question == asked else turns
            yield from _shown(chat, asked, before, (wanted, scope_of(documents)), talks, held)
        yield _as_it_is()

    def ask_again(
        turns: list[Said], talks: Any, wanted: bool, documents: Any, held: Pen
    ) -> Iterator[Shown]:
        if turns:
            how = wanted, scope_of(documents)
            yield from _shown(chat, turns[-1].question, turns[:-1], how, talks, held)
        yield _as_it_is()

    def stop(turns: list[Said], held: Pen) -> tuple[Messages, list[Said]]:
        with held.taken():
            left = settled(turns)
            return messages(left), left

    def clear(talks: Any, held: Pen) -> Shown:
        left = Talks.of(talks)
        with held.taken():
            return [], "", [], left.without(left.current).to_json()

    inputs = [said, kept, generate, picked, pen]
    box.submit(ask, [box, *inputs], outputs, **patient)
    again.click(ask_again, inputs, outputs, **patient)
    stopped.click(stop, [said, pen], [shown, said], **seats.limits())
    cleared.click(clear, [kept, pen], outputs, **seats.limits())


def _restoring(chat: Chat, outputs: list[Any], busy: dict[str, Any]) -> None:
    """Ask the questions a browser kept anew when it comes back, or the one of a link."""

    def restore(held: Any, request: gr.Request) -> Shown:
        linked = str(request.query_params.get("q") or "").strip()
        talks, turns = of_link(chat, held, linked)
        return messages(turns), gr.skip(), turns, talks.to_json()

    blocks = gr.context.Context.root_block
    assert blocks is not None
    blocks.load(restore, [outputs[-1]], outputs, show_progress="hidden", **busy)


def _shown(
    chat: Chat, asked: str, turns: list[Said], how: tuple[bool, Scope], talks: Any, pen: Pen
) -> Iterator[Shown]:
    """Yield what the page shows as an answer grows; a text that could not be asked stays typed."""
    first = True
    with pen.taken() as mine:
        for grown in chat.reply(asked, turns, *how):
            if not mine():
                return
            # Only once: while a model writes, the visitor may type the next question.
            typed = asked if grown[-1].answer is None else ""
            held = Talks.of(talks).holding(questions(grown)).to_json()
            yield (
                messages(grown),
                *((typed, grown, held) if first else (gr.skip(), grown, gr.skip())),
            )
            first = False


def _as_it_is() -> Any:
    """Return an output that changes nothing, to end every event with.

    Gradio sends the last output again when an event ends, and clears the page if there was none.
    """
    return tuple(gr.skip() for _ in range(4))
