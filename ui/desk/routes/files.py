"""The styles and scripts of the desk: known names only, open to all, for they hold no secret."""

from pathlib import Path
from typing import Literal

from fastapi import APIRouter
from fastapi.responses import Response

_OWN = Path(__file__).parents[1] / "assets"
_TOKENS = Path(__file__).parents[2] / "web" / "assets" / "tokens.css"
Name = Literal["tokens.css", "dark.css", "desk.css", "desk.views.css", "desk.js"]

router = APIRouter(prefix="/assets")


@router.get("/{name}")
def asset(name: Name) -> Response:
    """Return a style or a script."""
    kind = "text/javascript" if name.endswith(".js") else "text/css"
    return Response(_content(name), media_type=kind, headers={"cache-control": "max-age=300"})


def _content(name: Name) -> str:
    """Return a file; dark.css has the tokens of `.dark`, for a page that asks by media query.

    So the desk follows the system without a script, and without a class that one would set.
    """
    if name.startswith("desk."):
        return (_OWN / name).read_text(encoding="utf-8")
    tokens = _TOKENS.read_text(encoding="utf-8")
    if name == "tokens.css":
        return tokens
    return ":root" + tokens.partition(".dark")[2]
