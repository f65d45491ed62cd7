"""Saving a file to the visitor's machine, from the browser: nothing is written on the server."""

from collections.abc import Callable
from typing import Any

import gradio as gr

_SAVE = """(text) => {
  const content = %(content)s;
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob(content, { type: "%(kind)s" }));
  link.download = "%(name)s";
  link.click();
  URL.revokeObjectURL(link.href);
}"""
_TEXT = "[text]"
_TABLE = '["\\ufeff", text]'  # spreadsheets need a mark before Chinese CSV
_BYTES = "[Uint8Array.from(atob(text), (char) => char.charCodeAt(0))]"


def saving(
    button: gr.Button, made: Callable[..., str], inputs: list[Any], name: str, kind: str,
    busy: dict[str, Any],
) -> None:  # fmt: skip
    """Let a button save what a function makes: text, or for kinds that are no text Base64."""
    text = gr.Textbox(visible=False)
    content = _TABLE if kind == "text/csv" else _TEXT if kind.startswith("text/") else _BYTES
    script = _SAVE % {"name": name, "kind": kind, "content": content}
    button.click(made, inputs, text, **busy).success(None, text, None, js=script)
