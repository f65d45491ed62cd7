"""The picker of reports: which of them a question or a paste is held against."""

from collections.abc import Sequence
from typing import Any

import gradio as gr

from corpus.documents import Document
from corpus.errors import JinwenError
from index.scope import Scope
from rag.assembly import Assembly


def picker(assembly: Assembly) -> gr.Dropdown:
    """Return a field with search to choose reports with, hidden where there is only one.

    The choices are those of the version in use when the page is opened.
    """
    documents = assembly.documents()
    field = gr.Dropdown(
        choices(documents), multiselect=True, visible=len(documents) > 1, elem_id="jw-scope",
        elem_classes="jw-scope", label="从哪些报告里找（可输入地名查找；不选则为全部）",
    )  # fmt: skip
    blocks = gr.context.Context.root_block
    assert blocks is not None

    def fresh() -> Any:
        try:
            found = assembly.documents()
        except JinwenError:  # told to whoever asks
            return gr.skip()
        return gr.update(choices=choices(found), visible=len(found) > 1)

    blocks.load(fresh, None, [field], api_visibility="private")
    return field


def choices(documents: Sequence[Document]) -> list[tuple[str, str]]:
    """Return the titles of documents with their ids."""
    return [(document.title, document.id) for document in documents]


def scope_of(picked: Any) -> Scope:
    """Return the scope of what was picked; what is no list of ids limits nothing."""
    ids = picked if isinstance(picked, list) else []
    return Scope(documents=tuple(i for i in ids if isinstance(i, str)))
