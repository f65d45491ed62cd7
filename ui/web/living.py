"""What the page says of the site: laid out once, made anew whenever a visitor opens the page."""

from collections.abc import Callable
from typing import Any

import gradio as gr

from corpus.errors import JinwenError
from rag.assembly import Assembly
from ui.site import SiteFile
from ui.web import shell

# The tab is named by the browser: Gradio tells it what the service was called when it started.
_NAME_TAB = (
    "() => {{ document.title = document.querySelector('{}')?.dataset.title || document.title; }}"
)


def tab(assembly: Assembly) -> str:
    """Return the name of the browser's tab."""
    return f"{SiteFile(assembly.config.home).site.name} · 政府工作报告问答"


def heading(assembly: Assembly) -> None:
    """Lay out the notice and the head of the page, and name the browser's tab."""
    site = SiteFile(assembly.config.home)
    _living(lambda: shell.notice(site.site.notice), "jw-said")

    def made() -> str:
        return shell.title(assembly.documents(), site.site.name)

    _living(made, "jw-title").then(None, None, None, js=_NAME_TAB.format(".jw-title h1"))


def about(assembly: Assembly) -> None:
    """Lay out what a visitor should know; which model is named only while one may be used."""
    file = SiteFile(assembly.config.home)

    def made() -> str:
        site = file.site
        chat = assembly.config.chat if site.generation else None
        return shell.about(assembly.documents(), chat, site.logging)

    _living(made)


def switch(assembly: Assembly) -> gr.Checkbox:
    """Return the box that turns a language model off, hidden where there is none."""
    file, writer = SiteFile(assembly.config.home), assembly.writer()

    def offered() -> bool:
        return writer is not None and file.site.generation

    box = gr.Checkbox(
        value=writer is not None, visible=offered(), elem_id="jw-model",
        label=f"用语言模型组织回答（{writer.name if writer else ''}），关掉则只摘录原文",
    )  # fmt: skip
    _on_opening(lambda: gr.update(visible=offered()), box)
    return box


def _living(made: Callable[[], str], name: str = "") -> Any:
    """Lay out what is made, and nothing, not even room for it, where it is empty."""

    def fresh() -> Any:
        try:
            told = made()
        except JinwenError:  # told to whoever asks
            return gr.skip()
        return gr.update(value=told, visible=bool(told))

    first = made()
    return _on_opening(fresh, gr.HTML(first, elem_classes=name or None, visible=bool(first)))


def _on_opening(fresh: Callable[[], Any], shown: Any) -> Any:
    blocks = gr.context.Context.root_block
    assert blocks is not None
    return blocks.load(fresh, None, [shown], api_visibility="private")
