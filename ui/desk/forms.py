"""What a form brought, and whether it came from one of our own pages."""

import hmac
from collections.abc import Mapping
from typing import Annotated

from fastapi import Depends, Request

from ui.desk.sessions import form_token

TOKEN = "form_token"
READS = ("GET", "HEAD")
_SECRET = {TOKEN, "version", "next"}

Typed = Mapping[str, str]


async def _typed(request: Request) -> Typed:
    if request.method in READS:
        return {}
    form = await request.form()
    return {name: value for name, value in form.multi_items() if isinstance(value, str)}


Form = Annotated[Typed, Depends(_typed)]


def is_ours(token: str, typed: Typed) -> bool:
    """Tell whether a form carries what a page for the holder of a cookie's token put in it."""
    told = typed.get(TOKEN, "").encode(errors="replace")
    return bool(token) and hmac.compare_digest(form_token(token).encode(), told)


def kept(typed: Typed) -> list[str]:
    """Return the texts that somebody typed, no passwords, to be shown where they cannot be used."""
    return [
        value for name, value in typed.items()
        if value.strip() and name not in _SECRET and "password" not in name
    ]  # fmt: skip
