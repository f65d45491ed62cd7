"""The page: a chat on one side, the report on the other."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import gradio as gr

from corpus.documents import Document
from corpus.errors import JinwenError
from rag.assembly import Assembly
from rag.feedback import FeedbackFile
from rag.questions import MAX_CHARS
from ui.web import opinion, shell
from ui.web.chat import Chat, Messages, Said, messages, questions
from ui.web.desk import Desk
from ui.web.export import markdown
from ui.web.goals import goals_tab
from ui.web.saving import saving
from ui.web.wording import wording_tab

_WAITING = 8  # questions that may queue before a visitor is told the service is busy
_EXAMPLES = 4
Shown = tuple[Messages, Any, list[Said], list[str]]


def page(assembly: Assembly, desk: Desk, examples: list[str]) -> Any:
    """Return the page; `examples` are offered as first questions, before those of the documents."""
    chat = Chat(assembly, desk)
    documents = list(assembly.searcher().contents.documents.values())
    first = [*examples, *(s.question for s in chat.offered())][:_EXAMPLES]
    with gr.Blocks(title="津问 · 政府工作报告问答", analytics_enabled=False) as blocks:
        gr.HTML(shell.title([(d.title, d.note) for d in documents]), elem_classes="jw-title")
        with gr.Tabs():
            with gr.Tab("提问"):
                _asking(chat, assembly, desk, first, documents)
            with gr.Tab("核对措辞"):
                wording_tab(assembly, desk, _busy(desk))
            with gr.Tab("目标清单"):
                goals_tab(assembly, _busy(desk))
        with gr.Accordion("关于津问", open=False):
            gr.HTML(shell.about(documents))
    blocks.queue(max_size=_WAITING, api_open=False)
    # Mounted pages never launch, and Gradio checks which files may be named only once launched.
    blocks.has_launched = True
    return blocks


def _busy(desk: Desk) -> dict[str, Any]:
    return {"api_visibility": "private", "concurrency_limit": desk.seats}


def _asking(
    chat: Chat, assembly: Assembly, desk: Desk, first: list[str], documents: list[Document]
) -> None:
    with gr.Row(elem_classes="jw-both"):
        with gr.Column(scale=3, min_width=280):
            _conversation(chat, assembly, desk, first)
        with gr.Column(scale=2, min_width=280):
            gr.HTML(shell.pane(documents), elem_classes="jw-side")


def _conversation(chat: Chat, assembly: Assembly, desk: Desk, first: list[str]) -> None:
    shown = gr.Chatbot(
        show_label=False, label="对话", elem_id="jw-chat", height="60vh", buttons=["copy"],
        feedback_options=None, autoscroll=False, placeholder="请就报告内容提问，例如下面的问题。",
    )  # fmt: skip
    box = gr.Textbox(
        show_label=False, label="问题", placeholder="输入问题，回车发送，Shift+回车换行",
        lines=1, max_lines=6, autofocus=True, submit_btn="提问", elem_id="jw-box",
    )  # fmt: skip
    gr.HTML(shell.below_box(MAX_CHARS), elem_classes="jw-below")
    with gr.Row(elem_classes="jw-tools"):
        stopped = gr.Button("停止", size="sm", min_width=84)
        again = gr.Button("重新回答", size="sm", min_width=84)
        saved = gr.Button("导出对话", size="sm", min_width=84)
        cleared = gr.Button("清空", size="sm", min_width=84)
    writer = assembly.writer()
    generate = gr.Checkbox(
        value=writer is not None, visible=writer is not None, elem_id="jw-model",
        label=f"用语言模型组织回答（{writer.name if writer else ''}），关掉则只摘录原文",
    )  # fmt: skip
    if first:
        gr.Examples([[example] for example in first], box, label="可以这样问")
    # What was said is kept here on the server. A browser that could send messages back could
    # send file messages, and Gradio would copy any file of the machine into its cache. The
    # browser keeps the questions only; they are asked anew when it comes back.
    said = gr.State([])
    kept = gr.BrowserState([], storage_key="jinwen-questions", secret="jinwen")
    outputs = [shown, box, said, kept]
    busy = _busy(desk)
    # Who waits for a model takes no seat at the desk, so more may wait than work.
    patient = {**busy, "concurrency_limit": _WAITING + desk.seats}

    def ask(asked: str, turns: list[Said], wanted: bool) -> Iterator[Shown]:
        yield from _shown(chat, asked, turns, wanted)

    def ask_again(turns: list[Said], wanted: bool) -> Iterator[Shown]:
        if turns:
            yield from _shown(chat, turns[-1].question, turns[:-1], wanted)

    def restore(questions_kept: Any, request: gr.Request) -> Shown:
        turns = chat.restored(questions_kept)
        linked = str(request.query_params.get("q") or "").strip()
        if linked and (not turns or turns[-1].question != linked):
            *_, turns = chat.reply(linked, turns, generate=False)
        return messages(turns), gr.skip(), turns, questions(turns)

    asking = box.submit(ask, [box, said, generate], outputs, **patient)
    asking_again = again.click(ask_again, [said, generate], outputs, **patient)
    stopped.click(None, cancels=[asking, asking_again])
    gr.on([cleared.click, shown.clear], lambda: ([], "", [], []), None, outputs, **busy)
    saving(
        saved, lambda turns: markdown(turns, datetime.now()), [said], "津问问答记录.md",
        "text/markdown", busy,
    )  # fmt: skip
    _opinion(FeedbackFile(assembly.config.home / "feedback.jsonl"), said, busy)
    blocks = gr.context.Context.root_block
    assert blocks is not None
    blocks.load(restore, [kept], outputs, **busy)


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


def _shown(chat: Chat, asked: str, turns: list[Said], generate: bool) -> Iterator[Shown]:
    """Yield what the page shows as an answer grows; a text that could not be asked stays typed."""
    for grown in chat.reply(asked, turns, generate):
        failed = grown[-1].answer is None
        yield messages(grown), (asked if failed else ""), grown, questions(grown)
