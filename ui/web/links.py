"""Links that carry a place in a document behind their #; the page's script acts on them.

Gradio's sanitizer leaves them alone, unlike data attributes. All that goes into them is encoded.
"""

from urllib.parse import quote


def cite(document_id: str, start: int, end: int) -> str:
    """Return the address that shows these characters of a document in the pane."""
    return f"#cite={_place(document_id, start, end)}"


def copy(document_id: str, start: int, end: int) -> str:
    """Return the address that copies these characters with where they stand."""
    return f"#copy={_place(document_id, start, end)}"


def ask(question: str) -> str:
    """Return the address that asks a question at once."""
    return f"#ask={quote(question, safe='')}"


def edit(question: str) -> str:
    """Return the address that puts a question into the box."""
    return f"#edit={quote(question, safe='')}"


def permanent(question: str) -> str:
    """Return the address, relative to the page, at which a question is asked on opening it."""
    return f"?q={quote(question, safe='')}"


def _place(document_id: str, start: int, end: int) -> str:
    return f"{quote(document_id, safe='')}:{start}:{end}"
