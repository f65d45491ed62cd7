"""First questions: those the staff set, else those of the shipped report or made of the reports."""

from collections.abc import Sequence
from typing import Any

import gradio as gr

from corpus.documents import Document
from corpus.errors import JinwenError
from corpus.library import example_questions, shipped
from rag.assembly import Assembly
from ui.site import SiteFile
from ui.web import shell
from ui.web.chat import Chat

_MOST = 6


def welcome(chat: Chat, assembly: Assembly, shown: gr.Chatbot) -> None:
    """Greet on the empty chat: what this is, the reports at hand, first questions.

    They are those of the version in use when the page is opened.
    """

    def fresh() -> Any:
        try:
            return gr.update(
                placeholder=shell.welcome(assembly.documents(), _questions(chat, assembly))
            )
        except JinwenError:  # told to whoever asks
            return gr.skip()

    shown.placeholder = shell.welcome(assembly.documents(), _questions(chat, assembly))
    blocks = gr.context.Context.root_block
    assert blocks is not None
    blocks.load(fresh, None, [shown], api_visibility="private")


def _questions(chat: Chat, assembly: Assembly) -> list[str]:
    if told := SiteFile(assembly.config.home).site.examples:
        return list(told)
    documents = assembly.documents()
    kept = example_questions() if _is_shipped(documents) else across(documents)
    return [*kept, *(suggestion.question for suggestion in chat.offered())][:_MOST]


def across(documents: Sequence[Document]) -> list[str]:
    """Return questions over several work reports: of one place, of two, of all."""
    reports = [d for d in documents if d.kind == "work_report" and d.place]
    places = list(dict.fromkeys(d.place for d in reports))
    if len(places) < 2:
        return []
    first, second = places[0], places[len(places) // 2]
    questions = [
        f"{first}和{second}今年的经济增长目标分别是多少？",
        "哪个地方今年经济增长目标最高？",
    ]
    return questions if len(places) < 4 else [*questions, "各地今年城镇新增就业目标一览"]


def _is_shipped(documents: Sequence[Document]) -> bool:
    """Tell whether the shipped report is the only one: its questions are asked of it alone."""
    return [d.digest for d in documents] == [d.digest for d in shipped()]
