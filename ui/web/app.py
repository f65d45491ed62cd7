"""The page: a chat on one side, the evidence on the other."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import gradio as gr

from corpus.errors import JinwenError
from rag.answers import Turn
from rag.assembly import Assembly
from ui.web import render

ASSETS = Path(__file__).parent / "assets"
_WAITING = 8  # questions that may queue before a visitor is told the service is busy

Messages = list[dict[str, Any]]


def page(assembly: Assembly, examples: list[str]) -> Any:
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
        outputs = [chat, box, evidence]

        def reply(text: str, messages: Messages) -> Iterator[tuple[Messages, str, str]]:
            yield from _reply(assembly, text, messages)

        box.submit(reply, [box, chat], outputs, api_visibility="private", concurrency_limit=4)
    blocks.queue(max_size=_WAITING, api_open=False)
    return blocks


def _reply(
    assembly: Assembly, text: str, messages: Messages
) -> Iterator[tuple[Messages, str, str]]:
    """Yield messages, input box and evidence as the answer grows."""
    shown = [*messages, {"role": "user", "content": text}]
    try:
        searcher = assembly.searcher()
        answer = assembly.assistant().ask(text, _history(messages))
    except JinwenError as error:
        yield [*shown, _said(render.notice(str(error)))], "", render.cards(None, {})
        return
    pane = render.cards(answer, searcher.contents.documents)
    for part in render.partial_messages(answer):
        yield [*shown, _said(part)], "", pane


def _said(content: str) -> dict[str, str]:
    return {"role": "assistant", "content": content}


def _history(messages: Messages) -> list[Turn]:
    texts = [_plain(message["content"]) for message in messages]
    return [
        Turn(question, answer) for question, answer in zip(texts[::2], texts[1::2], strict=False)
    ]


def _plain(content: Any) -> str:
    """Return the text of a message; Gradio gives back a string or a list of parts."""
    parts = content if isinstance(content, list) else [content]
    return "".join(part if isinstance(part, str) else str(part.get("text", "")) for part in parts)


def _title(assembly: Assembly) -> str:
    documents = list(assembly.searcher().contents.documents.values())
    return render.title([(document.title, document.note) for document in documents])
