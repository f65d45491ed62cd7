"""The list of past conversations: at the page's side, kept by the visitor's browser alone."""

from typing import Any

import gradio as gr

from ui.web.chat import Chat, Said, messages
from ui.web.pen import Pen
from ui.web.rates import Admit, Rates
from ui.web.seats import Seats
from ui.web.talks import TITLE_CHARS, Talks


def history() -> tuple[gr.Button, gr.Radio, list[Any]]:
    """Lay out the list; returns the new button, the list, and the fields that change it."""
    with gr.Sidebar(open=False, width=300, elem_id="jw-talks"):
        new = gr.Button("＋ 新对话", variant="primary", size="sm", elem_id="jw-new")
        word = gr.Textbox(label="查找对话", placeholder="标题或问过的话", elem_id="jw-seek")
        listed = gr.Radio([], label="过去的对话（只存在这个浏览器里）", elem_id="jw-list")
        name = gr.Textbox(
            label="改名", placeholder="新名字，回车保存", max_length=TITLE_CHARS,
            submit_btn="保存", visible=False, elem_id="jw-rename",
        )  # fmt: skip
        gone = gr.Button("删除这个对话", size="sm", visible=False, elem_id="jw-delete")
    return new, listed, [word, name, gone]


def keeping(
    chat: Chat, seats: Seats, rates: Rates, outputs: list[Any],
    parts: tuple[gr.Button, gr.Radio, list[Any]], pen: gr.State,
) -> None:  # fmt: skip
    """Wire the list up: new, opened, found, named, deleted; `outputs` are the conversation's.

    Whatever is still being written ends, for it belongs to the conversation that is left.
    """
    new, listed, (word, name, gone) = parts
    *_, kept = outputs
    busy = seats.limits()

    def shown(talks: Talks, mine: Pen, request: gr.Request) -> tuple[Any, ...]:
        with mine.taken():
            said = chat.restored(list(talks.questions()), rates.of_page(request))
            return messages(said), gr.skip(), said, talks.to_json()

    def begin(held: Any, mine: Pen, request: gr.Request) -> tuple[Any, ...]:
        return shown(Talks.of(held).begun(), mine, request)

    def open_one(held: Any, mine: Pen, wanted: Any, request: gr.Request) -> tuple[Any, ...]:
        return shown(Talks.of(held).opened(str(wanted)), mine, request)

    def rename(held: Any, title: Any) -> tuple[Any, str]:
        talks = Talks.of(held)
        return talks.named(talks.current, str(title)).to_json(), ""

    def delete(held: Any, mine: Pen, request: gr.Request) -> tuple[Any, ...]:
        talks = Talks.of(held)
        return shown(talks.without(talks.current), mine, request)

    def relist(held: Any, sought: Any) -> tuple[Any, ...]:
        talks = Talks.of(held)
        choices = talks.choices(str(sought or ""))
        going_on = talks.current if any(talk == talks.current for _, talk in choices) else None
        some = gr.update(visible=going_on is not None)
        return gr.update(choices=choices, value=going_on), some, some

    new.click(begin, [kept, pen], outputs, **busy)
    listed.input(open_one, [kept, pen, listed], outputs, **busy)
    name.submit(rename, [kept, name], [kept, name], **busy)
    gone.click(delete, [kept, pen], outputs, **busy)
    gr.on([kept.change, word.change], relist, [kept, word], [listed, name, gone],
          show_progress="hidden", **busy)  # fmt: skip


def of_link(chat: Chat, held: Any, linked: str, admit: Admit) -> tuple[Talks, list[Said]]:
    """Return what a page begins with: the conversation that goes on, or a link's new one."""
    talks = Talks.of(held)
    if not linked:
        return talks, chat.restored(list(talks.questions()), admit)
    *_, said = chat.reply(linked, [], generate=False, admit=admit)
    begun = talks.begun()
    return begun.asking(linked) if said[-1].answer else begun, said
