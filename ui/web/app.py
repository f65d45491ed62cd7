"""The page: a chat on one side, the evidence on the other."""

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

import gradio as gr

from corpus.errors import JinwenError
from rag.answers import Turn
from rag.assembly import Assembly
from rag.assistant import Assistant
from rag.questions import MAX_CHARS
from ui.web import render
from ui.web.desk import Desk

ASSETS = Path(__file__).parent / "assets"
_REMEMBERED = 30  # turns kept for a visitor
_WAITING = 8  # questions that may queue before a visitor is told the service is busy

Messages = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Said:
    """One turn of a visitor's conversation, and how its answer is shown."""

    question: str
    answer: str
    shown: str


def page(assembly: Assembly, desk: Desk, examples: list[str]) -> Any:
    """Return the page; `examples` are offered as first questions."""
    with gr.Blocks(title="津问 · 政府工作报告问答", analytics_enabled=False) as blocks:
        gr.HTML(_title(assembly), elem_classes="jw-title")
        with gr.Row():
            with gr.Column(scale=3, min_width=320):
                chat = gr.Chatbot(
                    show_label=False, height="62vh", buttons=["copy"], feedback_options=None,
                    placeholder="请就报告内容提问，例如下面的问题。",
                )  # fmt: skip
                box = gr.Textbox(
                    show_label=False, placeholder="输入问题，回车发送，Shift+回车换行",
                    lines=1, max_lines=6, autofocus=True, submit_btn="提问",
                )  # fmt: skip
                if examples:
                    gr.Examples([[example] for example in examples], box, label="可以这样问")
            with gr.Column(scale=2, min_width=320):
                evidence = gr.HTML(render.cards(None, {}), elem_id="evidence")
        # What was said is kept here on the server. A browser that could send messages back could
        # send file messages, and Gradio would copy any file of the machine into its cache.
        said = gr.State([])

        def reply(text: str, turns: list[Said]) -> Iterator[tuple[Messages, str, str, list[Said]]]:
            yield from _reply(assembly, desk, text, turns)

        box.submit(
            reply, [box, said], [chat, box, evidence, said],
            api_visibility="private", concurrency_limit=desk.seats,
        )  # fmt: skip
        chat.clear(lambda: (render.cards(None, {}), []), None, [evidence, said])
    blocks.queue(max_size=_WAITING, api_open=False)
    # Mounted pages never launch, and Gradio checks which files may be named only once launched.
    blocks.has_launched = True
    return blocks


def _reply(
    assembly: Assembly, desk: Desk, text: str, turns: list[Said]
) -> Iterator[tuple[Messages, str, str, list[Said]]]:
    """Yield messages, input box, evidence and what was said as the answer grows."""
    asked = str(text).encode(errors="replace").decode()
    try:
        with desk.seat():
            searcher = assembly.searcher()
            history = [Turn(turn.question, turn.answer) for turn in turns]
            answer = Assistant(lambda: searcher).ask(asked, history)
    except JinwenError as error:
        whole = [*turns, Said(asked[:MAX_CHARS], str(error), render.notice(str(error)))]
        yield _messages(whole), "", render.cards(None, {}), whole[-_REMEMBERED:]
        return
    pane = render.cards(answer, searcher.contents.documents)
    for part in render.partial_messages(answer):
        whole = [*turns, Said(asked, answer.answer, part)]
        yield _messages(whole), "", pane, whole[-_REMEMBERED:]


def _messages(turns: list[Said]) -> Messages:
    return [
        message
        for turn in turns
        for message in (
            {"role": "user", "content": escape(turn.question)},
            {"role": "assistant", "content": turn.shown},
        )
    ]


def _title(assembly: Assembly) -> str:
    documents = list(assembly.searcher().contents.documents.values())
    return render.title([(document.title, document.note) for document in documents])
