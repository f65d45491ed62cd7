"""Signing in and out."""

from collections.abc import Sequence
from secrets import token_urlsafe

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from corpus.errors import InputError
from ui.addresses import visitor_of
from ui.desk.desk import Desk
from ui.desk.door import COOKIE, Reader, TheDesk
from ui.desk.forms import Form, is_ours
from ui.desk.pages import gone_to, page
from ui.desk.sessions import form_token

_BEFORE = "jinwen_login"  # so that the login form, too, has to be one of ours
_STALE = "这个页面放得太久了，请再登录一次"

router = APIRouter()


@router.get("/login")
def login(request: Request, desk: TheDesk) -> Response:
    """Show the login form, or how to make the first account."""
    return login_page(request, desk)


@router.post("/login")
def sign_in(request: Request, desk: TheDesk, typed: Form) -> Response:
    """Begin a session, or say why not."""
    wanted = typed.get("next", "")
    if not desk.accounts.any():
        return login_page(request, desk, status=403)
    if not is_ours(request.cookies.get(_BEFORE, ""), typed):
        return login_page(request, desk, 403, _STALE, typed.get("name", ""), wanted=wanted)
    address = visitor_of(request.scope)
    try:
        token = desk.entry.sign_in(typed.get("name", ""), typed.get("password", ""), address)
    except InputError as error:
        return login_page(request, desk, 401, str(error), typed.get("name", ""), wanted=wanted)
    reply = RedirectResponse(desk.root + _wanted(wanted), status_code=303)
    _set(request, reply, desk, COOKIE, token)
    return reply


@router.post("/logout")
def sign_out(request: Request, desk: TheDesk, who: Reader) -> Response:
    """End the session."""
    desk.entry.sign_out(who)
    reply = gone_to(request, "/login", "out")
    reply.delete_cookie(COOKIE, path=desk.root)
    return reply


def login_page(
    request: Request, desk: Desk, status: int = 200, error: str = "", name: str = "",
    kept: Sequence[str] = (), wanted: str = "",
) -> Response:  # fmt: skip
    """Return the login form, with what somebody typed elsewhere while their session ended."""
    before = request.cookies.get(_BEFORE) or token_urlsafe()
    reply = page(
        request, "login.html", None, status, error=error, name=name, kept=kept,
        token=form_token(before), next=wanted or request.query_params.get("next", ""),
        first=not desk.accounts.any(),
    )  # fmt: skip
    _set(request, reply, desk, _BEFORE, before)
    return reply


def _set(request: Request, reply: Response, desk: Desk, name: str, value: str) -> None:
    """Set a cookie that no script and no other site sees; it ends with the browser."""
    # Behind a proxy the request comes as http; the browser's own word tells of its https.
    origin = request.headers.get("origin", "")
    secure = request.url.scheme == "https" or origin.startswith("https://")
    reply.set_cookie(name, value, path=desk.root, httponly=True, secure=secure, samesite="strict")


def _wanted(path: str) -> str:
    """Return a page of the desk to go on to, never one elsewhere."""
    return path if path.startswith("/") and path.isascii() and path.isprintable() else "/"
