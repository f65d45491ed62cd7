"""Saving a text to the visitor's machine, from the browser: nothing is written on the server."""

from collections.abc import Callable
from typing import Any

import gradio as gr

_SAVE = """(text) => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob(["%(bom)s", text], { type: "%(kind)s" }));
  link.download = "%(name)s";
  link.click();
  URL.revokeObjectURL(link.href);
}"""


def saving(
    button: gr.Button, made: Callable[..., str], inputs: list[Any], name: str, kind: str,
    busy: dict[str, Any],
) -> None:  # fmt: skip
    """Let a button save what a function makes; spreadsheets need a mark before Chinese CSV."""
    text = gr.Textbox(visible=False)
    bom = "\\ufeff" if kind == "text/csv" else ""
    script = _SAVE % {"name": name, "kind": kind, "bom": bom}
    button.click(made, inputs, text, **busy).then(None, text, None, js=script)
